import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// What waits for 核查 and 回访, and who may not do it: whoever acted.
struct VerificationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.verification, use: list)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let (text, last) = (request.query("task"), request.query("after"))
    let kind = text.isEmpty ? .verify : VerificationRows.Kind(rawValue: text)
    let after = ProblemID(last)
    guard let kind, last.isEmpty || after != nil else { throw RequestError.badQuery }
    let words = site.words(context)
    let list = try await ListVerification(site.platform)(kind, after: after, for: account)
    let now = site.platform.now()
    let view: View = [
      "tabs": VerificationRows.Kind.allCases.map { each -> View in
        [
          "name": words("verification.\(each.rawValue)"), "current": each == kind,
          "url": path(each, nil),
        ]
      },
      "hint": words("verification.\(kind.rawValue).hint"),
      "none": words("verification.\(kind.rawValue).none"),
      "problems": list.page.items.map { row($0, kind, list, account, words, now) },
      "is_empty": list.page.items.isEmpty,
      "has_next": list.page.next != nil, "url_next": path(kind, list.page.next),
      "has_previous": after != nil, "url_first": path(kind, nil),
    ]
    return site.page(
      "verification", view, title: words("verification.title"), request: request,
      context: context)
  }

  private func path(_ kind: VerificationRows.Kind, _ after: ProblemID?) -> String {
    Route.verification.path(query: [
      ("task", kind.rawValue), ("after", after?.description ?? ""),
    ])
  }

  private func row(
    _ line: VerificationRows.Line, _ kind: VerificationRows.Kind, _ list: ListVerification.List,
    _ account: Account, _ words: Wording, _ now: Instant
  ) -> View {
    let names = line.handlers.map { list.actorNames[$0] ?? words("actor.erased") }
    let action = kind == .verify ? ProblemAction.verify : .returnVisit
    return [
      "number": words.number(line.number), "title": line.title, "concerns": line.concerns,
      "url": Route.problem(line.problem).path(query: [("action", action.rawValue)]) + "#actions",
      "unit": line.unitName ?? "—",
      "outcome": line.outcome.map { words("outcome.\($0.rawValue)") } ?? "",
      "waiting": words.ago(line.from, now: now),
      "handlers": names.joined(separator: words("punctuation.list")),
      "acted": line.handlers.contains(account.actor),
    ]
  }
}
