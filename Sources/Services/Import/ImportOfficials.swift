import Documents
import Domain
import Storage

/// The officials whom a unit or county sends.
struct ImportOfficials: RowImport {
  enum Column: String, ImportColumn {
    case name, unit, track, idNumber, phone, post, rank, expertise, home, status

    var headings: [String] {
      switch self {
      case .name: ["name", "姓名", "干部姓名", "帮联干部", "助企干部"]
      case .unit: ["unit", "单位", "工作单位", "所在单位", "单位名称", "派出单位"]
      case .track: ["track", "轨道", "帮联类型", "类型", "任务", "分工"]
      case .idNumber: ["idnumber", "身份证号", "身份证号码", "公民身份号码", "身份证"]
      case .phone: ["phone", "手机号", "手机", "电话", "联系电话", "手机号码", "联系方式"]
      case .post: ["post", "职务", "现任职务", "单位及职务"]
      case .rank: ["rank", "级别", "职级", "行政级别", "干部级别"]
      case .expertise: ["expertise", "专长", "业务专长", "特长", "擅长领域"]
      case .home: ["home", "籍贯", "家乡", "家庭住址", "出生地"]
      case .status: ["status", "状态", "在岗状态", "在岗情况"]
      }
    }
    var isRequired: Bool { self == .name || self == .unit || self == .track }
    var form: ImportForm {
      switch self {
      case .track: .word(.track)
      case .rank: .word(.rank)
      case .status: .word(.officialStatus)
      default: .text
      }
    }
  }

  private struct Draft {
    let row: Sheet.Row
    var official: Official
  }

  private let work: ImportWork
  private let units: UnitDirectory

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
  }

  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var drafts: [Draft] = []
    for (index, row) in rows.enumerated() {
      var reader = RowReader(row, of: sheet, work)
      if let draft = try draft(row, &reader) { drafts.append(draft) }
      report.diagnostics += reader.faults
      if index % 1000 == 0 { work.progress(index, rows.count) }
    }
    try save(unique(drafts, of: sheet, into: &report), of: sheet, into: &report)
    work.progress(rows.count, rows.count)
  }

  private func draft(_ row: Sheet.Row, _ reader: inout RowReader<Column>) throws -> Draft? {
    let unit = try reader.unit(.unit, among: units)
    let track: OfficialTrack? = reader.word(.track, .track, unknown: .unknownTrack)
    let rank: OfficialRank? = reader.word(.rank, .rank)
    let status: OfficialStatus? = reader.word(.status, .officialStatus)
    var idNumber: String?
    if !row[.idNumber].isEmpty {
      do {
        idNumber = try ResidentID(row[.idNumber], today: work.now.day).text
      } catch {
        reader.refuse(
          .idNumber,
          error == .digitsLost
            ? .digitsLost : row[.idNumber].contains("*") ? .maskedValue : .badResidentID,
          value: row[.idNumber].masked)
      }
    }
    let phone = reader.phone(.phone)
    if row[.idNumber].isEmpty, row[.phone].isEmpty { reader.refuse(.idNumber, .noIdentity) }
    let official = Official(
      name: reader.text(.name) ?? "", unit: unit?.unit.id ?? UnitID(0), post: reader.text(.post),
      rank: rank ?? .other, track: track ?? .village, expertise: reader.texts(.expertise),
      home: reader.text(.home), phone: phone, idNumber: idNumber, status: status ?? .serving)
    if !official.mayServeItsTrack { reader.refuse(.track, .bothTracks) }
    return reader.faults.isEmpty ? Draft(row: row, official: official) : nil
  }

  /// One person, one row; the city's leaders, who may serve in both tracks, one in each.
  private func unique(
    _ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport
  ) -> [Draft] {
    var kept: [Draft] = []
    var groups: [String: [Draft]] = [:]
    for draft in drafts { groups[draft.official.identity!, default: []].append(draft) }
    for draft in drafts {
      let group = groups[draft.official.identity!]!
      if group.count == 1 {
        kept.append(draft)
        continue
      }
      let isTwofold = Set(group.map(\.official.track)).count > 1
      if isTwofold, group.count == 2, group.allSatisfy({ $0.official.rank == .bureau }) {
        if group[0].row.number == draft.row.number {
          var both = draft
          both.official.track = .both
          kept.append(both)
        } else {
          report.unchanged += 1
        }
        continue
      }
      report.diagnostics.append(
        isTwofold
          ? sheet.fault(draft.row, .track, .bothTracks)
          : sheet.fault(draft.row, .name, .duplicateInFile))
    }
    return kept
  }

  private func save(
    _ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    let known = try OfficialRows.find(
      identities: drafts.flatMap(\.official.identities), work.vault, in: work.connection)
    var new: [Official] = []
    for draft in drafts {
      let official = draft.official
      // Somebody known by phone and name alone may bring the ID number now, but not another one.
      let stored = official.identities.compactMap { known[$0] }.first {
        official.idNumber == nil || $0.official.idNumber == nil
          || $0.official.idNumber == official.idNumber
      }
      guard let stored else {
        new.append(official)
        continue
      }
      guard let place = units.unit(stored.official.unit), place.path.hasPrefix(work.scope) else {
        report.diagnostics.append(sheet.fault(draft.row, .name, .outsideScope))
        continue
      }
      let updated = stored.official.updated(by: official, having: sheet.has)
      if updated.track != stored.official.track, updated.rank != .bureau,
        stored.official.status == .serving
      {
        report.diagnostics.append(sheet.fault(draft.row, .track, .bothTracks))
        continue
      }
      let hasChanged = try OfficialRows.change(
        stored, to: updated, at: work.now, by: work.actor, work.vault, in: work.connection)
      if hasChanged { report.changed += 1 } else { report.unchanged += 1 }
    }
    try OfficialRows.add(
      new, at: work.now, by: work.actor, work.vault, in: work.connection)
    report.added += new.count
  }
}

extension Official {
  /// What a file leaves empty, or has no column for, stays as it was.
  fileprivate func updated(
    by other: Official, having column: (ImportOfficials.Column) -> Bool
  ) -> Official {
    var new = other
    new.post = other.post ?? post
    if !column(.rank) { new.rank = rank }
    // Who has both tracks keeps them when a list of one comes again.
    if track == .both, new.rank == .bureau { new.track = .both }
    if other.expertise.isEmpty { new.expertise = expertise }
    new.home = other.home ?? home
    new.phone = other.phone ?? phone
    new.idNumber = other.idNumber ?? idNumber
    if !column(.status) { new.status = status }
    return new
  }
}
