import Domain
import Language
import Storage

/// Problems that say nearly the same, within what the account may see: open ones before another is
/// registered, solved ones before one is judged and assigned.
package struct SimilarProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Similar: Sendable, Hashable {
    package let problem: FoundProblem
    /// From 0 to 1.
    package let likeness: Double
    /// Of the unit that solved it: `许昌市/禹州市/禹州市水利局`; nil where none did.
    package var unitPath: String?

    /// Whether it is most likely the very same.
    package var isNearlyTheSame: Bool { likeness >= 0.75 }
  }

  /// Fewer characters say nothing yet.
  package static let shortest = 4

  /// How many problems with a pair of characters are looked at, the newest first.
  private static let perTerm = 300
  /// Pairs that are sought: a title has about twenty.
  private static let terms = 24
  /// How many of those that have most in common are compared.
  private static let compared = 200
  /// Below this two problems have nothing to do with each other.
  private static let threshold = 0.3
  /// What the same place or enterprise, and the same category, add.
  private static let sameConcern = 0.15
  private static let sameCategory = 0.1

  /// Open ones like one that is about to be registered.
  package func open(
    title: String, concerns: String, except id: ProblemID? = nil, limit: Int = 5,
    for account: Account
  ) async throws -> [Similar] {
    try await find(title, limit, account) { problem, likeness in
      guard !problem.state.isEnded, problem.id != id else { return nil }
      let place = concerns.trimmed
      let isThere = !place.isEmpty && problem.concerns.hasSuffix(place)
      return likeness + (isThere ? Self.sameConcern : 0)
    }
  }

  /// Closed ones like this one, and who solved them.
  package func past(
    like problem: Problem, category: String?, limit: Int = 5, for account: Account
  ) async throws -> [Similar] {
    let registration = problem.registration
    return try await find(registration.title, limit, account) { other, likeness in
      guard other.id != problem.id, other.state == .closed, other.track == problem.track
      else { return nil }
      let isKin = category != nil && other.category == category
      return likeness + (isKin ? Self.sameCategory : 0)
    }
  }

  private func find(
    _ title: String, _ limit: Int, _ account: Account,
    _ score: @escaping @Sendable (FoundProblem, Double) -> Double?
  ) async throws -> [Similar] {
    let likeness = TextLikeness(String(title.unicodeScalars.prefix(200)))
    if likeness.terms.isEmpty { return [] }
    return try await platform.database.read { connection in
      let visible = try ProblemScope.visibility(of: account, in: connection)
      var likeness = likeness
      let candidates: [FoundProblem]
      if visible.isNarrow {
        candidates = try ProblemTexts.newest(
          visible: visible, limit: FindProblems.candidates, in: connection)
      } else {
        try SearchIndex.prepare(connection)
        candidates = try Self.candidates(&likeness, visible, in: connection)
      }
      let similar = candidates.compactMap { problem -> Similar? in
        let alike = likeness.likeness(to: problem.title)
        guard alike >= Self.threshold, let score = score(problem, alike) else { return nil }
        return Similar(problem: problem, likeness: min(1, score))
      }
      let best = similar.sorted {
        ($0.likeness, $0.problem.id.value) > ($1.likeness, $1.problem.id.value)
      }.prefix(limit)
      let paths = try UnitRows.namePaths(of: best.compactMap(\.problem.unit), in: connection)
      return best.map { similar in
        var similar = similar
        similar.unitPath = similar.problem.unit.flatMap { paths[$0] }
        return similar
      }
    }
  }

  /// The problems that have most of the rarer pairs.
  private static func candidates(
    _ likeness: inout TextLikeness, _ visible: ProblemList.Visibility,
    in connection: any Connection
  ) throws -> [FoundProblem] {
    var having: [String: [ProblemID]] = [:]
    for term in likeness.terms.prefix(terms) {
      having[term] = try ProblemTexts.having([term], limit: perTerm, in: connection)
    }
    likeness.weigh(having.mapValues(\.count), most: perTerm)
    var weights: [ProblemID: Double] = [:]
    for (_, ids) in having {
      for id in ids { weights[id, default: 0] += 1 / Double(ids.count) }
    }
    let best = weights.sorted { ($0.value, $0.key.value) > ($1.value, $1.key.value) }
    return try ProblemTexts.load(
      best.prefix(compared).map(\.key), visible: visible, in: connection)
  }
}
