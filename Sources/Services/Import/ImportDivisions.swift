import Documents
import Domain
import Storage

/// Statistical division codes become the regions of the organisation tree.
struct ImportDivisions {
  enum Column: String, ImportColumn {
    case code, name

    var headings: [String] {
      switch self {
      case .code: ["code", "division_code", "代码", "区划代码", "统计用区划代码"]
      case .name: ["name", "名称", "区划名称"]
      }
    }
    var isRequired: Bool { true }
  }

  private let now: Instant
  private let actor: Actor
  private let connection: any Connection

  init(at now: Instant, by actor: Actor, in connection: any Connection) {
    (self.now, self.actor, self.connection) = (now, actor, connection)
  }

  func run(_ table: CSVTable) throws -> ImportReport {
    let sheet = ImportSheet<Column>(table)
    var report = ImportReport()
    // Level and parent stand in the code itself; lists carry them as columns of their own.
    report.diagnostics = sheet.diagnostics.filter {
      $0.code != .unknownColumn || !["level", "parent_code", "级别", "上级代码"].contains($0.value)
    }
    guard !report.hasErrors else { return report }
    var rows: [DivisionCode: ImportSheet<Column>.Row] = [:]
    for row in sheet.rows {
      let missing = sheet.missing(in: row)
      if !missing.isEmpty {
        report.diagnostics += missing
      } else if let code = DivisionCode(row[.code]) {
        if rows.updateValue(row, forKey: code) != nil {
          report.diagnostics.append(sheet.fault(row, .code, .duplicateInFile))
        }
      } else {
        report.diagnostics.append(sheet.fault(row, .code, .badCode))
      }
    }
    // Parents before children, whatever the order of the file: codes sort that way.
    for (code, row) in rows.sorted(by: { $0.key.text < $1.key.text }) {
      try take(code, row, of: sheet, into: &report)
    }
    report.diagnostics.sort { $0.row < $1.row }
    return report
  }

  private func take(
    _ code: DivisionCode, _ row: ImportSheet<Column>.Row, of sheet: ImportSheet<Column>,
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
    if let known = try UnitRows.find(code, in: connection) {
      if known.unit.name == row[.name] {
        report.unchanged += 1
      } else {
        try UnitRows.rename(known.unit, to: row[.name], at: now, by: actor, in: connection)
        report.changed += 1
      }
      return
    }
    let parent = try code.parent.flatMap { try UnitRows.find($0, in: connection) }
    guard parent != nil || level == .city else {
      report.diagnostics.append(sheet.fault(row, .code, .unknownParent))
      return
    }
    if try UnitRows.hasChild(row[.name], of: parent?.unit.id, in: connection) {
      report.diagnostics.append(sheet.fault(row, .name, .siblingName))
      return
    }
    let unit = Unit(
      id: UnitID(Identifiers.shared.next(now)), parent: parent?.unit.id, kind: .region,
      level: level, name: row[.name], divisionCode: code, validFrom: now.day)
    try UnitRows.create(unit, under: parent, at: now, by: actor, in: connection)
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
