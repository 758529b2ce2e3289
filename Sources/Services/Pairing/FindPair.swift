import Domain
import Storage

/// Who and what a pair is of, by what was typed: a name, a path or a number.
package struct FindPair: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Candidate<ID: Sendable & Hashable>: Sendable {
    package let id: ID
    package let name: String
    /// The unit's path, or where it lies.
    package let place: String
  }

  /// So many are offered.
  private static let offered = 8

  /// Everybody who is called exactly so; else those whose name has it in it.
  /// - Throws: `UseCaseError.forbidden`
  package func officials(
    _ text: String, for account: Account
  ) async throws -> [Candidate<OfficialID>] {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let text = text.trimmed
    if let id = Int64(text) { return try await official(OfficialID(id)).map { [$0] } ?? [] }
    let hits = try await FindByName(platform)(text, limit: 100, by: account).found.filter {
      $0.hit.kind == .official
    }
    let exact = hits.filter { $0.hit.title == text }
    return (exact.isEmpty ? hits : exact).prefix(Self.offered).map {
      Candidate(id: OfficialID($0.hit.id), name: $0.hit.title, place: $0.place)
    }
  }

  /// Enterprises, townships and villages that are called exactly so; else those whose name has it in it.
  /// - Throws: `UseCaseError.forbidden`
  package func targets(
    _ text: String, for account: Account
  ) async throws -> [Candidate<PairingTarget>] {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let text = text.trimmed
    let hits = try await FindByName(platform)(text, limit: 100, by: account).found
    return try await platform.database.read { connection in
      if case .one(let stored) = try UnitReference(text).resolve(in: connection),
        let target = Self.target(stored.unit)
      {
        let path = try UnitReference.path(of: stored, in: connection)
        return [Candidate(id: target, name: stored.unit.name, place: path)]
      }
      var found: [Candidate<PairingTarget>] = []
      for hit in hits {
        switch hit.hit.kind {
        case .enterprise:
          found.append(
            Candidate(
              id: .enterprise(EnterpriseID(hit.hit.id)), name: hit.hit.title, place: hit.place))
        case .unit:
          if let stored = try UnitRows.find(hit.hit.unit, in: connection),
            let target = Self.target(stored.unit)
          {
            found.append(Candidate(id: target, name: hit.hit.title, place: hit.place))
          }
        default: break
        }
      }
      let exact = found.filter { $0.name == text }
      return Array((exact.isEmpty ? found : exact).prefix(Self.offered))
    }
  }

  /// The official of this number; nil where there is none, or their data were erased.
  package func official(_ id: OfficialID) async throws -> Candidate<OfficialID>? {
    let vault = platform.vault
    return try await platform.database.read { connection in
      guard let official = try OfficialRows.find(id, vault, in: connection)?.official else {
        return nil
      }
      let paths = try UnitRows.namePaths(of: [official.unit], in: connection)
      return Candidate(id: id, name: official.name, place: paths[official.unit] ?? "")
    }
  }

  package func target(_ target: PairingTarget) async throws -> Candidate<PairingTarget>? {
    try await platform.database.read { connection in
      guard let name = try PairingNames.of([target], in: connection)[target],
        let unit = try target.unit
          ?? target.enterprise.flatMap({ try EnterpriseRows.unit(of: $0, in: connection) })
      else { return nil }
      let path = try UnitRows.namePaths(of: [unit], in: connection)[unit] ?? ""
      return Candidate(
        id: target, name: String(name.split(separator: "/").last ?? ""), place: path)
    }
  }

  private static func target(_ unit: Unit) -> PairingTarget? {
    guard unit.kind == .region else { return nil }
    return switch unit.level {
    case .township: .township(unit.id)
    case .village: .village(unit.id)
    case .city, .county: nil
    }
  }
}
