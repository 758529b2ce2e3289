/// Something that happened to an order. Payloads go to the ledger as they are: fields are added,
/// never renamed or given a new meaning.
package enum OrderEvent: Hashable, Sendable {
  package struct Drafted: Hashable, Sendable, Codable {
    package var content: OrderContent
    package var series: String
  }
  package struct Issued: Hashable, Sendable, Codable {
    package var content: OrderContent
    package var number: OrderNumber
    /// Until when review can be asked for, of accountability recommendations.
    package var reviewBy: Instant?
  }
  package struct Discarded: Hashable, Sendable, Codable {
    package var reason: String
  }
  package struct Revoked: Hashable, Sendable, Codable {
    /// The document that does it.
    package var by: OrderID
    package var number: OrderNumber
    package var reason: String
  }
  package struct ReviewRequested: Hashable, Sendable, Codable {
    package var grounds: String
  }
  package struct ReviewDecided: Hashable, Sendable, Codable {
    package var decision: ReviewDecision
    package var text: String
  }

  case drafted(Drafted)
  /// The first event of an order issued at once.
  case issued(Issued)
  case discarded(Discarded)
  case revoked(Revoked)
  case reviewRequested(ReviewRequested)
  case reviewDecided(ReviewDecided)
}
