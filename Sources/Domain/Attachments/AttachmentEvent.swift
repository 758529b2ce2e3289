/// What happens to a problem's attachments, as the ledger keeps it. Ids are texts.
package enum AttachmentEvent: Hashable, Sendable {
  case added(Added)
  case withdrawn(Told)
  /// The content was destroyed as unlawful; what is told here stays.
  case purged(Told)

  package struct Added: Hashable, Sendable, Codable {
    package let id: AttachmentID
    /// Hexadecimal.
    package let digest: String
    package let size: Int
    package let type: AttachmentType
    package let name: String
    package let round: Int?

    package init(
      id: AttachmentID, digest: String, size: Int, type: AttachmentType, name: String, round: Int?
    ) {
      self.id = id
      self.digest = digest
      self.size = size
      self.type = type
      self.name = name
      self.round = round
    }
  }

  package struct Told: Hashable, Sendable, Codable {
    package let id: AttachmentID
    package let reason: String

    package init(id: AttachmentID, reason: String) {
      self.id = id
      self.reason = reason
    }
  }
}
