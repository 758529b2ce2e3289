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
      case .track: ["track", "轨道", "帮联类型", "帮扶类型", "帮扶类别", "工作类别", "类型", "任务", "分工"]
      case .idNumber: ["idnumber", "身份证号", "身份证号码", "公民身份号码", "身份证"]
      case .phone: ["phone", "手机号", "手机", "电话", "联系电话", "手机号码", "联系方式"]
      case .post: ["post", "职务", "现任职务", "单位及职务"]
      case .rank: ["rank", "级别", "职级", "行政级别", "干部级别"]
      case .expertise: ["expertise", "专长", "业务专长", "特长", "擅长领域"]
      case .home: ["home", "籍贯", "家乡", "出生地"]
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
    /// Whether the row itself says so; an empty cell leaves what was.
    let saysRank: Bool
    let saysStatus: Bool
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
        idNumber = try ResidentID(row[.idNumber].trimmedOfZero, today: work.now.day).text
      } catch {
        reader.refuse(
          .idNumber,
          error == .digitsLost
            ? .digitsLost : row[.idNumber].contains("*") ? .maskedValue : .badResidentID,
          value: row[.idNumber].hasLostDigits ? row[.idNumber] : row[.idNumber].masked)
      }
    }
    let phone = reader.phone(.phone)
    if row[.idNumber].isEmpty, row[.phone].isEmpty { reader.refuse(.idNumber, .noIdentity) }
    let official = Official(
      name: (reader.text(.name) ?? "").withoutLayout, unit: unit?.unit.id ?? UnitID(0),
      post: reader.text(.post),
      rank: rank ?? .other, track: track ?? .village, expertise: reader.texts(.expertise),
      home: reader.text(.home), phone: phone, idNumber: idNumber, status: status ?? .serving)
    if official.name.isEmpty { reader.refuse(.name, .missingValue) }
    if official.name.contains("*") { reader.refuse(.name, .maskedValue) }
    // What the row does not say may be known already.
    if track == .both, let rank, rank != .bureau { reader.refuse(.track, .bothTracks) }
    guard reader.faults.isEmpty else { return nil }
    return Draft(
      row: row, official: official, saysRank: rank != nil, saysStatus: status != nil)
  }

  /// One person, one row; the city's leaders, who may serve in both tracks, one in each.
  private func unique(
    _ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport
  ) -> [Draft] {
    var kept: [Draft] = []
    for group in Self.persons(drafts) {
      if group.count == 1 {
        kept += group
        continue
      }
      let isTwofold = Set(group.map(\.official.track)).count > 1
      if isTwofold, group.count == 2, group.allSatisfy({ $0.official.rank == .bureau }) {
        var both = group[0]
        both.official.track = .both
        kept.append(both)
        report.unchanged += 1
        continue
      }
      report.diagnostics += group.map { draft in
        isTwofold
          ? sheet.fault(draft.row, .track, .bothTracks)
          : sheet.fault(draft.row, .name, .duplicateInFile)
      }
    }
    return kept
  }

  /// Rows that share an identity are about one person, also where one has the ID number and the other
  /// phone and name alone. In the order of the file.
  private static func persons(_ drafts: [Draft]) -> [[Draft]] {
    var groups: [Int] = []
    var owner: [String: Int] = [:]
    for (index, draft) in drafts.enumerated() {
      let known = Set(draft.official.identities.compactMap { owner[$0] })
      let group = known.min() ?? index
      groups.append(group)
      for other in known where other != group {
        for place in groups.indices where groups[place] == other { groups[place] = group }
        for (identity, place) in owner where place == other { owner[identity] = group }
      }
      for identity in draft.official.identities { owner[identity] = group }
    }
    return Dictionary(grouping: zip(groups, drafts), by: \.0)
      .sorted { $0.key < $1.key }.map { $0.value.map(\.1) }
  }

  private func save(
    _ drafts: [Draft], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    let known = try OfficialRows.find(
      identities: drafts.map(\.official), work.vault, in: work.connection)
    var new: [Official] = []
    for draft in drafts {
      let official = draft.official
      // Somebody known by phone and name alone may bring the ID number now, but not another one.
      let stored = official.identities.compactMap { known[$0] }.first {
        official.idNumber == nil || $0.official.idNumber == nil
          || $0.official.idNumber == official.idNumber
      }
      guard let stored else {
        if official.mayServeItsTrack {
          new.append(official)
        } else {
          report.diagnostics.append(sheet.fault(draft.row, .track, .bothTracks))
        }
        continue
      }
      guard let place = units.unit(stored.official.unit), place.path.hasPrefix(work.scope) else {
        report.diagnostics.append(sheet.fault(draft.row, .unit, .outsideScope))
        continue
      }
      let updated = stored.official.updated(
        by: official, saysRank: draft.saysRank, saysStatus: draft.saysStatus)
      let staysInTrack =
        updated.track == stored.official.track || stored.official.status != .serving
      guard updated.mayServeItsTrack, staysInTrack || updated.rank == .bureau else {
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
  /// What a row leaves empty stays as it was.
  fileprivate func updated(
    by other: Official, saysRank: Bool, saysStatus: Bool
  ) -> Official {
    var new = other
    new.post = other.post ?? post
    if !saysRank { new.rank = rank }
    if !saysStatus { new.status = status }
    // A city leader of one track who comes in a list of the other serves in both.
    if new.rank == .bureau, status == .serving, track != other.track { new.track = .both }
    if other.expertise.isEmpty { new.expertise = expertise }
    new.home = other.home ?? home
    new.phone = other.phone ?? phone
    new.idNumber = other.idNumber ?? idNumber
    return new
  }
}
