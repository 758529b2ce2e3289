import Documents
import Domain
import Storage

/// Changes of the tree, as a list an operator has gone through: what `lianbang divisions propose` made,
/// with a decision where one was asked for.
struct ImportReorganisations: RowImport {
  enum Column: String, ImportColumn {
    case on, action, fromCode, fromName, toCode, toName, ground, decision

    var headings: [String] {
      switch self {
      case .on: ["on", "生效日期", "日期"]
      case .action: ["action", "变更", "变更类型"]
      case .fromCode: ["fromcode", "原代码", "原区划代码"]
      case .fromName: ["fromname", "原名称"]
      case .toCode: ["tocode", "新代码", "新区划代码"]
      case .toName: ["toname", "新名称"]
      case .ground: ["ground", "依据", "理由"]
      case .decision: ["decision", "是否同一单位", "确认", "是否确认"]
      }
    }
    var isRequired: Bool { self == .on || self == .action }
    var form: ImportForm {
      switch self {
      case .on: .day
      case .action: .word(.reorganisation)
      case .decision: .word(.decision)
      default: .text
      }
    }
  }

  private enum Action: String {
    case create, change, merge, close
  }

  private enum Decision: String {
    case yes, no
  }

  /// One thing to do; a row that says "not the same" is two.
  private struct Step {
    let row: Sheet.Row
    let on: Day
    let action: Action
    let from: DivisionCode?
    let to: DivisionCode?
    let name: String?
    /// Where in the work of a day it belongs.
    let phase: Int
  }

  private let work: ImportWork
  /// Names that codes get by other rows.
  private var planned: [DivisionCode: [String]] = [:]

  init(_ work: ImportWork) { self.work = work }

  mutating func take(
    _ rows: [Sheet.Row], of sheet: Sheet, into report: inout ImportReport
  ) throws {
    var steps: [Step] = []
    for row in rows {
      if let code = DivisionCode(row[.toCode].compact), !row[.toName].isEmpty {
        planned[code, default: []].append(row[.toName])
      }
    }
    for row in rows {
      var reader = RowReader(row, of: sheet, work)
      let these = try read(row, &reader)
      steps += these
      report.diagnostics += reader.faults + reader.remarks
      if these.isEmpty, reader.faults.isEmpty { report.skipped += 1 }
    }
    // What happens to a code on a day, or who gets it, is said once.
    for claim in [\Step.from, \Step.to] {
      let claims = Dictionary(
        grouping: steps.filter { $0[keyPath: claim] != nil && $0.action != .merge }
      ) {
        "\($0.on) \($0[keyPath: claim]!.text)"
      }.values
      for twice in claims where Set(twice.map(\.row.number)).count > 1 {
        report.diagnostics += twice.map {
          sheet.fault($0.row, claim == \.from ? .fromCode : .toCode, .duplicateInFile)
        }
      }
    }
    // A list with a row undecided is not begun: what comes after stands on it.
    if report.hasErrors { return }
    var failed: Set<Int> = []
    var done: Set<Int> = []
    for (day, steps) in Dictionary(grouping: steps, by: \.on).sorted(by: { $0.key < $1.key }) {
      let known = try known(on: day)
      var waiting = steps.filter { !isDone($0, known) }.sorted {
        ($0.phase, $0.row.number) < ($1.phase, $1.row.number)
      }
      // What is in the way of one may be gone after another.
      while true {
        var refused: [(Step, String)] = []
        for step in waiting {
          if let reason = try take(step) {
            refused.append((step, reason))
          } else {
            done.insert(step.row.number)
          }
        }
        if refused.count == waiting.count || refused.isEmpty {
          report.diagnostics += refused.map { step, reason in
            sheet.fault(
              step.row, step.from == nil ? .toCode : .fromCode, .refusedChange, value: reason)
          }
          failed.formUnion(refused.map(\.0.row.number))
          break
        }
        waiting = refused.map(\.0)
      }
    }
    report.changed += done.subtracting(failed).count
    report.unchanged += Set(steps.map(\.row.number)).subtracting(done).subtracting(failed).count
  }

