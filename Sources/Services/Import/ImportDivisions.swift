import Documents
import Domain
import Storage

/// Statistical division codes become the regions of the organisation tree.
struct ImportDivisions: RowImport {
  enum Column: String, ImportColumn {
    case code, name

    var headings: [String] {
      switch self {
      case .code: ["code", "division_code", "代码", "区划代码", "统计用区划代码"]
      case .name: ["name", "名称", "区划名称"]
      }
    }
    var isRequired: Bool { true }

    /// Level and parent stand in the code itself; lists carry them as columns of their own.
    static let ignored: Set = ["level", "parent_code", "级别", "上级代码"]
  }

  private let work: ImportWork

  init(_ work: ImportWork) { self.work = work }

  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws {
    var coded: [DivisionCode: [Sheet.Row]] = [:]
    for row in rows {
      if let code = DivisionCode(row[.code]) {
        coded[code, default: []].append(row)
      } else {
        report.diagnostics.append(sheet.fault(row, .code, .badCode))
      }
    }
    // Parents before children, whatever the order of the file: codes sort that way.
    for (code, rows) in coded.sorted(by: { $0.key.text < $1.key.text }) {
      if rows.count == 1 {
        try take(code, rows[0], of: sheet, into: &report)
      } else {
        // Nobody can say which of them is meant.
        report.diagnostics += rows.map { sheet.fault($0, .code, .duplicateInFile) }
      }
    }
  }

  private func take(
    _ code: DivisionCode, _ row: Sheet.Row, of sheet: Sheet,
    into report: inout ImportReport
  ) throws {
    guard let level = UnitLevel(code.tier) else {
      report.skipped += 1
      report.diagnostics.append(sheet.fault(row, .name, .provinceSkipped, .note))
      return
    }
    if code.isCityDistrictPlaceholder {
      report.skipped += 1
      report.diagnostics.append(sheet.fault(row, .name, .placeholderSkipped, .note))
      return
    }
    if let fault = sheet.badName(row, .name) {
      report.diagnostics.append(fault)
      return
    }
    let known = try UnitRows.find(code, in: work.connection)
    if let known, known.unit.name == row[.name] {
      report.unchanged += 1
      return
    }
    let parent = try code.parent.flatMap { try UnitRows.find($0, in: work.connection) }
    guard parent != nil || level == .city else {
      report.diagnostics.append(sheet.fault(row, .code, .unknownParent))
      return
    }
    let above = known.map { $0.unit.parent } ?? parent?.unit.id
    if try UnitRows.child(row[.name], of: above, in: work.connection) != nil {
      report.diagnostics.append(sheet.fault(row, .name, .siblingName))
      return
    }
    if let known {
      try UnitRows.rename(
        known.unit, to: row[.name], at: work.now, by: work.actor, in: work.connection)
      report.changed += 1
      report.diagnostics.append(
        Diagnostic(
          row: row.number, column: sheet.heading(.name), .renamed, .note,
          value: "\(known.unit.name) → \(row[.name])"))
      return
    }
    let unit = Unit(
      id: UnitID(Identifiers.shared.next(work.now)), parent: parent?.unit.id, kind: .region,
      level: level, name: row[.name], divisionCode: code, validFrom: work.now.day)
    try UnitRows.create(unit, under: parent, at: work.now, by: work.actor, in: work.connection)
    report.added += 1
  }
}

extension UnitLevel {
  /// - Returns: nil for a province: the campaign's tree begins with the city.
  fileprivate init?(_ tier: DivisionCode.Tier) {
    switch tier {
    case .province: return nil
    case .city: self = .city
    case .county: self = .county
    case .township: self = .township
    case .village: self = .village
    }
  }
}
