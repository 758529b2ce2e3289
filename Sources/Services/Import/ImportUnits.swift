import Documents
import Domain
import Storage

/// Departments, offices and taskforces beside the regions.
struct ImportUnits: RowImport {
  enum Column: String, ImportColumn {
    case name, kind, parent

    var headings: [String] {
      switch self {
      case .name: ["name", "名称", "单位", "单位名称"]
      case .kind: ["kind", "类型", "单位类型"]
      case .parent: ["parent", "上级", "上级单位"]
      }
    }
    var isRequired: Bool { true }
  }

  private let work: ImportWork

  init(_ work: ImportWork) { self.work = work }

  /// A parent may stand in a row above its children.
  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws {
    for row in rows {
      guard let kind = UnitKind(word: row[.kind]) else {
        report.diagnostics.append(sheet.fault(row, .kind, .unknownKind))
        continue
      }
      if let fault = sheet.badName(row, .name) {
        report.diagnostics.append(fault)
        continue
      }
      switch try UnitReference(row[.parent]).resolve(in: work.connection) {
      case .none: report.diagnostics.append(sheet.fault(row, .parent, .unknownParent))
      case .several: report.diagnostics.append(sheet.fault(row, .parent, .ambiguousParent))
      case .one(let parent):
        if let known = try UnitRows.child(row[.name], of: parent.unit.id, in: work.connection) {
          report.unchanged += 1
          if known.unit.kind != kind {
            report.diagnostics.append(sheet.fault(row, .kind, .kindDiffers, .warning))
          }
        } else {
          let unit = Unit(
            id: UnitID(Identifiers.shared.next(work.now)), parent: parent.unit.id, kind: kind,
            level: parent.unit.level, name: row[.name], divisionCode: nil, validFrom: work.now.day)
          try UnitRows.create(
            unit, under: parent, at: work.now, by: work.actor, in: work.connection)
          report.added += 1
        }
      }
    }
  }
}

extension UnitKind {
  /// The kind a word of a spreadsheet means, Chinese or English.
  fileprivate init?(word: String) {
    let words: [String: UnitKind] = [
      "区划": .region, "行政区": .region, "部门": .department, "单位": .department, "局": .department,
      "活动办": .office, "办公室": .office, "专班": .taskforce, "专项小组": .taskforce,
      "工作组": .workingGroup,
    ]
    guard let kind = UnitKind(rawValue: word.lowercased()) ?? words[word] else { return nil }
    self = kind
  }
}
