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
      case .title: ["title", "标题", "问题", "问题名称", "问题标题"]
      case .concerns: ["concerns", "对象", "涉及对象", "企业或村", "企业名称", "村"]
      case .foundOn: ["found_on", "found_date", "发现日期", "发现时间", "收集时间"]
      case .detail: ["detail", "详情", "问题描述", "具体内容"]
      }
    }
    var isRequired: Bool { self != .detail }
  }

  private let work: ImportWork

  init(_ work: ImportWork) { self.work = work }

  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws {
    for row in rows { try take(row, of: sheet, into: &report) }
  }

  private func take(
    _ row: Sheet.Row, of sheet: Sheet, into report: inout ImportReport
  ) throws {
    let track = ImportProblems.tracks[row[.track]] ?? row[.track].lowercased()
    let registration = Registration(
      track: track, title: row[.title], detail: row[.detail], concerns: row[.concerns],
      foundOn: row[.foundOn])
    do {
      let values = try registration.check(now: work.now).get()
      let key = ImportProblems.key(values)
      if try ProblemHistory.registered(by: key, in: work.connection) != nil {
        report.unchanged += 1
        return
      }
      let event = try RegisterProblem.event(values, in: work.connection)
      _ = try ProblemHistory.register(
        event, importKey: key, at: work.now, by: work.actor, in: work.connection)
      report.added += 1
    } catch let faults as Registration.Faults {
      append(faults, row, sheet, &report)
    } catch UseCaseError.registration(let faults) {
      append(faults, row, sheet, &report)
    }
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

  private static let tracks = [
    "助企": "enterprise", "企业": "enterprise", "联乡帮村": "village", "帮村": "village", "乡村": "village",
  ]

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
