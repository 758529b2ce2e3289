import Domain
import HTTP
import Services
import Storage

/// The page of the 工作台.
struct WorkbenchView {
  let words: Wording
  let query: TaskQuery
  let now: Instant

  func page(_ bench: ShowWorkbench.Bench) -> View {
    let filter = query.filter
    let kinds = Problem.Task.Kind.allCases.filter {
      (bench.counts.kinds[$0] ?? 0) > 0 || filter.kind == $0
    }
    let isEmpty = bench.page.items.isEmpty && bench.drafts.isEmpty
    return [
      "counters": TaskFilter.Urgency.allCases.compactMap { counter($0, bench.counts) },
      "kinds": kinds.map { tab($0, bench.counts) },
      "has_kinds": kinds.count > 1 || filter.kind != nil,
      "url_all": TaskQuery.path(TaskFilter(urgency: filter.urgency)), "in_all": filter.kind == nil,
      "rows": rows(bench.page.items), "has_tasks": !bench.page.items.isEmpty,
      "is_empty": isEmpty, "filtered": filter != TaskFilter(), "url_clear": Route.tasks.path,
      "has_drafts": !bench.drafts.isEmpty, "drafts": bench.drafts.map(draft),
      "draft_count": count(bench.draftCount), "has_next": bench.page.next != nil,
      "url_next": query.path(after: bench.page.next), "has_previous": query.after != nil,
      "url_first": query.path(), "live": query.path(after: query.after),
    ]
  }

  /// A figure that leads to what it counts.
  private func counter(_ urgency: TaskFilter.Urgency, _ counts: TaskCounts) -> View? {
    guard let n = counts.urgencies[urgency] else { return nil }
    let isCurrent = query.filter.urgency == urgency
    var filter = query.filter
    filter.urgency = isCurrent ? nil : urgency
    return [
      "url": TaskQuery.path(filter), "name": words("tasks.\(urgency.rawValue)"), "count": count(n),
      "current": isCurrent, "red": urgency == .overdue && n > 0,
    ]
  }

  private func tab(_ kind: Problem.Task.Kind, _ counts: TaskCounts) -> View {
    [
      "url": TaskQuery.path(TaskFilter(kind: kind, urgency: query.filter.urgency)),
      "name": words("task.\(kind.rawValue)"), "count": count(counts.kinds[kind] ?? 0),
      "current": query.filter.kind == kind,
    ]
  }

  /// What is counted no further is “99+”.
  private func count(_ n: Int) -> String {
    n < TaskCounts.limit ? String(n) : "\(TaskCounts.limit - 1)+"
  }

  /// Not a template, for the same reason as the list's (`ProblemRowMarkup`).
  private func rows(_ lines: [TaskRows.Line]) -> String {
    let lamps = Markup.lamps(words)
    var names: [Problem.Task.Kind: String] = [:]
    for kind in Set(lines.map(\.kind)) { names[kind] = escaped(words("task.\(kind.rawValue)")) }
    var html = ""
    html.reserveCapacity(lines.count * 600)
    for line in lines {
      let concerns = escaped(line.concerns)
      html += "<tr><td class=\"lamp-cell\">\(time(line, lamps))</td><td>"
      html += names[line.kind] ?? ""
      html += "</td><td class=\"reason\">\(escaped(reason(line)))</td><td class=\"number\">"
      html += words.number(line.number)
      html += "</td><td class=\"title\"><a href=\"\(Route.problem(line.problem).path)\">"
      html += escaped(line.title)
      html += "</a></td><td class=\"concerns\" title=\"\(concerns)\">\(concerns)</td></tr>\n"
    }
    return html
  }

  /// How long there is; of what has no clock, how long it has been here. A lamp only beside a clock.
  private func time(_ line: TaskRows.Line, _ lamps: [Lamp: String]) -> String {
    if let due = line.due {
      let lamp = Lamp.of(yellow: line.yellow, due: due, now: now)
      return "\(lamps[lamp] ?? "") \(escaped(words.left(until: due, now: now)))"
    }
    if line.kind == .handle { return "\(lamps[.grey] ?? "") \(escaped(words("legs.stopped")))" }
    return escaped(words("tasks.came", ["ago": words.ago(line.order, now: now)]))
  }

  /// Why it is on this desk.
  private func reason(_ line: TaskRows.Line) -> String {
    let unit = line.unit ?? words("tasks.handler")
    switch line.kind {
    case .handle:
      guard let milestone = line.milestone else { return words("task_reason.handle_stopped") }
      return words("task_reason.handle", ["milestone": words("milestone.\(milestone.rawValue)")])
    case .verify:
      return words(
        "task_reason.verify",
        ["unit": unit, "outcome": line.outcome.map { words("outcome.\($0.rawValue)") } ?? "—"])
    default: return words("task_reason.\(line.kind.rawValue)", ["unit": unit])
    }
  }

  private func draft(_ order: OrderSummary) -> View {
    [
      "url": Route.order(order.id).path, "kind": words("order.kind.\(order.kind.rawValue)"),
      "title": order.title, "addressee": order.addressee,
      "waits": order.draftedAt.map { words.ago($0, now: now) } ?? "",
    ]
  }
}
