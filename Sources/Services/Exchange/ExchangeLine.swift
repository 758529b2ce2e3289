import Cryptography

/// One request to another instance.
package struct ExchangeRequest: Sendable {
  package let url: String
  /// Presented as a bearer token.
  package let token: SecretToken
  package let contentType: String
  package let body: [UInt8]

  package init(url: String, token: SecretToken, contentType: String, body: [UInt8]) {
    (self.url, self.token) = (url, token)
    (self.contentType, self.body) = (contentType, body)
  }
}

package struct ExchangeReply: Sendable {
  package let status: Int
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }
}

/// Takes a request to the other side and brings its answer. Throws where there is none: the other side
/// may have acted all the same.
package typealias ExchangeLine = @Sendable (ExchangeRequest) async throws -> ExchangeReply

/// Where instances find each other's doors.
package enum ExchangePaths {
  package static let links = "/exchange/v1/links"
  package static let messages = "/exchange/v1/messages"
  /// What messages come as.
  package static let batchType = CloudEvents.contentType
}

/// Why a request of another instance is refused, and nothing has changed.
package enum ExchangeRefusal: String, Error, Sendable, CaseIterable {
  /// No such token, or no such code.
  case unauthorised
  /// The link was closed on this side.
  case closed
  /// The link was stopped on this side.
  case stopped
  /// No batch of the form that docs/exchange.md describes.
  case malformed
  /// More messages, or more bytes, than a request may have.
  case tooLarge = "too_large"
  /// The body is announced as something else than what the door takes.
  case wrongType = "wrong_type"
  /// The body did not come to its end.
  case tooSlow = "too_slow"
  /// This side cannot take anything in at the moment: come again.
  case busy
  /// The checkpoint does not carry the signatures of the keys that were pinned.
  case foreignCheckpoint = "foreign_checkpoint"
  /// An entry does not lead to the checkpoint's root.
  case notProven = "not_proven"
  /// The proof does not begin at the checkpoint that is known here, or a message is missing: send again
  /// from where the answer says.
  case behind
  /// There is a link to that instance already, or it is this one.
  case alreadyLinked = "already_linked"
}
