import Domain
import HTTP
import Hummingbird
import Services

/// The clock rules and procedures in words, and a calculator that says when something would be due and
/// why.
struct RulePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.rules, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try context.signedIn()
    let words = site.words(context)
    let platform = site.platform
    let asked = request.query("start")
    let name = request.query("rule")
    let rule = name.isEmpty ? platform.rules.standard : platform.rules[name]
    guard let rule, request.isQueryReadable else { throw RequestError.badQuery }
    let calendar = try await ShowCalendar(platform).calendar()
    let start = asked.isEmpty ? platform.now().day : Day(asked)
    let procedures = ProcedureView(words: words)
    let view: View = [
      "url": Route.rules.path, "url_calendar": Route.calendar.path,
      "start": start?.description ?? asked, "was_asked": !asked.isEmpty,
      "start_fault": start == nil,
      "choices": platform.rules.all.map { each -> View in
        [
          "choice": each.name, "choice_name": words.pick(each.zh, each.en),
          "chosen": each.name == rule.name,
        ]
      },
      "dues": start.map { DueView(words: words, calendar: calendar).dues(rule, from: $0) } ?? [],
      "rules": platform.rules.all.map { RuleView(words: words).view($0) },
      "visit_rules": platform.visitRules.all.map { rule -> View in
        [
          "name": words.pick(rule.zh, rule.en), "number": String(rule.number),
          "source": rule.source,
        ]
      },
      "procedures": platform.procedures.all.map { procedures.view($0, platform.rules) },
    ]
    return site.page(
      "rules", view, title: words("rules.title"), request: request, context: context,
      status: start == nil ? .unprocessableContent : .ok)
  }
}
