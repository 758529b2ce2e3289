import Domain
import Foundation
import Storage

/// What is said of a plan as a whole.
package struct PlanFigures: Codable, Hashable, Sendable {
  package struct County: Codable, Hashable, Sendable {
    package let county: String
    package let kind: String
    package var targets = 0
    package var kept = 0
    package var new = 0
    package var replaced = 0
    package var ended = 0
  }

  /// So many officials have so many targets.
  package struct Load: Codable, Hashable, Sendable {
    package let kind: String
    package let targets: Int
    package var officials: Int
  }

  /// So many officials have so many open problems in their targets.
  package struct Burden: Codable, Hashable, Sendable {
    package let problems: Int
    package var officials: Int
  }

  package var terms: [String: Int64]
  package var counties: [County]
  package var loads: [Load]
  package var burdens: [Burden]
  /// Of a repair.
  package var uncovered: Int?
  package var moved: Int?

  init(
    _ lines: [PlannedPair], terms: [PairingTerm: Int64], _ basis: PairingBasis,
    uncovered: Int? = nil, moved: Int? = nil
  ) {
    self.terms = Dictionary(uniqueKeysWithValues: terms.map { ($0.key.rawValue, $0.value) })
    var counties: [String: County] = [:]
    var held: [PairingKind: [OfficialID: Int]] = [:]
    var problems: [OfficialID: Int] = [:]
    var needs: [PairingTarget: Int] = [:]
    for kind in PairingKind.kinds(of: basis.track) {
      for target in basis.facts.targets(kind) { needs[target.target] = target.needs.count }
    }
    for line in lines {
      let name = line.county?.description ?? ""
      let kind = line.target.kind
      var county =
        counties["\(name)/\(kind.rawValue)"] ?? County(county: name, kind: kind.rawValue)
      switch line.change {
      case .kept: county.kept += 1
      case .new: county.new += 1
      case .replaced: county.replaced += 1
      case .ended: county.ended += 1
      }
      if line.change != .ended {
        county.targets += 1
        held[kind, default: [:]][line.official, default: 0] += 1
        problems[line.official, default: 0] += needs[line.target] ?? 0
      }
      counties["\(name)/\(kind.rawValue)"] = county
    }
    self.counties = counties.values.sorted { ($0.kind, $0.county) < ($1.kind, $1.county) }
    loads = PairingKind.kinds(of: basis.track).flatMap { kind in
      var counts = Dictionary(grouping: (held[kind] ?? [:]).values, by: { $0 }).mapValues(\.count)
      counts[0] = basis.free(of: kind, held: held[kind] ?? [:])
      return counts.sorted { $0.key < $1.key }.map {
        Load(kind: kind.rawValue, targets: $0.key, officials: $0.value)
      }
    }
    burdens = Dictionary(grouping: problems.values, by: { $0 })
      .map { Burden(problems: $0.key, officials: $0.value.count) }
      .sorted { $0.problems < $1.problems }
    (self.uncovered, self.moved) = (uncovered, moved)
  }

  func text() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

  init(_ text: String) throws {
    self = try JSONDecoder().decode(PlanFigures.self, from: Data(text.utf8))
  }
}

extension PairingBasis {
  /// Officials who could have targets of a kind and have none.
  func free(of kind: PairingKind, held: [OfficialID: Int]) -> Int {
    facts.officials.filter { official in
      guard
        let group = rules.group(
          official.rank, official.level, of: official.track, in: track),
        let quota = rules.groups[group].quota(kind), quota.max > 0
      else { return false }
      return held[official.id] == nil
    }.count
  }
}
