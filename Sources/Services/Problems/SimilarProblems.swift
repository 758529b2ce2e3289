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

  /// What is looked for among those that say nearly the same.
  private struct Wish: Sendable {
    let limit: Int
    /// From the likeness of the words; nil for what is not wanted.
    let score: @Sendable (FoundProblem, Double) -> Double?
  }

  /// Open ones like one that is about to be registered.
  package func open(
    title: String, concerns: String, limit: Int = 5, for account: Account
  ) async throws -> [Similar] {
    let wish = Self.open(concerns, limit)
    return try await platform.database.read { connection in
      try Self.find(title, [wish], account, in: connection)[0]
    }
  }

  /// What is told while a problem is being typed.
  package struct Hint: Sendable {
    package let open: [Similar]
    /// The category its words speak for.
    package let suggestion: CategorySuggestion?
  }

  /// - Parameter concerns: does not matter for askers, who ask for themselves.
  /// - Throws: `UseCaseError.forbidden`
  package func hint(
    title: String, detail: String, concerns: String, track: Track?, for account: Account
  ) async throws -> Hint {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    let title = title.trimmed
    var found: [Similar] = []
    if title.count >= SimilarProblems.shortest {
      let asker =
        account.role.isAsker
        ? try await PrepareRegistration(platform)(for: account).concerns : nil
      found = try await open(title: title, concerns: asker ?? concerns, for: account)
    }
    return Hint(
      open: found,
      suggestion: track.flatMap {
        platform.hints.suggestion(title: title, detail: detail, track: $0)
      })
  }

  /// Open ones that may be the same as this one, and closed ones like it with who solved them.
  package struct Kin: Sendable {
    package let open: [Similar]
    package let past: [Similar]
  }

  package static func kin(
    of problem: Problem, category: String?, for account: Account, in connection: any Connection
  ) throws -> Kin {
    let registration = problem.registration
    let (id, track) = (problem.id, problem.track)
    let open = open(registration.concerns, except: id, 3)
    let past = Wish(limit: 5) { other, likeness in
      guard other.id != id, other.state == .closed, other.track == track else { return nil }
      let isKin = category != nil && other.category == category
      return likeness + (isKin ? sameCategory : 0)
    }
    let found = try find(registration.title, [open, past], account, in: connection)
    return Kin(open: found[0], past: found[1])
  }

  private static func open(
    _ concerns: String, except id: ProblemID? = nil, _ limit: Int
  ) -> Wish {
    let place = concerns.trimmed
    return Wish(limit: limit) { problem, likeness in
      guard !problem.state.isEnded, problem.id != id else { return nil }
      let isThere = !place.isEmpty && problem.concerns.hasSuffix(place)
      return likeness + (isThere ? sameConcern : 0)
    }
  }

  /// One search for all that is wished for.
  private static func find(
    _ title: String, _ wishes: [Wish], _ account: Account, in connection: any Connection
  ) throws -> [[Similar]] {
    var likeness = TextLikeness(String(title.unicodeScalars.prefix(200)))
    if likeness.terms.isEmpty { return wishes.map { _ in [] } }
    let visible = try ProblemScope.visibility(of: account, in: connection)
    let candidates: [FoundProblem]
    if visible.isNarrow {
      candidates = try ProblemTexts.newest(
        visible: visible, limit: FindProblems.candidates, in: connection)
    } else {
      try SearchIndex.prepare(connection)
      candidates = try Self.candidates(&likeness, visible, in: connection)
    }
    let alike = candidates.map { (problem: $0, likeness: likeness.likeness(to: $0.title)) }
      .filter { $0.likeness >= threshold }
    let best = wishes.map { wish in
      alike.compactMap { alike in
        wish.score(alike.problem, alike.likeness).map {
          Similar(problem: alike.problem, likeness: min(1, $0))
        }
      }.sorted {
        ($0.likeness, $0.problem.id.value) > ($1.likeness, $1.problem.id.value)
      }.prefix(wish.limit)
    }
    let units = Set(best.joined().compactMap(\.problem.unit))
    let paths = try UnitRows.namePaths(of: Array(units), in: connection)
    return best.map { similar in
      similar.map { similar in
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
