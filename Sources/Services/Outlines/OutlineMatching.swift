import Domain
import Storage

/// Which unit each feature of a file is of: by its division code first, then by its name.
struct OutlineMatching {
  let level: UnitLevel?
  /// The subtree that may be changed.
  let scope: String
  let connection: any Connection

  struct Match {
    let feature: OutlineFile.Feature
    let unit: UnitRows.Stored
    let byCode: Bool
  }

  /// - Returns: with the faults of the file's own.
  func match(_ file: OutlineFile) throws -> (found: [Match], faults: [OutlineFault]) {
    var found: [Match] = []
    var faults = file.faults
    var seen: Set<UnitID> = []
    for feature in file.features {
      switch try unit(of: feature) {
      case .failure(let fault): faults.append(fault)
      case .success(let match):
        if seen.insert(match.unit.unit.id).inserted {
          found.append(match)
        } else {
          faults.append(
            OutlineFault(.repeatedUnit, feature: feature.number, value: match.unit.unit.name))
        }
      }
    }
    return (found, faults.sorted { $0.feature < $1.feature })
  }

  private func unit(
    of feature: OutlineFile.Feature
  ) throws -> Result<Match, OutlineFault> {
    func fault(_ code: OutlineFault.Code) -> Result<Match, OutlineFault> {
      let value = [feature.code?.text ?? "", feature.name].filter { !$0.isEmpty }
      return .failure(
        OutlineFault(code, feature: feature.number, value: value.joined(separator: " ")))
    }
    func checked(_ unit: UnitRows.Stored, byCode: Bool) -> Result<Match, OutlineFault> {
      guard level == nil || unit.unit.level == level else { return fault(.wrongLevel) }
      guard unit.path.hasPrefix(scope) else { return fault(.outsideScope) }
      return .success(Match(feature: feature, unit: unit, byCode: byCode))
    }
    if let code = feature.code, let unit = try UnitRows.find(code, in: connection) {
      return checked(unit, byCode: true)
    }
    if feature.name.isEmpty { return fault(.unknownUnit) }
    let named = try UnitRows.find(name: feature.name, in: connection)
      .filter { $0.unit.kind == .region }
    let fitting = named.filter { level == nil || $0.unit.level == level }
    if fitting.count == 1 { return checked(fitting[0], byCode: false) }
    return fault(
      fitting.count > 1 ? .ambiguousUnit : named.isEmpty ? .unknownUnit : .wrongLevel)
  }
}
