import Domain

extension OrderContent {
  /// What a test's order says, unless the test says otherwise.
  package static func sample(
    _ kind: OrderKind = .assignment, of problem: ProblemID = ProblemID(1), to unit: UnitID? = nil,
    named name: String = "清河县水利局", title: String = "机井损坏"
  ) -> OrderContent {
    var content = OrderContent(
      kind: kind, track: .village, problem: problem, problemNumber: 7, title: title,
      detail: "河湾村 3 眼机井损坏，影响 200 亩麦田浇灌。", demand: "修复机井，恢复浇灌。",
      concerns: "示例市/清河县/柳林镇/河湾村", addressee: Party(unit: unit, name: name),
      signatory: "清河县活动办")
    (content.leg, content.round, content.role) = (1, 1, .lead)
    (content.rule, content.ruleVersion) = ("13710", 1)
    content.milestones = [
      Milestone(
        kind: "acknowledge", day: Day("2026-11-23")!,
        instant: Instant(startOf: Day("2026-11-24")!)),
      Milestone(
        kind: "solve_general", day: Day("2026-11-27")!,
        instant: Instant(startOf: Day("2026-11-28")!), isProvisional: true),
    ]
    content.copies = ["县政府分管领导", "县督查局"]
    return content
  }
}
