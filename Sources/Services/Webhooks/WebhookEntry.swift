import Domain
import Ledger
import Storage

/// A ledger entry as webhooks tell of it.
struct WebhookEntry {
  enum About {
    case problem(ProblemID, ProblemEvent)
    /// As it stood after the entry.
    case order(Order)
  }

  let sequenced: LedgerRows.Sequenced
  let about: About

  var kind: String { sequenced.entry.kind }

  /// - Returns: nil for what is about neither a problem nor an order.
  /// - Throws: `StorageError.unreadable`
  init?(_ sequenced: LedgerRows.Sequenced, in connection: any Connection) throws {
    let entry = sequenced.entry
    let parts = entry.stream.split(separator: "/")
    guard parts.count == 2, let id = Int64(parts[1]) else { return nil }
    switch parts[0] {
    case "problem":
      about = .problem(
        ProblemID(id), try ProblemEventCodec.decode(kind: entry.kind, payload: entry.payload))
    case "order":
      guard let history = try OrderHistory.load(OrderID(id), in: connection) else { return nil }
      about = .order(history.order(at: entry.version))
    default: return nil
    }
    self.sequenced = sequenced
  }

  /// Those of them that an account may read now: the one place where a webhook's sight is decided.
  static func visible(
    _ entries: [WebhookEntry], to account: Account, in connection: any Connection
  ) throws -> [WebhookEntry] {
    let visibility = try ProblemScope.visibility(of: account, in: connection)
    let problems = Set(
      entries.compactMap { entry -> ProblemID? in
        if case .problem(let id, _) = entry.about { id } else { nil }
      })
    let seen = try ProblemList.visible(problems, visibility, in: connection)
    return try entries.filter { entry in
      switch entry.about {
      case .problem(let id, let event): seen.contains(id) && account.mayRead(event)
      case .order(let order):
        try account.may(.seeOrders) && OrderScope.allows(account, order, in: connection)
      }
    }
  }
}