  private func read(_ row: Sheet.Row, _ reader: inout RowReader<Column>) throws -> [Step] {
    let on = reader.day(.on)
    let action: Action? = reader.word(.action, .reorganisation)
    let decision: Decision? = reader.word(.decision, .decision)
    let (from, to) = (reader.divisionCode(.fromCode), reader.divisionCode(.toCode))
    let name = reader.text(.toName)
    if let name, !Unit.isName(name) { reader.refuse(.toName, .badName) }
    guard let on, let action else { return [] }
    if on > work.now.day { reader.refuse(.on, .futureDay) }
    if action != .create, from == nil { reader.refuse(.fromCode, .missingValue) }
    if action != .close, to == nil { reader.refuse(.toCode, .missingValue) }
    if action == .create || action == .change, name == nil {
      reader.refuse(.toName, .missingValue)
    }
    if action == .change, from != to, decision == nil { reader.refuse(.decision, .undecided) }
    // The name tells a wrong code.
    if let from {
      let names = try UnitHistory.names(of: from, in: work.connection) + (planned[from] ?? [])
      if names.isEmpty {
        reader.refuse(.fromCode, .unknownUnit)
      } else if let named = reader.text(.fromName), !names.contains(named) {
        reader.refuse(
          .fromName, .nameDiffers, value: "\(named) ≠ \(names.joined(separator: ", "))")
      }
    }
    guard reader.faults.isEmpty else { return [] }
    if action != .change, decision == .no {
      reader.remark(.decision, .decidedAgainst, .note)
      return []
    }
    func step(_ action: Action) -> Step {
      Step(
        row: row, on: on, action: action, from: action == .create ? nil : from,
        to: action == .close ? nil : to, name: name, phase: phase(action, from, to))
    }
    // Not the same: one ends, another begins.
    if action == .change, decision == .no { return [step(.close), step(.create)] }
    return [step(action)]
  }

  /// Villages leave before townships come, townships before villages go to them, and a township ends
  /// last.
  private func phase(_ action: Action, _ from: DivisionCode?, _ to: DivisionCode?) -> Int {
    let isVillage = (from ?? to)?.tier == .village
    switch action {
    case .close, .merge: return isVillage ? 0 : 5
    case .create: return isVillage ? 4 : 1
    case .change: return isVillage ? 3 : 2
    }
  }

  /// The tree of a day as it is known before, by code.
  private func known(on day: Day) throws -> [DivisionCode: String] {
    try UnitHistory.coded(asOf: day, in: work.connection)
  }

  /// Whether the tree of that day says so already: the same list twice changes nothing.
  private func isDone(_ step: Step, _ known: [DivisionCode: String]) -> Bool {
    switch step.action {
    case .create: known[step.to!] == step.name
    case .change:
      known[step.to!] == step.name && (step.from == step.to || known[step.from!] == nil)
    case .close, .merge: known[step.from!] == nil
    }
  }

  /// - Returns: what is against it, or nil when it is done.
  private func take(_ step: Step) throws -> String? {
    let connection = work.connection
    if step.action == .create { return try create(step) }
    guard let stored = try UnitRows.find(step.from!, in: connection) else { return "unknown_unit" }
    guard stored.path.hasPrefix(work.scope) else { return "outside_scope" }
    let change: Reorganisation
    switch step.action {
    case .create, .close: change = .close
    case .merge:
      guard let other = try UnitRows.find(step.to!, in: connection) else { return "unknown_unit" }
      guard other.path.hasPrefix(work.scope) else { return "outside_scope" }
      change = .merge(into: other.unit.id)
    case .change:
      var parent: UnitID?
      if step.from!.parent != step.to!.parent {
        guard let above = try step.to!.parent.flatMap({ try UnitRows.find($0, in: connection) })
        else { return "unknown_parent" }
        guard above.path.hasPrefix(work.scope) else { return "outside_scope" }
        if above.unit.id != stored.unit.parent { parent = above.unit.id }
      }
      change = .change(
        name: step.name == stored.unit.name ? nil : step.name, parent: parent,
        code: step.from == step.to ? nil : step.to)
    }
    let refusals = try ReorganiseUnits.apply(
      change, to: stored.unit.id, on: step.on, at: work.now, by: work.actor, in: connection)
    return refusals.isEmpty ? nil : refusals.map(\.rawValue).joined(separator: ", ")
  }

  private func create(_ step: Step) throws -> String? {
    let connection = work.connection
    guard let code = step.to, let name = step.name, let level = UnitLevel(code.tier) else {
      return "bad_code"
    }
    if try UnitRows.find(code, in: connection) != nil { return "code_taken" }
    guard let parent = try code.parent.flatMap({ try UnitRows.find($0, in: connection) }) else {
      return "unknown_parent"
    }
    guard parent.path.hasPrefix(work.scope) else { return "outside_scope" }
    if try UnitRows.child(name, of: parent.unit.id, in: connection) != nil { return "sibling_name" }
    if step.on < parent.unit.validFrom { return "before_last_change" }
    if let free = try UnitRows.freeSince(code, in: connection), step.on < free {
      return "code_taken"
    }
    let unit = Unit(
      id: UnitID(Identifiers.shared.next(work.now)), parent: parent.unit.id, kind: .region,
      level: level, name: name, divisionCode: code, validFrom: step.on)
    try UnitRows.create(
      [NewUnit(unit, under: parent.path)], at: work.now, by: work.actor, in: connection)
    return nil
  }
}
