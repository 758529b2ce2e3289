import Documents
import Domain
import Storage

extension Export {
  func units() throws -> Int {
    let columns = columns(ImportUnits.Column.self)
    let paths = try UnitPaths(in: connection)
    return try write("units", columns) { row in
      try UnitRows.all(under: scope, in: connection) { stored in
        let unit = stored.unit
        try row { column in
          switch column {
          case .name: .text(unit.name)
          case .kind: columns.cell(unit.kind, .unitKind)
          case .parent: .text(unit.parent.map { paths.path(of: $0) } ?? "/")
          case .level: columns.cell(unit.level, .unitLevel)
          case .code: OutputCell(unit.divisionCode?.text)
          case .validFrom: .day(unit.validFrom)
          case .validTo: nil
          }
        }
      }
    }
  }

  func villages() throws -> Int {
    let columns = columns(ImportVillages.Column.self)
    let paths = try UnitPaths(in: connection)
    let profiles = try VillageRows.all(under: scope, in: connection)
    let contacts = try ContactRows.current(under: scope, platform.vault, in: connection)
    return try write("villages", columns) { row in
      try UnitRows.all(under: scope, in: connection) { stored in
        let unit = stored.unit
        guard unit.isVillageOrTownship else { return }
        let profile = profiles[unit.id]?.profile
        let contact = contacts[unit.id]
        try row { column in
          switch column {
          case .name: .text(unit.name)
          case .township:
            OutputCell(paths.ancestor(of: unit.id, at: .township)?.unit.name)
          case .county: OutputCell(paths.ancestor(of: unit.id, at: .county)?.unit.name)
          case .code: OutputCell(unit.divisionCode?.text)
          case .kind: columns.cell(profile?.kind, .villageKind)
          case .population: OutputCell(profile?.population)
          case .households: OutputCell(profile?.households)
          case .farmland: profile?.farmland.map { .number(Double($0) / 100) }
          case .income: OutputCell(profile?.collectiveIncome)
          case .incomeInWan: nil
          case .contact: name(contact?.name)
          case .contactPost: OutputCell(contact?.post)
          case .contactPhone: phone(contact?.phone)
          }
        }
      }
    }
  }

  func enterprises() throws -> Int {
    let columns = columns(ImportEnterprises.Column.self)
    let paths = try UnitPaths(in: connection)
    return try write("enterprises", columns) { row in
      try EnterpriseRows.forEachInFull(under: scope, platform.vault, in: connection) { full in
        let enterprise = full.enterprise
        try row { column in
          switch column {
          case .name: .text(enterprise.name)
          case .county: OutputCell(paths.ancestor(of: enterprise.unit, at: .county)?.unit.name)
          case .township: OutputCell(paths.ancestor(of: enterprise.unit, at: .township)?.unit.name)
          case .code: OutputCell(enterprise.code)
          case .codeOverride: OutputCell(enterprise.codeOverride)
          case .formerNames: OutputCell(list: enterprise.formerNames)
          case .industry: OutputCell(enterprise.industry)
          case .statisticalKind: columns.cell(enterprise.statisticalKind, .statisticalKind)
          case .isKey: .text(columns.word(enterprise.isKey ? "yes" : "no", .yesNo))
          case .scale: columns.cell(enterprise.scale, .scale)
          case .status: columns.cell(enterprise.status, .enterpriseStatus)
          case .contact: name(full.contact?.name)
          case .contactPost: OutputCell(full.contact?.post)
          case .contactPhone: phone(full.contact?.phone)
          case .whiteList: columns.cell(full.listing?.level, .whiteListLevel)
          case .whiteListIssuer: OutputCell(full.listing?.issuer)
          case .whiteListFrom: full.listing.map { .day($0.validFrom) }
          case .whiteListTo: full.listing?.validTo.map { .day($0) }
          }
        }
      }
    }
  }

  func officials() throws -> Int {
    let columns = columns(ImportOfficials.Column.self)
    let paths = try UnitPaths(in: connection)
    return try write("officials", columns) { row in
      try OfficialRows.forEach(under: scope, platform.vault, in: connection) { stored in
        let official = stored.official
        try row { column in
          switch column {
          case .name: .text(official.name)
          case .unit: .text(paths.path(of: official.unit))
          case .track: columns.cell(official.track, .track)
          case .idNumber: OutputCell(unmasked ? official.idNumber : official.idNumber?.masked)
          case .phone: phone(official.phone)
          case .post: OutputCell(official.post)
          case .rank: columns.cell(official.rank, .rank)
          case .expertise: OutputCell(list: official.expertise)
          case .home: OutputCell(official.home)
          case .status: columns.cell(official.status, .officialStatus)
          }
        }
      }
    }
  }

  func problems(visible: ProblemList.Visibility) throws -> Int {
    let columns = columns(ProblemColumn.self)
    return try write("problems", columns) { row in
      try ProblemList.forEach(visible: visible, in: connection) { problem in
        try row { column in
          switch column {
          case .number: .integer(problem.number)
          case .track: columns.cell(problem.track, .track)
          case .title: .text(problem.title)
          case .concerns: .text(problem.concerns)
          case .registered: .day(problem.registeredAt.day)
          case .state: .text(problem.state.rawValue)
          case .category: OutputCell(categoryName(problem))
          case .unit: OutputCell(problem.unitName)
          case .due: problem.dueAt.map { .text($0.description) }
          case .outcome: OutputCell(problem.outcome?.rawValue)
          }
        }
      }
    }
  }

  private func categoryName(_ problem: ProblemSummary) -> String? {
    guard language == .zh else { return problem.category }
    return platform.categories.first {
      $0.track == problem.track && $0.code == problem.category
    }?.zh ?? problem.category
  }
}

/// The columns of an exported 台账.
private enum ProblemColumn: String, ImportColumn {
  case number, track, title, concerns, registered, state, category, unit, due, outcome

  var headings: [String] {
    switch self {
    case .number: ["number", "编号"]
    case .track: ["track", "轨道"]
    case .title: ["title", "问题标题"]
    case .concerns: ["concerns", "涉及对象"]
    case .registered: ["registered", "登记日期"]
    case .state: ["state", "状态"]
    case .category: ["category", "类别"]
    case .unit: ["unit", "承办单位"]
    case .due: ["due", "到期"]
    case .outcome: ["outcome", "结果"]
    }
  }
  var isRequired: Bool { false }
  var form: ImportForm {
    switch self {
    case .number: .number
    case .track: .word(.track)
    case .registered: .day
    default: .text
    }
  }
}

extension OutputCell {
  fileprivate init?(list: [String]) {
    guard !list.isEmpty else { return nil }
    self = .text(list.joined(separator: "、"))
  }
}
