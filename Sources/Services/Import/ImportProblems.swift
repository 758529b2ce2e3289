import Cryptography
import Documents
import Domain
import Storage

/// Problems collected in a spreadsheet enter the register; past ones with the dates that earlier records
/// have of them.
struct ImportProblems: RowImport {
  private let work: ImportWork
  private let units: UnitDirectory

  init(_ work: ImportWork) throws {
    self.work = work
    units = try UnitDirectory(in: work.connection)
  }

  private struct Checked {
    let row: Sheet.Row
    let values: Registration.Values
    let past: ProblemEvent.TakenOver?
    let key: [UInt8]
  }

  func take(_ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport) throws {
    var checked: [Checked] = []
    for row in rows {
      var reader = RowReader(row, of: sheet, work)
      let past = try past(of: row, &reader)
      report.diagnostics += reader.faults + reader.remarks
      switch registration(row).check(now: work.now, tracks: work.platform.procedures.tracks) {
      case .success(let values) where reader.faults.isEmpty:
        checked.append(
          Checked(row: row, values: values, past: past, key: ImportProblems.key(values)))
      case .success: break
      case .failure(let faults): append(faults, row, sheet, &report)
      }
    }
    // A row that is known, or stands twice in the file, is registered once.
    var known = try ProblemHistory.registered(among: checked.map(\.key), in: work.connection)
    let enterprises = try EnterpriseRows.find(
      names: Array(Set(checked.map(\.values.concerns))), in: work.connection)
    var new: [ProblemHistory.New] = []
    for row in checked {
      guard known.insert(row.key).inserted else {
        report.unchanged += 1
        continue
      }
      do {
        var event = try RegisterProblem.event(
          row.values, work.platform, at: work.now, among: units,
          enterprise: {
            enterprises[$0].flatMap { $0.count == 1 ? $0[0].id : nil }
          }, in: work.connection)
        let place =
          event.concernsUnit
          ?? event.concernsEnterprise.flatMap { _ in
            enterprises[row.values.concerns]?.first?.enterprise.unit
          }
        guard place.map({ units.unit($0)?.path.hasPrefix(work.scope) ?? false }) ?? true else {
          known.remove(row.key)
          report.diagnostics.append(sheet.fault(row.row, .concerns, .outsideScope))
          continue
        }
        event.origin = work.platform.definitions.origins.origin(
          ofChannels: event.sources?.map(\.channel) ?? [], by: nil)
        // Clocks of what is over do not run.
        if row.past != nil { event.due = nil }
        new.append(.init(event: event, past: row.past, importKey: row.key))
      } catch UseCaseError.registration(let faults) {
        known.remove(row.key)
        append(faults, row.row, sheet, &report)
      }
      if new.count % 1000 == 0 { work.progress(new.count, checked.count) }
    }
    let rules = try work.platform.loop(in: work.connection)
    for start in stride(from: 0, to: new.count, by: 5000) {
      // Nobody is told of each: whoever imports is the office itself, thousands of lines would bury what
      // is for it alone, and the list and the to-do counters show them at once.
      try ProblemHistory.register(
        Array(new[start..<min(start + 5000, new.count)]), at: work.now, by: work.actor, rules,
        in: work.connection)
    }
    report.added += new.count
  }

  private func registration(_ row: Sheet.Row) -> Registration {
    // A day without a year is left as it is, and refused by the check.
    let foundOn = (try? FlexibleDay.day(row[.foundOn]).description) ?? row[.foundOn]
    var registration = Registration(
      track: track(row[.track]), title: row[.title], detail: row[.detail],
      concerns: row[.concerns], foundOn: foundOn)
    registration.channel = row[.channel]
    registration.sourceNumber = row[.sourceNumber].trimmedOfZero
    // Lists number their rows without saying by what.
    if registration.channel.isEmpty, !registration.sourceNumber.isEmpty {
      registration.channel = "import"
    }
    return registration
  }

  private func track(_ text: String) -> String {
    let procedure = work.platform.procedures.all.first { [$0.zh, $0.en].contains(text) }
    return procedure?.track.rawValue ?? work.words[.track].code(text) ?? text.lowercased()
  }

