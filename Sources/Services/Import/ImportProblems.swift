import Cryptography
import Documents
import Domain
import Storage

/// Problems collected in a spreadsheet enter the register.
struct ImportProblems: RowImport {
  enum Column: String, ImportColumn {
    case track, title, concerns, foundOn, detail

    var headings: [String] {
      switch self {
      case .track: ["track", "轨道", "类型"]
      case .title: ["title", "问题标题", "标题", "问题", "问题名称"]
      case .concerns: ["concerns", "涉及对象", "对象", "企业或村", "企业名称", "村"]
      case .foundOn: ["foundon", "发现日期", "发现时间", "收集时间", "founddate"]
      case .detail: ["detail", "问题描述", "详情", "具体内容"]
      }
    }
    var isRequired: Bool { self != .detail }
    var form: ImportForm {
      switch self {
      case .track: .word(.track)
      case .foundOn: .day
      case .title, .concerns, .detail: .text
      }
    }
  }

  private let work: ImportWork

  init(_ work: ImportWork) { self.work = work }

  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws {
    var checked: [(row: Sheet.Row, values: Registration.Values, key: [UInt8])] = []
    for row in rows {
      let track = work.words[.track].code(row[.track]) ?? row[.track].lowercased()
      // A day without a year is left as it is, and refused below.
      let foundOn = (try? FlexibleDay.day(row[.foundOn]).description) ?? row[.foundOn]
      let registration = Registration(
        track: track, title: row[.title], detail: row[.detail], concerns: row[.concerns],
        foundOn: foundOn)
      switch registration.check(now: work.now) {
      case .success(let values): checked.append((row, values, ImportProblems.key(values)))
      case .failure(let faults): append(faults, row, sheet, &report)
      }
    }
    // A row that is known, or stands twice in the file, is registered once.
    var known = try ProblemHistory.registered(among: checked.map(\.key), in: work.connection)
    var new: [(event: ProblemEvent.Registered, importKey: [UInt8]?)] = []
    for (row, values, key) in checked {
      guard known.insert(key).inserted else {
        report.unchanged += 1
        continue
      }
      do {
        new.append((try RegisterProblem.event(values, in: work.connection), key))
      } catch UseCaseError.registration(let faults) {
        known.remove(key)
        append(faults, row, sheet, &report)
      }
    }
    try ProblemHistory.register(new, at: work.now, by: work.actor, in: work.connection)
    report.added += new.count
  }

  private func append(
    _ faults: Registration.Faults, _ row: Sheet.Row, _ sheet: Sheet,
    _ report: inout ImportReport
  ) {
    report.diagnostics += faults.faults.map { fault in
      let column = Column(fault.field)
      return sheet.fault(row, column, Diagnostic.Code(fault))
    }
  }

  /// The same row of the same file is the same problem: importing twice changes nothing.
  private static func key(_ values: Registration.Values) -> [UInt8] {
    let parts = [
      values.track.rawValue, values.title, values.concerns, values.foundOn.description,
      values.detail,
    ]
    return Digest.sha256(Array(parts.joined(separator: "\0").utf8)).bytes
  }
}

extension ImportProblems.Column {
  fileprivate init(_ field: Registration.Field) {
    switch field {
    case .track: self = .track
    case .title: self = .title
    case .detail: self = .detail
    case .concerns: self = .concerns
    case .foundOn: self = .foundOn
    }
  }
}

extension Diagnostic.Code {
  fileprivate init(_ fault: Registration.Fault) {
    self =
      switch (fault.code, fault.field) {
      case (.missing, _): .missingValue
      case (.tooLong, _): .valueTooLong
      case (.notAChoice, _): .unknownTrack
      case (.unknown, _): .unknownUnit
      case (.ambiguous, _): .ambiguousUnit
      case (.notADay, _): .badDay
      case (.inFuture, _): .futureDay
      }
  }
}
