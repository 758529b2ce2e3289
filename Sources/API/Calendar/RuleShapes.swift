import Domain
import HTTP
import Services

/// The rules that clocks, visits and procedures follow, as programs see them. Budgets are written `24h`, `7d`
/// (calendar days), `7wd` (working days) or `1m`.
enum RuleShapes {
  private static let milestone = Shape<ClockRule.Milestone>(
    "RuleMilestone",
    [
      .init(choice: "milestone") { $0.kind },
      .init("budget") { $0.budget.description },
      .init(choice: "from") { $0.from },
    ])

  private static let clock = Shape<ClockRule>(
    "ClockRule",
    [
      .init("name") { $0.name },
      .init("version") { $0.version },
      .init("zh") { $0.zh },
      .init("en") { $0.en },
      .init("source") { $0.source },
      .init("rolls_over") { $0.rollOver },
      .init("cut_off") { TimeOfDay.text($0.cutOff) },
      .init("milestones", list: milestone) { $0.milestones },
      .init("objection") { $0.objection?.description },
      .init("longest_extension") { $0.longestExtension?.description },
      .init("co_handler_share") { $0.coHandlerShare.description },
    ])

  private static let value = Shape<VisitRules.Value>(
    "VisitRule",
    [
      .init("zh") { $0.zh },
      .init("en") { $0.en },
      .init("number") { $0.number },
      .init("source") { $0.source },
    ])

  private static let step = Shape<Procedure.Step>(
    "ProcedureStep",
    [
      .init("code") { $0.code },
      .init("zh") { $0.zh },
      .init("en") { $0.en },
      .init("states") { $0.states.map { Choice($0) } },
    ])

  private static let tier = Shape<Procedure.Tier>(
    "ProcedureTier",
    [
      .init("code") { $0.code },
      .init("zh") { $0.zh },
      .init("en") { $0.en },
      .init("budget") { $0.budget?.description },
    ])

  private static let rung = Shape<Rung>(
    "ProcedureRung",
    [
      .init("code") { $0.code },
      .init("on") { $0.on.rawValue },
      .init("wait") { $0.wait?.description },
      .init("times") { $0.times },
      .init("act") { $0.act.rawValue },
      .init("issue") { $0.issue?.rawValue },
      .init("milestones") { $0.milestones?.map { Choice($0) } },
    ])

  private static let procedure = Shape<Procedure>(
    "Procedure",
    [
      .init("track") { $0.track.rawValue },
      .init("version") { $0.version },
      .init("zh") { $0.zh },
      .init("en") { $0.en },
      .init("concerns") { $0.concern.rawValue },
      .init("is_double") { $0.isDouble },
      .init("clock") { $0.clock },
      .init("opens") { TimeOfDay.text($0.hours.opens) },
      .init("closes") { TimeOfDay.text($0.hours.closes) },
      .init("evaluation_window") { $0.evaluationWindow.description },
      .init("outcomes") { $0.outcomes.map { Choice($0) } },
      .init("steps", list: step) { $0.steps },
      .init("tiers", list: tier) { $0.tiers },
      .init("ladder", list: rung) { $0.ladder },
    ])

  struct All: Sendable {
    let clocks: [ClockRule]
    let visits: [VisitRules.Value]
    let procedures: [Procedure]
  }

  static let all = Shape<All>(
    "Rules",
    [
      .init("clocks", list: clock) { $0.clocks },
      .init("visits", list: value) { $0.visits },
      .init("procedures", list: procedure) { $0.procedures },
    ])

  // MARK: When something is due

  private static let dueStep = Shape<ClockStep>(
    "DueStep",
    [
      .init("code", .choice(ClockStep.codes), write: { $1.text($0.code) }),
      .init("day") { $0.parts.day },
      .init("through") { $0.parts.through },
      .init("from") { $0.parts.from },
      .init("until") { $0.parts.until },
      .init("name") { $0.parts.name },
      .init("year") { $0.parts.year },
    ])

  struct Due: Sendable {
    let milestone: ClockRule.Milestone
    let run: ClockRun
  }

  static let due = Shape<Due>(
    "RuleDue",
    [
      .init(choice: "milestone") { $0.milestone.kind },
      .init("budget") { $0.milestone.budget.description },
      .init(choice: "from") { $0.milestone.from },
      .init("due") { $0.run.due?.day },
      .init("is_provisional") { $0.run.isProvisional },
      .init("steps", list: dueStep) { $0.run.steps },
    ])
}