  /// - Returns: nil for a problem that is still to be judged.
  private func past(
    of row: Sheet.Row, _ reader: inout RowReader<Column>
  ) throws -> ProblemEvent.TakenOver? {
    var past = ProblemEvent.TakenOver()
    past.category = category(row, &reader)
    past.unit = try reader.unit(.unit, among: units) { $0.canHandle }?.unit.id
    past.judgedOn = reader.day(.judgedOn)
    past.assignedOn = reader.day(.assignedOn)
    past.dueOn = reader.day(.dueOn)
    past.claimedOn = reader.day(.claimedOn)
    past.closedOn = reader.day(.closedOn)
    past.outcome = reader.word(.outcome, .outcome)
    if !row[.evaluation].isEmpty, work.words[.rating].code(row[.evaluation]) != "none" {
      past.rating = reader.word(.evaluation, .rating)
    }
    let order: [(Column, Day?)] = [
      (.foundOn, try? FlexibleDay.day(row[.foundOn])), (.judgedOn, past.judgedOn),
      (.assignedOn, past.assignedOn), (.claimedOn, past.claimedOn), (.closedOn, past.closedOn),
    ]
    var last: Day?
    for (column, day) in order {
      guard let day else { continue }
      // The day it was found is looked at with the registration.
      if day > work.now.day, column != .foundOn { reader.refuse(column, .futureDay) }
      if let last, day < last { reader.refuse(column, .endsBeforeBeginning) }
      last = day
    }
    if past.dueOn != nil, let assigned = past.assignedOn, past.dueOn! < assigned {
      reader.refuse(.dueOn, .endsBeforeBeginning)
    }
    // A result without the day it came on cannot be counted in any period.
    let isDone = past.claimedOn != nil || past.closedOn != nil
    if past.outcome != nil, !isDone { reader.refuse(.outcome, .resultWithoutDay) }
    if past.closedOn != nil, past.outcome == nil { reader.refuse(.outcome, .missingValue) }
    let hasHappened = past.judgedOn != nil || past.assignedOn != nil || isDone
    // A unit that nobody was told of yet is a wish: the office assigns.
    if past.unit != nil, !hasHappened { reader.remark(.unit, .unitWithoutDay, .warning) }
    return hasHappened ? past : nil
  }

  private func category(_ row: Sheet.Row, _ reader: inout RowReader<Column>) -> String? {
    let text = row[.category]
    if text.isEmpty { return nil }
    let track = track(row[.track])
    let own = work.platform.categories.filter { $0.track.rawValue == track }
    if let category = own.first(where: { [$0.code, $0.zh, $0.en].contains(text) }) {
      return category.code
    }
    let topic = WordTopic(rawValue: "\(track)_category")
    if let code = topic.flatMap({ work.words[$0].code(text) }) { return code }
    reader.refuse(.category, .unknownWord)
    return nil
  }

  private func append(
    _ faults: Registration.Faults, _ row: Sheet.Row, _ sheet: Sheet,
    _ report: inout ImportReport
  ) {
    report.diagnostics += faults.faults.map { fault in
      sheet.fault(row, Column(fault.field), Diagnostic.Code(fault))
    }
  }

  /// The same row of the same file is the same problem: importing twice changes nothing. Two rows that
  /// say the same are told apart by their source numbers alone.
  private static func key(_ values: Registration.Values) -> [UInt8] {
    var parts = [
      values.track.rawValue, values.title, values.concerns, values.foundOn.description,
      values.detail,
    ]
    if let source = values.source { parts += [source.channel, source.number] }
    return Digest.sha256(Array(parts.joined(separator: "\0").utf8)).bytes
  }
}

extension Diagnostic.Code {
  fileprivate init(_ fault: Registration.Fault) {
    self =
      switch (fault.code, fault.field) {
      case (.missing, _): .missingValue
      case (.tooLong, _): .valueTooLong
      case (.notAChoice, _): .unknownTrack
      case (.unknown, _), (.notYours, _): .unknownUnit
      case (.ambiguous, _): .ambiguousUnit
      case (.notADay, _): .badDay
      case (.inFuture, _): .futureDay
      }
  }
}
