import Domain
import Foundation

/// A problem played through the pure rules, on a clock of its own, with the files as shipped.
struct LoopPlay {
  static let office = Actor.account(AccountID(1))
  static let handler = Actor.account(AccountID(2))
  static let official = Actor.account(AccountID(3))
  /// Works for a unit that has no part in it.
  static let stranger = Actor.account(AccountID(4))

  var problem: Problem
  /// Friday 2026-11-20, 10:00.
  var now = Instant(startOf: Day("2026-11-20")!) + 10 * 3600
  private(set) var procedure: Procedure
  let rule = ClockRule.rule13710
  let calendar: WorkingCalendar
  private let source: String

  /// - Parameter registrar: who registered it.
  init(
    _ track: Track, calendar: WorkingCalendar = WorkingCalendar(years: [:]),
    registrar: Actor = .system
  ) throws {
    source = String(
      decoding: try resource("procedures/\(track.rawValue).json"), as: UTF8.self)
    procedure = try LoopPlay.read(source)
    self.calendar = calendar
    problem = Problem(
      id: ProblemID(7),
      registered: .init(
        number: 1, track: track, title: "机井损坏", detail: "",
        concernsUnit: track == .village ? UnitID(9) : nil,
        concernsEnterprise: track == .enterprise ? EnterpriseID(8) : nil, concerns: "河湾村",
        foundOn: Day("2026-11-20")!), at: now, by: registrar)
  }

  private static func read(_ source: String) throws -> Procedure {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Procedure.self, from: Data(source.utf8))
  }

  /// Another text of the procedure's file.
  mutating func change(_ edit: (String) -> String) { procedure = try! LoopPlay.read(edit(source)) }

  var surroundings: Problem.Surroundings {
    .init(
      now: now, calendar: calendar, procedure: procedure, rule: rule,
      categories: ["infrastructure", "other"])
  }

  private func who(_ actor: Actor) -> Problem.Who {
    switch actor {
    case .system: .system
    case LoopPlay.office:
      .init(actor: actor, actions: Role.office.problemActions, answersFor: { _ in true })
    case LoopPlay.handler:
      .init(
        actor: actor, actions: Role.handler.problemActions,
        answersFor: { $0.role != .official })
    case LoopPlay.official:
      .init(
        actor: actor, actions: Role.official.problemActions,
        answersFor: { $0.role == .official })
    default:
      .init(actor: actor, actions: Role.handler.problemActions, answersFor: { _ in false })
    }
  }

  mutating func pass(days: Int64) { now = now + days * 86_400 }

  /// - Throws: `Problem.Refused`
  mutating func act(_ command: ProblemCommand, by actor: Actor = office) throws {
    for event in try problem.decide(command, by: who(actor), in: surroundings) {
      problem.apply(event, at: now, by: actor)
    }
  }

  /// Does it, and says who is told what of it: `assigned handlers(5)`.
  mutating func told(_ command: ProblemCommand, by actor: Actor = office) throws -> [String] {
    let before = problem
    let events = try problem.decide(command, by: who(actor), in: surroundings)
    for event in events { problem.apply(event, at: now, by: actor) }
    return told(of: events, before)
  }

  func told(of events: [ProblemEvent], _ before: Problem) -> [String] {
    events.flatMap { Notice.of($0, problem, before: before) }.flatMap { notice in
      notice.recipients.map { "\(notice.kind.rawValue) \(LoopPlay.name($0))" }
    }
  }

  private static func name(_ recipient: Notice.Recipient) -> String {
    switch recipient {
    case .handlers(let unit): "unit \(unit)"
    case .official(let official): "official \(official)"
    case .office: "office"
    case .director: "director"
    case .enterprise(let enterprise): "enterprise \(enterprise)"
    case .village(let unit): "village \(unit)"
    case .account(let account): "account \(account)"
    }
  }

  func refusals(_ command: ProblemCommand, by actor: Actor = office) -> [Problem.Refusal] {
    do {
      _ = try problem.decide(command, by: who(actor), in: surroundings)
      return []
    } catch {
      return error.reasons
    }
  }

  func reasons(against action: ProblemAction, by actor: Actor) -> [Problem.Refusal] {
    // Whatever the role: the rule of the closing gate.
    var who = who(actor)
    who.actions.insert(action)
    return problem.reasons(against: action, leg: nil, by: who, in: surroundings)
  }

  mutating func toAssigned(_ difficulty: Difficulty = .general) throws {
    try act(.judge(category: "other", difficulty: difficulty, tier: "", note: ""))
    try act(.assign(.init(lead: .init(unit: UnitID(5), isTownship: false), note: "")))
  }

  mutating func claim() throws {
    try act(.claim(outcome: .solved, result: "已修好", evidence: "照片 1"), by: LoopPlay.handler)
  }

  mutating func toClaimed() throws {
    try toAssigned()
    try claim()
  }

  mutating func toVerified() throws {
    try toClaimed()
    try act(.verify(passed: true, text: "属实"))
  }
}
