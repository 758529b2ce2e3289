/// A photo or document that shows what was done, as the register has it; its content lies elsewhere.
package struct Attachment: Hashable, Sendable {
  package let id: AttachmentID
  package let problem: ProblemID
  /// Of what is stored, by the database's own algorithm: SHA-256 or SM3.
  package let digest: [UInt8]
  /// Bytes of what is stored.
  package let size: Int
  package let type: AttachmentType
  package let name: String
  /// The round in which it was added; nil before the first.
  package let round: Int?
  package let addedAt: Instant
  package let addedBy: Actor
  package var withdrawal: Withdrawal?
  /// When the content was destroyed.
  package var purgedAt: Instant?

  /// It is hidden; that it was there stays known.
  package struct Withdrawal: Hashable, Sendable {
    package let at: Instant
    package let by: Actor
    package let reason: String

    package init(at: Instant, by: Actor, reason: String) {
      self.at = at
      self.by = by
      self.reason = reason
    }
  }

  package init(
    id: AttachmentID, problem: ProblemID, digest: [UInt8], size: Int, type: AttachmentType,
    name: String, round: Int?, addedAt: Instant, addedBy: Actor
  ) {
    self.id = id
    self.problem = problem
    self.digest = digest
    self.size = size
    self.type = type
    self.name = name
    self.round = round
    self.addedAt = addedAt
    self.addedBy = addedBy
  }
}

extension Attachment {
  /// Bytes of one file; a photo of a phone has 3 to 8 million, a minute of video in small format 15.
  package static let maximumSize = 20 << 20
  /// Files of one problem, withdrawn ones left out. More than anybody looks at.
  package static let maximumPerProblem = 20
  /// Characters of a name, its ending included.
  package static let maximumName = 120
  /// Characters of a reason.
  package static let maximumReason = 500
}

package struct AttachmentID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Why a file is not taken, or nothing is done with one. Text comes from the catalogue.
package enum AttachmentRefusal: String, Error, Sendable, CaseIterable {
  case empty
  case tooLarge = "too_large"
  case tooMany = "too_many"
  /// None of the types that are taken.
  case type
  /// Web pages, drawings with script, macros and programs.
  case active
  /// Begins like its type and does not go on so.
  case damaged
  /// The same content was destroyed before.
  case purged
  case unknown
  case withdrawn
  case notYours = "not_yours"
  case reason
  /// The folder cannot be written.
  case folder
  case missing
  case changed
}
