import Domain
import Storage

/// The search box: problems, and what stands in the registers, within what the account may see.
package struct SearchEverything: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// Of each sort at most so many are shown.
  package static let shown = 10

  package struct Answer: Sendable {
    /// The problem of exactly this number, which is where whoever typed it wants to go.
    package let number: ProblemID?
    package let problems: FindProblems.Answer
    package let registers: [FindByName.Found]
    /// Places among the units that were found.
    package let places: Set<UnitID>
    package let hasMore: Bool
  }

  package func callAsFunction(_ text: String, for account: Account) async throws -> Answer {
    let number = try await problem(text, account)
    var registers: [FindByName.Found] = []
    var problems = FindProblems.Answer(found: [], hasMore: false)
    var hasMore = false
    if number == nil {
      problems = try await FindProblems(platform)(text, limit: Self.shown, for: account)
    }
    if number == nil, account.may(.seeUnits) {
      let answer = try await names(text, for: account)
      (registers, hasMore) = (answer.found, answer.hasMore)
    }
    let units = registers.filter { $0.hit.kind == .unit }.map { UnitID($0.hit.id) }
    return Answer(
      number: number, problems: problems, registers: registers,
      places: try await places(among: units),
      hasMore: hasMore)
  }

  /// What stands in the registers: of those who do not see them the units only.
  /// - Throws: `UseCaseError.forbidden`
  package func names(_ text: String, for account: Account) async throws -> FindByName.Answer {
    guard account.may(.seeUnits) else { throw UseCaseError.forbidden }
    let answer = try await FindByName(platform)(text, limit: 4 * Self.shown, by: account)
    if account.may(.seeRegisters) { return answer }
    return FindByName.Answer(
      found: answer.found.filter { $0.hit.kind == .unit }, hasMore: answer.hasMore)
  }

  /// A running number, also with its zeros; only where the account may see the problem.
  private func problem(_ text: String, _ account: Account) async throws -> ProblemID? {
    let digits = text.trimmed
    guard digits.count <= 12, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int64(digits)
    else { return nil }
    return try await platform.database.read { connection in
      guard let id = try ProblemHistory.find(number: number, in: connection),
        let history = try ProblemHistory.load(id, in: connection)
      else { return nil }
      let visible = try ProblemScope.visibility(of: account, in: connection)
      return try ProblemScope.allows(visible, history.problem, in: connection) ? id : nil
    }
  }

  private func places(among units: [UnitID]) async throws -> Set<UnitID> {
    if units.isEmpty { return [] }
    return try await platform.database.read { connection in
      Set(
        try units.filter { try UnitRows.find($0, in: connection)?.unit.isVillageOrTownship == true }
      )
    }
  }
}
