import Domain
import Storage

/// What holds today against the rules: by county how many targets have somebody, and everything that is not
/// as it should be.
package struct CheckPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct County: Hashable, Sendable {
    package let county: UnitID?
    package let name: String
    package let kind: PairingKind
    package var targets = 0
    package var covered = 0
  }

  package struct Finding: Sendable {
    package let finding: PairingCheck.Finding
    /// What the target and the official are called, as far as it has them.
    package let target: String?
    package let official: String?
  }

  package struct Result: Sendable {
    package let track: Track
    package let officials: Int
    /// Officials of the track with at least one target.
    package let engaged: Int
    package let counties: [County]
    package let findings: [Finding]
    /// How many there are; `findings` has the first of them.
    package let count: Int
  }

  /// Names are shown of so many.
  package static let shown = 200

  /// Within what the account may see.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ track: Track, for account: Account, limit: Int = shown
  ) async throws -> Result {
    let platform = platform
    return try await platform.database.read { connection in
      let scope = try RegisterAccess.scope(of: account, in: connection)
      let basis = try PairingBasis.load(
        track, platform.pairingRules, platform, in: connection)
      let own = scope.split(separator: "/").last.flatMap { Int64($0) }.map { UnitID($0) }
      return try result(basis, own, limit, connection)
    }
  }

  private func result(
    _ basis: PairingBasis, _ own: UnitID?, _ limit: Int, _ connection: any Connection
  ) throws -> Result {
    let (facts, track) = (basis.facts, basis.track)
    func isOwn(_ place: PairingFacts.Place) -> Bool {
      guard let own else { return true }
      return [place.township, place.county, place.city].contains {
        $0 >= 0 && facts.places[Int($0)] == own
      }
    }
    let findings = PairingCheck.findings(
      facts.current, facts, basis.rules, track: track,
      engaged: try PairingRows.engaged(beside: track, in: connection))
    let held = Set(facts.current.map(\.target))
    // Who left, or may not serve there, does not cover it.
    let bare = Set(
      findings.compactMap { finding -> PairingTarget? in
        if case .uncovered(let target, _) = finding { target } else { nil }
      })
    var counties: [County] = []
    for kind in PairingKind.kinds(of: track) {
      var of: [UnitID?: County] = [:]
      for target in facts.targets(kind) where isOwn(target.place) {
        let county = basis.county(of: target)
        var line =
          of[county]
          ?? County(county: county, name: county.flatMap { basis.tree.names[$0] } ?? "", kind: kind)
        line.targets += 1
        if held.contains(target.target), !bare.contains(target.target) { line.covered += 1 }
        of[county] = line
      }
      counties += of.values.sorted { ($0.county?.value ?? 0) < ($1.county?.value ?? 0) }
    }
    let known = Dictionary(
      PairingKind.kinds(of: track).flatMap { facts.targets($0) }.map { ($0.target, $0.place) },
      uniquingKeysWith: { first, _ in first })
    let places = Dictionary(
      facts.officials.map { ($0.id, $0.place) }, uniquingKeysWith: { first, _ in first })
    let all = findings.filter {
      if let place = $0.target.flatMap({ known[$0] }) { return isOwn(place) }
      return $0.official.flatMap { places[$0] }.map(isOwn) ?? (own == nil)
    }
    let busy = Set(facts.current.map(\.official))
    let staff = facts.officials.filter { own == nil || isOwn($0.place) }
    return Result(
      track: track, officials: staff.count,
      engaged: staff.filter { busy.contains($0.id) }.count, counties: counties,
      findings: try Self.named(Array(all.prefix(limit)), platform.vault, in: connection),
      count: all.count)
  }

  /// What speaks against a plan, with names; for whoever manages pairings.
  /// - Throws: `UseCaseError.forbidden`
  package func named(
    _ findings: [PairingCheck.Finding], for account: Account, limit: Int = shown
  ) async throws -> [Finding] {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    return try await platform.database.read {
      try Self.named(Array(findings.prefix(limit)), vault, in: $0)
    }
  }

  private static func named(
    _ findings: [PairingCheck.Finding], _ vault: Vault, in connection: any Connection
  ) throws -> [Finding] {
    let names = try PairingNames.of(findings.compactMap(\.target), in: connection)
    let officials = try OfficialRows.find(findings.compactMap(\.official), vault, in: connection)
    return findings.map { finding in
      Finding(
        finding: finding, target: finding.target.flatMap { names[$0] },
        official: finding.official.flatMap { officials[$0]?.official.name })
    }
  }
}
