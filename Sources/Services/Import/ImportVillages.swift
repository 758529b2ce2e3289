import Documents
import Domain
import Language
import Storage

/// The profiles of townships, villages and communities. A village that the tree does not have yet is
/// added under its township.
struct ImportVillages: RowImport {
  enum Column: String, ImportColumn {
    case name, township, county, code, kind, population, households, farmland, income, incomeInWan
    case contact, contactPost, contactPhone

    var headings: [String] {
      switch self {
      case .name:
        ["name", "村（社区）名称".compact, "名称", "村名", "村名称", "村(社区)", "村社区名称", "行政村", "行政村名称", "village"]
      case .township: ["township", "所属乡镇", "乡镇", "乡镇(街道)", "乡镇街道", "所在乡镇", "街道", "乡镇名称"]
      case .county: ["county", "所属县区", "县区", "县市区", "县(市区)", "县(市、区)", "所在县区", "所属县(市、区)", "所属县市区"]
      case .code: ["divisioncode", "区划代码", "代码", "村代码", "行政区划代码", "code"]
      case .kind: ["kind", "类型", "类别", "村类型"]
      case .population: ["population", "人口", "总人口", "人口数", "户籍人口", "常住人口", "人口(人)", "总人口(人)"]
      case .households: ["households", "户数", "总户数", "户数(户)", "总户数(户)"]
      case .farmland: ["farmland", "耕地面积(亩)", "耕地面积", "耕地", "耕地(亩)"]
      case .income: ["collectiveincome", "村集体经济收入(元)", "集体经济收入(元)", "集体收入(元)"]
      case .incomeInWan:
        [
          "collectiveincome10000", "村集体经济收入(万元)", "集体经济收入(万元)", "集体经济收入", "村集体经济收入",
          "集体收入(万元)", "村集体收入(万元)", "集体收入",
        ]
      case .contact: ["contact", "联系人", "负责人", "村支书", "党支部书记", "支部书记", "联系人姓名"]
      case .contactPost: ["contactpost", "联系人职务", "职务"]
      case .contactPhone: ["contactphone", "联系电话", "电话", "手机", "手机号", "联系人电话", "联系方式"]
      }
    }
    var isRequired: Bool { self == .name || self == .township }
    var form: ImportForm {
      switch self {
      case .kind: .word(.villageKind)
      case .population, .households, .farmland, .income, .incomeInWan: .number
      default: .text
      }
    }
  }

