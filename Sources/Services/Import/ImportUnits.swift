import Documents
import Domain
import Storage

/// Departments, offices, taskforces and regions without a code.
struct ImportUnits: RowImport {
  enum Column: String, ImportColumn {
    case name, kind, parent, level, code, validFrom, validTo

    var headings: [String] {
      switch self {
      case .name: ["name", "单位名称", "名称", "单位", "单位全称"]
      case .kind: ["kind", "单位类型", "类型", "类别"]
      case .parent: ["parent", "上级单位", "上级", "上级名称", "主管单位", "隶属", "隶属单位", "所属地区"]
      case .level: ["level", "级别", "层级"]
      case .code: ["divisioncode", "区划代码", "行政区划代码", "代码", "code"]
      case .validFrom: ["validfrom", "起始日期", "设立日期", "生效日期"]
      case .validTo: ["validto", "终止日期", "撤销日期", "失效日期"]
      }
    }
    var isRequired: Bool { self == .name || self == .kind || self == .parent }
    var form: ImportForm {
      switch self {
      case .kind: .word(.unitKind)
      case .level: .word(.unitLevel)
      case .validFrom, .validTo: .day
      case .name, .parent, .code: .text
      }
    }
  }

  private struct Draft {
    let row: Sheet.Row
    let kind: UnitKind
    let level: UnitLevel?
    let codes: [DivisionCode]
    let validFrom: Day
    let validTo: Day?
  }

