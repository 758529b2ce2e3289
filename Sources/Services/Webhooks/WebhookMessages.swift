import Domain
import Ledger
import Storage

/// What is said of ledger entries: numbers, states, days and units, never a text that somebody wrote and no
/// person. docs/webhooks.md has the fields.
struct WebhookMessages {
  let account: Account
  let platform: Platform
  let connection: any Connection

  struct Test: Encodable, Sendable {
    let webhook: String
  }

  struct ProblemData: Encodable, Sendable {
    let problem: String
    let number: Int64
    let track: String
    let state: String
    let round: Int
    let category: String?
    let difficulty: String?
    let tier: String?
    let county: String?
    let unit: String?
    let milestone: String?
    let dueDay: String?
    let dueAt: String?
    let lamp: String
    let outcome: String?
    /// Only for accounts that see ratings.
    let rating: String?
  }

  struct OrderData: Encodable, Sendable {
    let order: String
    let kind: String
    /// 发文字号; drafts have none.
    let number: String?
    let state: String
    let track: String
    let problem: String
    let problemNumber: Int64
    /// That has to answer.
    let unit: String?
    let reviewBy: String?
  }

  private struct Past {
    let entry: WebhookEntry
    /// As it stood after the entry, where it is about one.
    let problem: Problem?
  }

  /// The bodies of the messages, by the entries' ids.
  func bodies(of entries: [WebhookEntry]) throws -> [Int64: String] {
    // A batch often tells of one problem several times.
    var histories: [ProblemID: ProblemHistory?] = [:]
    let pasts = try entries.map { entry in
      guard case .problem(let id, _) = entry.about else { return Past(entry: entry, problem: nil) }
      let history = try histories[id] ?? ProblemHistory.load(id, in: connection)
      histories[id] = history
      let problem = history?.problem(at: entry.sequenced.entry.version)
      return Past(entry: entry, problem: problem)
    }
    let paths = try UnitRows.namePaths(of: pasts.flatMap(units), in: connection)
    var bodies: [Int64: String] = [:]
    for past in pasts {
      bodies[past.entry.sequenced.entry.id] = try body(past, paths)
    }
    return bodies
  }

  func test(of webhook: WebhookID, id: DeliveryRows.ID, at now: Instant) throws -> String {
    try Payload.encode(
      CloudEvent(
        id: id.description, source: platform.vault.origin, type: "lianbang.test",
        subject: "webhooks/\(webhook)", at: now, data: Test(webhook: webhook.description)))
  }

  private func units(of past: Past) -> [UnitID] {
    if case .order(let order) = past.entry.about {
      return [order.content.answerable.unit].compactMap(\.self)
    }
    return [past.problem?.round?.unit, past.problem?.registration.area?.county].compactMap(\.self)
  }

  private func body(_ past: Past, _ paths: [UnitID: String]) throws -> String {
    switch past.entry.about {
    case .order(let order):
      return try encode(past.entry, "orders/\(order.id)", data(order, paths))
    case .problem(let id, _):
      guard let problem = past.problem else {
        throw StorageError.unreadable(past.entry.sequenced.entry.stream)
      }
      return try encode(
        past.entry, "problems/\(id)", data(problem, at: past.entry.sequenced.entry.at, paths))
    }
  }

  private func encode(
    _ entry: WebhookEntry, _ subject: String, _ data: some Encodable & Sendable
  ) throws -> String {
    let (stored, leaf) = (entry.sequenced.entry, entry.sequenced.leafIndex)
    return try Payload.encode(
      CloudEvent(
        id: String(stored.id), source: platform.vault.origin, type: "lianbang." + stored.kind,
        subject: subject, at: stored.at, ledgerIndex: leaf, streamVersion: stored.version,
        data: data))
  }

  private func data(
    _ problem: Problem, at now: Instant, _ paths: [UnitID: String]
  ) -> ProblemData {
    let (round, due) = (problem.round, problem.nextDue)
    return ProblemData(
      problem: problem.id.description, number: problem.registration.number,
      track: problem.track.rawValue, state: problem.state.rawValue, round: round?.number ?? 0,
      category: problem.category, difficulty: problem.difficulty?.rawValue,
      tier: problem.tier?.code,
      county: problem.registration.area?.county.flatMap { paths[$0] },
      unit: round?.unit.flatMap { paths[$0] }, milestone: due?.milestone.rawValue,
      dueDay: due?.day.description, dueAt: due?.instant.universalDescription,
      lamp: problem.lamp(at: now).rawValue, outcome: round?.claim?.outcome.rawValue,
      rating: account.may(.seeRatings) ? round?.rating?.rawValue : nil)
  }

  private func data(_ order: Order, _ paths: [UnitID: String]) -> OrderData {
    let content = order.content
    return OrderData(
      order: order.id.description, kind: content.kind.rawValue,
      number: order.number?.description, state: order.state.rawValue,
      track: content.track.rawValue, problem: content.problem.description,
      problemNumber: content.problemNumber,
      unit: content.answerable.unit.flatMap { paths[$0] },
      reviewBy: order.reviewBy?.universalDescription)
  }
}
