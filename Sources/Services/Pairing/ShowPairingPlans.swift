import Domain
import Storage

/// Plans, and what one of them would change.
package struct ShowPairingPlans: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package static let pageSize = 50

  /// Everything but what is kept, in addresses.
  package static let changed = "changed"

  /// What an address asks for; none for all.
  package static func changes(_ word: String) -> [PlannedPair.Change] {
    word == changed
      ? PlannedPair.Change.allCases.filter { $0 != .kept }
      : PlannedPair.Change(rawValue: word).map { [$0] } ?? []
  }

  package struct Detail: Sendable {
    package let head: PairingPlanRows.Head
    /// Nil of a discarded one.
    package let figures: PlanFigures?
    /// What the counties are called.
    package let names: [UnitID: String]
    /// When and by whom it was computed, adopted or discarded.
    package let story: RegisterStory
  }

  package struct Line: Sendable {
    package let pair: PlannedPair
    package let target: String
    package let official: String
    package let unit: String
    package let previous: String?
  }

  /// The latest first.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(for account: Account) async throws -> [PairingPlanRows.Head] {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    return try await platform.database.read { try PairingPlanRows.list(limit: 50, in: $0) }
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(_ id: PairingPlanID, for account: Account) async throws -> Detail {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard let head = try PairingPlanRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      let figures = try PairingPlanRows.detail(of: id, in: connection).map {
        try PlanFigures($0.figures)
      }
      let counties = figures.map { $0.counties.compactMap { UnitID($0.county) } } ?? []
      return Detail(
        head: head, figures: figures,
        names: try UnitRows.namePaths(of: counties, in: connection)
          .mapValues { String($0.split(separator: "/").last ?? "") },
        story: try RegisterStory(["pairing_plan/\(id)"], vault, in: connection))
    }
  }

  /// A page of its pairs in the order of the places.
  /// - Throws: `UseCaseError.forbidden`
  package func lines(
    of id: PairingPlanID, changes: [PlannedPair.Change], county: UnitID?, after number: Int,
    for account: Account, size: Int = pageSize
  ) async throws -> Page<Line, Int> {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard try PairingPlanRows.find(id, in: connection) != nil else {
        throw UseCaseError.notFound
      }
      let page = try PlannedPairRows.page(
        of: id, changes: changes, county: county, after: number, limit: size, in: connection)
      let officials = try OfficialRows.find(
        page.items.flatMap { [$0.official] + ($0.previous.map { [$0] } ?? []) }, vault,
        in: connection)
      let names = try PairingNames.of(page.items.map(\.target), in: connection)
      let units = try UnitRows.namePaths(
        of: officials.values.map(\.official.unit), in: connection)
      return Page(
        items: page.items.map { pair in
          let official = officials[pair.official]?.official
          return Line(
            pair: pair, target: names[pair.target] ?? "", official: official?.name ?? "",
            unit: official.flatMap { units[$0.unit] } ?? "",
            previous: pair.previous.map { officials[$0]?.official.name ?? "" })
        }, next: page.next)
    }
  }
}