  private let work: ImportWork
  private var units: UnitDirectory
  private var ends: [UnitID: (day: Day, row: Sheet.Row)] = [:]

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
  }

  /// A parent may stand in any row of the file.
  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var waiting: [Draft] = []
    for row in rows {
      var reader = RowReader(row, of: sheet, work)
      if let draft = draft(row, &reader) { waiting.append(draft) }
      report.diagnostics += reader.faults
    }
    var new: [NewUnit] = []
    while true {
      var later: [Draft] = []
      for draft in waiting {
        if try !take(draft, of: sheet, &new, into: &report) { later.append(draft) }
      }
      if later.count == waiting.count || later.isEmpty {
        waiting = later
        break
      }
      waiting = later
    }
    refuse(waiting, of: sheet, into: &report)
    try UnitRows.create(new, at: work.now, by: work.actor, in: work.connection)
    report.added += new.count
    try close(of: sheet, into: &report)
  }

  private func draft(_ row: Sheet.Row, _ reader: inout RowReader<Column>) -> Draft? {
    let kind: UnitKind? = reader.word(.kind, .unitKind, unknown: .unknownKind)
    let level: UnitLevel? = reader.word(.level, .unitLevel)
    if !Unit.isName(row[.name]) { reader.refuse(.name, .badName) }
    let codes = reader.texts(.code).compactMap { text -> DivisionCode? in
      let code = DivisionCode(text.compact)
      if code == nil { reader.refuse(.code, text.hasLostDigits ? .digitsLost : .badCode) }
      return code
    }
    let (from, to) = (reader.day(.validFrom) ?? work.on, reader.day(.validTo))
    if let to, to <= from { reader.refuse(.validTo, .endsBeforeBeginning) }
    if from > work.now.day { reader.refuse(.validFrom, .futureDay) }
    if let to, to > work.now.day { reader.refuse(.validTo, .futureDay) }
    guard reader.faults.isEmpty, let kind else { return nil }
    var unique: [DivisionCode] = []
    for code in codes where !unique.contains(code) { unique.append(code) }
    return Draft(row: row, kind: kind, level: level, codes: unique, validFrom: from, validTo: to)
  }

  /// - Returns: false where its parent is not there yet.
  private mutating func take(
    _ draft: Draft, of sheet: Sheet, _ new: inout [NewUnit], into report: inout ImportReport
  ) throws -> Bool {
    let row = draft.row
    let parent: UnitRows.Stored?
    switch try UnitReference(row[.parent]).resolve(among: units) {
    case .none where row[.parent] == "/": parent = nil
    case .none: return false
    case .several:
      report.diagnostics.append(sheet.fault(row, .parent, .ambiguousParent))
      return true
    case .one(let stored): parent = stored
    }
    guard (parent?.path ?? "/").hasPrefix(work.scope) else {
      report.diagnostics.append(sheet.fault(row, .parent, .outsideScope))
      return true
    }
    if let end = parent.flatMap({ ends[$0.unit.id] }), draft.validTo.map({ $0 > end.day }) ?? true {
      report.diagnostics.append(
        sheet.fault(row, .parent, .closesBeforeChild, value: "\(row[.parent]) \(end.day)"))
      return true
    }
    if let known = units.child(row[.name], of: parent?.unit.id) {
      try update(known, by: draft, of: sheet, into: &report)
      if let day = draft.validTo { ends[known.unit.id] = (day, row) }
      return true
    }
    // Before its parent there was no tree to be in.
    let begins = max(draft.validFrom, parent?.unit.validFrom ?? draft.validFrom)
    if let end = draft.validTo, end <= begins {
      report.diagnostics.append(sheet.fault(row, .validTo, .endsBeforeBeginning))
      return true
    }
    if draft.validTo != nil, let parent,
      try UnitRows.isClosed(
        row[.name], under: parent.unit.id, from: begins, in: work.connection)
    {
      report.unchanged += 1
      return true
    }
    if draft.codes.contains(where: { units.unit($0) != nil }) {
      report.diagnostics.append(sheet.fault(row, .code, .codeTaken))
      return true
    }
    let level =
      draft.level ?? parent.map { draft.kind == .region ? $0.unit.level.below : $0.unit.level }
      ?? .city
    if draft.kind == .region, let parent, level <= parent.unit.level {
      report.diagnostics.append(sheet.fault(row, .level, .wrongLevel))
      return true
    }
    if begins > draft.validFrom, !row[.validFrom].isEmpty {
      report.diagnostics.append(
        sheet.fault(row, .validFrom, .beforeParent, .note, value: begins.description))
    }
    let unit = NewUnit(
      Unit(
        id: UnitID(Identifiers.shared.next(work.now)), parent: parent?.unit.id, kind: draft.kind,
        level: level, name: row[.name], divisionCode: draft.codes.first,
        validFrom: begins), under: parent?.path,
      otherCodes: Array(draft.codes.dropFirst()))
    units.add(unit)
    new.append(unit)
    if let day = draft.validTo { ends[unit.unit.id] = (day, row) }
    return true
  }

  /// What a row says otherwise of a unit that is there: told, and not taken, but for a code where it has
  /// none.
  private func update(
    _ known: UnitRows.Stored, by draft: Draft, of sheet: Sheet, into report: inout ImportReport
  ) throws {
    if known.unit.kind != draft.kind {
      report.diagnostics.append(sheet.fault(draft.row, .kind, .kindDiffers, .warning))
    }
    if let level = draft.level, level != known.unit.level {
      report.diagnostics.append(sheet.fault(draft.row, .level, .kindDiffers, .warning))
    }
    let new = draft.codes.filter { units.unit($0)?.unit.id != known.unit.id }
    if known.unit.divisionCode == nil, let code = new.first {
      let refusals = try ReorganiseUnits.apply(
        .change(code: code), to: known.unit.id, on: max(work.on, known.since), at: work.now,
        by: work.actor, in: work.connection)
      guard refusals.isEmpty else {
        report.diagnostics.append(sheet.fault(draft.row, .code, .codeTaken))
        return
      }
      report.changed += 1
      return
    }
    if !new.isEmpty {
      report.diagnostics.append(sheet.fault(draft.row, .code, .codeDiffers, .warning))
    }
    report.unchanged += 1
  }

  /// Rows whose parents came nowhere: round in a circle, or not there at all.
  private func refuse(_ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport) {
    var parents: [String: String] = [:]
    for draft in drafts {
      parents[draft.row[.name]] = draft.row[.parent].split(separator: "/").last.map(String.init)
    }
    for draft in drafts {
      let name = draft.row[.name]
      var current = parents[name]
      var steps = 0
      while let next = current, next != name, steps < parents.count {
        current = parents[next]
        steps += 1
      }
      report.diagnostics.append(
        sheet.fault(draft.row, .parent, current == name ? .cycle : .unknownParent))
    }
  }

  /// Children first; a unit is closed by the same rule as by hand.
  private func close(of sheet: Sheet, into report: inout ImportReport) throws {
    let ending = ends.compactMap { id, end in units.unit(id).map { (stored: $0, end: end) } }
      .sorted {
        ($0.stored.path.utf8.count, $0.stored.path) > ($1.stored.path.utf8.count, $1.stored.path)
      }
    for (stored, end) in ending {
      let refusals = try ReorganiseUnits.apply(
        .close, to: stored.unit.id, on: end.day, at: work.now, by: work.actor,
        in: work.connection)
      if refusals.isEmpty {
        report.changed += 1
        continue
      }
      let code: Diagnostic.Code =
        refusals.contains(.hasChildren) ? .closesBeforeChild : .refusedChange
      report.diagnostics.append(
        sheet.fault(
          end.row, .validTo, code,
          value: refusals.map(\.rawValue).joined(separator: ", ")))
    }
  }
}

extension UnitLevel {
  fileprivate var below: UnitLevel {
    switch self {
    case .city: .county
    case .county: .township
    case .township, .village: .village
    }
  }
}
