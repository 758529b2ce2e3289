import Documents
import Domain
import Storage

/// Statistical division codes become the regions of the organisation tree.
struct ImportDivisions: RowImport {
  enum Column: String, ImportColumn {
    case code, name

    var headings: [String] {
      switch self {
      case .code: ["code", "统计用区划代码", "divisioncode", "代码", "区划代码", "行政区划代码"]
      case .name: ["name", "名称", "区划名称", "单位名称"]
      }
    }
    var isRequired: Bool { true }

    /// Level and parent stand in the code itself; lists carry them as columns of their own.
    static let ignored: Set = [
      "level", "parentcode", "级别", "上级代码", "城乡分类代码", "城乡分类",
    ]
  }

  private let work: ImportWork
  private var units: UnitDirectory
  /// Whether the tree had cities before: then a file brings in no others.
  private let hasCities: Bool
  private var new: [NewUnit] = []
  private var renames: [Rename] = []

  fileprivate struct Rename {
    let row: Sheet.Row
    let stored: UnitRows.Stored
    let name: String
  }

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
    hasCities = units.coded.keys.contains { $0.tier == .city }
  }

  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var coded: [(code: DivisionCode, row: Sheet.Row)] = []
    coded.reserveCapacity(rows.count)
    for row in rows {
      var reader = RowReader(row, of: sheet, work)
      if let code = reader.divisionCode(.code) { coded.append((code, row)) }
      report.diagnostics += reader.faults
    }
    // Parents before children, whatever the order of the file: codes sort that way.
    coded.sort { ($0.code.text, $0.row.number) < ($1.code.text, $1.row.number) }
    var start = 0
    while start < coded.count {
      var end = start + 1
      while end < coded.count, coded[end].code == coded[start].code { end += 1 }
      if end - start > 1 {
        // Nobody can say which of them is meant.
        report.diagnostics += coded[start..<end].map {
          sheet.fault($0.row, .code, .duplicateInFile)
        }
      } else {
        take(coded[start].code, coded[start].row, of: sheet, into: &report)
      }
      start = end
      if start % 2000 == 0 { work.progress(start, coded.count) }
    }
    try rename(of: sheet, into: &report)
    try UnitRows.create(new, at: work.now, by: work.actor, in: work.connection)
    report.added += new.count
    work.progress(coded.count, coded.count)
  }

  private mutating func take(
    _ code: DivisionCode, _ row: Sheet.Row, of sheet: Sheet, into report: inout ImportReport
  ) {
    guard let level = UnitLevel(code.tier) else {
      return report.skip(sheet.fault(row, .name, .provinceSkipped, .note))
    }
    if code.isCityDistrictPlaceholder {
      return report.skip(sheet.fault(row, .name, .placeholderSkipped, .note))
    }
    let name = row[.name]
    guard Unit.isName(name) else {
      report.diagnostics.append(sheet.fault(row, .name, .badName))
      return
    }
    if let known = units.unit(code) {
      if known.unit.name == name {
        report.unchanged += 1
      } else if known.path.hasPrefix(work.scope) {
        renames.append(Rename(row: row, stored: known, name: name))
      } else {
        report.diagnostics.append(sheet.fault(row, .code, .outsideScope))
      }
      return
    }
    if hasCities, !units.knowsCity(of: code) {
      report.diagnostics.append(sheet.fault(row, .code, .otherCity))
      return
    }
    let parent = code.parent.flatMap { units.unit($0) }
    guard parent != nil || level == .city else {
      report.diagnostics.append(sheet.fault(row, .code, .unknownParent))
      return
    }
    guard (parent?.path ?? "/").hasPrefix(work.scope) else {
      report.diagnostics.append(sheet.fault(row, .code, .outsideScope))
      return
    }
    if let parent, parent.unit.validFrom > work.on {
      report.diagnostics.append(
        sheet.fault(row, .code, .beforeParent, value: parent.unit.validFrom.description))
      return
    }
    if units.child(name, of: parent?.unit.id) != nil {
      report.diagnostics.append(sheet.fault(row, .name, .siblingName))
      return
    }
    let unit = NewUnit(
      Unit(
        id: UnitID(Identifiers.shared.next(work.now)), parent: parent?.unit.id, kind: .region,
        level: level, name: name, divisionCode: code, validFrom: work.on), under: parent?.path)
    units.add(unit)
    new.append(unit)
  }

  /// All at once: two units may exchange their names.
  private mutating func rename(of sheet: Sheet, into report: inout ImportReport) throws {
    var accepted = renames
    while true {
      let leaving = Set(accepted.map(\.stored.unit.id))
      var taken: [String: Int] = [:]
      for rename in accepted { taken[rename.place, default: 0] += 1 }
      let refused = accepted.filter { rename in
        let there = units.child(rename.name, of: rename.stored.unit.parent)
        return taken[rename.place]! > 1 || there.map { !leaving.contains($0.unit.id) } ?? false
      }
      if refused.isEmpty { break }
      report.diagnostics += refused.map { sheet.fault($0.row, .name, .siblingName) }
      let ids = Set(refused.map(\.stored.unit.id))
      accepted.removeAll { ids.contains($0.stored.unit.id) }
    }
    let late = accepted.filter { $0.stored.since > work.on }
    report.diagnostics += late.map { sheet.fault($0.row, .name, .refusedChange) }
    accepted.removeAll { $0.stored.since > work.on }
    try UnitRows.rename(
      accepted.map { ($0.stored, $0.name) }, on: work.on, at: work.now, by: work.actor,
      in: work.connection)
    report.changed += accepted.count
    report.diagnostics += accepted.map {
      sheet.fault($0.row, .name, .renamed, .note, value: "\($0.stored.unit.name) → \($0.name)")
    }
  }
}

extension ImportDivisions.Rename {
  fileprivate var place: String { "\(stored.unit.parent?.value ?? 0)/\(name)" }
}

extension UnitLevel {
  /// - Returns: nil for a province: the campaign's tree begins with the city.
  init?(_ tier: DivisionCode.Tier) {
    switch tier {
    case .province: return nil
    case .city: self = .city
    case .county: self = .county
    case .township: self = .township
    case .village: self = .village
    }
  }
}
