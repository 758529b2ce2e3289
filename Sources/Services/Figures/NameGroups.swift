import Domain
import Storage

/// What the groups of figures are called, in both languages.
package struct NameGroups: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Returns: by key; the empty key, which stands for no value, has no name here.
  package func callAsFunction(_ result: FigureResult) async throws -> [String: Definition.Words] {
    let keys = result.groups.map(\.key).filter { !$0.isEmpty }
    switch result.query.dimension {
    case .county, .township, .village, .unit: return try await units(keys)
    case .category: return codes(keys, platform.categories.map { ($0.code, $0.zh, $0.en) })
    case .track:
      return codes(keys, platform.procedures.all.map { ($0.track.rawValue, $0.zh, $0.en) })
    case .tier:
      return codes(keys, platform.procedures.all.flatMap(\.tiers).map { ($0.code, $0.zh, $0.en) })
    case .day, .difficulty, .origin, nil: return [:]
    }
  }

  /// A category and a layer of two tracks may have the same code: the first one's words stand for both.
  private func codes(
    _ keys: [String], _ all: [(code: String, zh: String, en: String)]
  ) -> [String: Definition.Words] {
    let known = Dictionary(
      all.map { ($0.code, Definition.Words(zh: $0.zh, en: $0.en)) },
      uniquingKeysWith: { one, _ in one })
    return known.filter { keys.contains($0.key) }
  }

  private func units(_ keys: [String]) async throws -> [String: Definition.Words] {
    let ids = keys.compactMap { Int64($0) }
    let names = try await platform.database.read {
      try UnitRows.names(of: ids.map { UnitID($0) }, in: $0)
    }
    return Dictionary(
      uniqueKeysWithValues: names.map { (String($0.key.value), .init(zh: $0.value, en: $0.value)) })
  }
}
