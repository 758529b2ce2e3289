import Domain
import HTTPTypes
import Services

/// The rules, and when something would be due by one of them, and why.
enum RuleEndpoints {
  static let list: [Endpoint] = [rules, dues]

  private static let rules = Endpoint.get(
    "/rules", "showRules", .calendar, RuleShapes.all
  ) { call in
    Found(
      .init(
        clocks: call.platform.rules.all, visits: call.platform.visitRules.all,
        procedures: call.platform.procedures.all))
  }

  private static let dues = Endpoint.list(
    "/due-dates", "computeDueDates", .calendar,
    query: [.init("rule", .line), .init("start", .day)], isPaged: false, RuleShapes.due
  ) { call in
    let platform = call.platform
    let rule = call["rule"].isEmpty ? platform.rules.standard : platform.rules[call["rule"]]
    guard let rule else {
      throw APIError(.badRequest, "bad_query", faults: [.init("/rule", .choice)])
    }
    let calendar = try await ShowCalendar(platform).calendar()
    let start = Instant(startOf: call.day("start") ?? platform.now().day)
    return Listed(
      rule.milestones.map {
        .init(milestone: $0, run: rule.run($0.budget, from: start, on: calendar))
      })
  }
}