  private let work: ImportWork
  private var units: UnitDirectory
  private let known: [UnitID: VillageRows.Stored]
  private var contacts: ImportContacts
  private var seen: [UnitID: Sheet.Row] = [:]

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
    known = try VillageRows.all(in: work.connection)
    contacts = ImportContacts(work)
  }

  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var new: [NewUnit] = []
    var profiles: [(unit: UnitID, profile: VillageProfile)] = []
    var changes: [(id: UnitID, hasChanged: Bool)] = []
    for (index, row) in rows.enumerated() {
      var reader = RowReader(row, of: sheet, work)
      let place = try place(of: row, &reader)
      var profile: VillageProfile?
      if let place { profile = self.profile(of: place.unit, &reader) }
      let contact = ImportContacts.draft(
        name: reader.personName(.contact), post: reader.text(.contactPost),
        phone: reader.phone(.contactPhone))
      report.diagnostics += reader.faults + reader.remarks
      guard reader.faults.isEmpty, let place, let profile else { continue }
      let unit = place.unit
      if let made = place.made { new.append(made) }
      contacts.put(contact, for: .unit(unit.id))
      if let stored = known[unit.id] {
        let hasChanged = try VillageRows.change(
          stored, to: stored.profile.updated(by: profile), at: work.now, by: work.actor,
          in: work.connection)
        changes.append((unit.id, hasChanged))
      } else if place.made == nil, !says(row) {
        // A unit of which the row tells nothing has no profile for it.
        changes.append((unit.id, false))
      } else {
        profiles.append((unit.id, profile))
      }
      if index % 1000 == 0 { work.progress(index, rows.count) }
    }
    try UnitRows.create(new, at: work.now, by: work.actor, in: work.connection)
    try VillageRows.add(profiles, at: work.now, by: work.actor, in: work.connection)
    report.added += profiles.count
    let withContact = try contacts.save()
    for change in changes {
      if change.hasChanged || withContact.contains(.unit(change.id)) {
        report.changed += 1
      } else {
        report.unchanged += 1
      }
    }
  }

  /// The unit a row is about; a new one where its township does not have it.
  private mutating func place(
    of row: Sheet.Row, _ reader: inout RowReader<Column>
  ) throws -> (unit: Unit, made: NewUnit?)? {
    let county = try reader.unit(.county, among: units) {
      $0.kind == .region && $0.level == .county
    }
    let code = reader.divisionCode(.code)
    guard
      let township = try reader.unit(
        .township, among: units,
        where: { unit in
          unit.kind == .region && unit.level == .township
            && (county == nil || units.unit(unit.id)!.path.hasPrefix(county!.path))
        }), reader.faults.isEmpty
    else { return nil }
    let unit: Unit
    var made: NewUnit?
    if let code, let coded = units.unit(code) {
      guard coded.path.hasPrefix(township.path) else {
        reader.refuse(.code, coded.path.hasPrefix(work.scope) ? .codeTaken : .outsideScope)
        return nil
      }
      unit = coded.unit
    } else if row[.name] == township.unit.name {
      // A township's own line among its villages.
      unit = township.unit
    } else if let child = units.child(row[.name], of: township.unit.id) {
      unit = child.unit
    } else if let like = units.onlyChild(like: row[.name], of: township.unit.id) {
      // 桃园村 of a county's list is 桃园村委会 of the bureau's.
      unit = like.unit
    } else if let code, !units.knowsCity(of: code) {
      reader.refuse(.code, .otherCity)
      return nil
    } else if !Unit.isName(row[.name]) {
      reader.refuse(.name, .badName)
      return nil
    } else {
      unit = Unit(
        id: UnitID(Identifiers.shared.next(work.now)), parent: township.unit.id, kind: .region,
        level: .village, name: row[.name], divisionCode: code,
        // Before its township there was no tree to be in.
        validFrom: max(work.on, township.unit.validFrom))
      let new = NewUnit(unit, under: township.path)
      units.add(new)
      made = new
      reader.remark(.name, .newUnit, .note)
    }
    if seen.updateValue(row, forKey: unit.id) != nil {
      reader.refuse(.name, .duplicateInFile)
      return nil
    }
    return (unit, made)
  }

  private func says(_ row: Sheet.Row) -> Bool {
    [Column.kind, .population, .households, .farmland, .income, .incomeInWan].contains {
      !row[$0].isEmpty
    }
  }

  private func profile(of unit: Unit, _ reader: inout RowReader<Column>) -> VillageProfile {
    let kind: VillageKind? = reader.word(.kind, .villageKind)
    return VillageProfile(
      kind: kind
        ?? known[unit.id]?.profile.kind
        ?? VillageKind(name: unit.name, code: unit.divisionCode, level: unit.level),
      population: reader.number(.population), households: reader.number(.households),
      farmland: reader.number(.farmland, times: 100),
      collectiveIncome: reader.number(.income, negative: true)
        ?? reader.number(.incomeInWan, times: 10_000, negative: true))
  }
}

extension VillageProfile {
  /// What a file leaves empty stays as it was.
  fileprivate func updated(by other: VillageProfile) -> VillageProfile {
    VillageProfile(
      kind: other.kind, population: other.population ?? population,
      households: other.households ?? households, farmland: other.farmland ?? farmland,
      collectiveIncome: other.collectiveIncome ?? collectiveIncome)
  }
}
