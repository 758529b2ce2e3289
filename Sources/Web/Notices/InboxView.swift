import Domain
import HTTP
import Services
import Storage

/// The inbox: days, and in each its lines; several notices that belong together are one line that opens.
struct InboxView {
  let words: Wording
  let now: Instant
  let role: Role

  func page(_ page: Page<NoticeLine, NoticeList.Key>) -> View {
    let days = noticeDays(
      page.items, day: \.visible.day, isRead: \.isRead, bundle: \.bundle)
    return [
      "days": days.map(day), "is_empty": days.isEmpty, "url_read": Route.inboxRead.path,
      "url_settings": Route.inboxSettings.path, "url_first": Route.inbox.path,
      "has_next": page.next != nil,
      "url_next": page.next.map { Route.inbox.path(query: [("after", $0.text)]) } ?? "",
    ]
  }

  private func day(_ day: NoticeDay<NoticeLine>) -> View {
    [
      "day": name(of: day.day), "unread": !day.isRead,
      "lines": day.bundles.map { $0.items.count == 1 ? single($0.items[0]) : many($0.items) },
    ]
  }

  private func name(of day: Day) -> String {
    switch now.day - day {
    case 0: words("inbox.today")
    case 1: words("inbox.yesterday")
    default: "\(words.day(day)) \(words("weekday.\(day.weekday.rawValue)"))"
    }
  }

  private func single(_ line: NoticeLine) -> View {
    [
      "several": false, "url": url(line), "kind": words("notice.\(line.kind.rawValue)"),
      "number": line.number.map(words.number) ?? "", "title": line.title, "concerns": line.concerns,
      "ago": words.ago(line.at, now: now), "time": words.time(line.at),
    ]
  }

  /// Either many problems of one kind, or many kinds of one problem.
  private func many(_ lines: [NoticeLine]) -> View {
    let latest = lines[0]
    let isOneKind = lines.allSatisfy { $0.kind == latest.kind }
    let isOneProblem = lines.allSatisfy { $0.subject == latest.subject }
    let summary =
      isOneKind
      ? words("notice.\(latest.kind.rawValue)")
      : words(latest.subject.problem == nil ? "inbox.of_one_subject" : "inbox.of_one_problem")
    return [
      "several": true, "count": words.counted("inbox.count", lines.count), "kind": summary,
      "number": isOneProblem ? latest.number.map(words.number) ?? "" : "",
      "title": isOneProblem ? latest.title : "",
      "ago": words.ago(latest.at, now: now), "time": words.time(latest.at),
      "items": lines.map(single),
    ]
  }

  private func url(_ line: NoticeLine) -> String {
    if let enterprise = line.subject.enterprise, Notice.Kind.ofVisits.contains(line.kind) {
      let route: Route =
        role.isAsker ? .ownVisits : .enterpriseVisits(enterprise.description)
      return route.path
    }
    if line.kind == .sheetPreview { return Route.sheets.path }
    if line.kind == .paired || line.kind == .unpaired {
      return (role.isAsker ? Route.own : Route.ownPairs).path
    }
    if let webhook = line.subject.webhook { return Route.webhook(webhook.description).path }
    guard let problem = line.subject.problem else { return Route.home.path }
    if role.isAsker { return Route.ownProblem(String(problem.value)).path }
    return line.order.map { Route.order($0).path } ?? Route.problem(problem).path
  }
}
