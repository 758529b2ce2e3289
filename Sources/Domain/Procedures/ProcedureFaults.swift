extension Procedure {
  /// What in it cannot work, in plain words for whoever wrote the file.
  /// - Parameter rule: the clock it names.
  package func faults(rule: ClockRule?) -> [String] {
    var faults: [String] = []
    func check(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
    guard let rule else { return ["clock \(clock): there is no such rule in clock-rules.json"] }
    check(lines.contains(.handler), "lines: there must be the line handler")
    check(hours.opens < hours.closes, "hours: they close before they open")
    check(
      rule.milestones.contains { $0.from == .assignment && $0.kind.isFinal },
      "clock \(clock): no milestone by which a problem is to be solved")
    let codes = ladder.map(\.code)
    check(Set(codes).count == codes.count, "ladder: a code stands twice")
    check(Set(tiers.map(\.code)).count == tiers.count, "tiers: a code stands twice")
    check(
      tiers.dropLast().allSatisfy { $0.budget != nil },
      "tiers: all but the highest need a budget")
    check(!outcomes.isEmpty, "outcomes: there must be one")
    let approved: Set<Outcome> = [.planned, .shelved, .transferred, .declined]
    check(
      approved.isDisjoint(with: outcomes),
      "outcomes: planned, shelved, transferred and declined come with an approval of their own")
    for order in ["assignment", "urging", "accountability", "referral"] {
      check(series[order]?.isEmpty == false, "series: none for \(order)")
    }
    for rung in ladder {
      if rung.on == .urged {
        check(
          ladder.contains { $0.act == .urge && $0.on.isTimed },
          "ladder \(rung.code): no rung issues an urging order it could follow")
      }
      if rung.act == .accountability, rung.issue == .automatic {
        faults.append("ladder \(rung.code): a recommendation is always a draft")
      }
      if !rung.on.isTimed {
        check(rung.act == .accountability, "ladder \(rung.code): a verdict leads to accountability")
        check((rung.times ?? 1) > 0, "ladder \(rung.code): times counts from 1")
      }
      for kind in rung.milestones ?? [] {
        let isKnown =
          rule.milestone(kind) != nil || kind == .answer || kind == .planStep
        check(isKnown, "ladder \(rung.code): the clock has no milestone \(kind.rawValue)")
      }
    }
    return faults
  }
}
