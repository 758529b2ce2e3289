import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// A day is changed, or a year's table taken in: first shown with the due dates that it would move, then
/// done. Dates that were issued never move by it alone.
struct CalendarChangePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.calendarDay) { request, context in
      try await dayPage({ request.query($0) }, [], request, context)
    }
    doors.post(.calendarDay, use: changeDay)
    doors.get(.calendarImport) { request, context in
      try await importPage(nil, nil, [], request, context)
    }
    doors.post(.calendarImport, use: importTable)
  }

  private func permitted(_ context: AppContext) throws -> Account {
    let account = try context.signedIn()
    guard account.may(.changeCalendar) else { throw UseCaseError.forbidden }
    return account
  }

  // MARK: A day

  private func dayPage(
    _ value: @Sendable (String) -> String, _ faults: [String], _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    let account = try permitted(context)
    let words = site.words(context)
    let (day, kind) = (Day(value("day")), EditCalendarDay.Kind(rawValue: value("kind")))
    var (faults, change) = (faults, View())
    if !value("kind").isEmpty {
      do {
        guard let day, let kind else { throw CalendarFault.unreadable(value("day")) }
        change = try await preview(day, kind, value("name"), account, words)
      } catch let fault as CalendarFault {
        faults.append(words(fault))
      }
    }
    let view: View = [
      "url": Route.calendarDay.path, "url_list": Route.calendar.path, "day": value("day"),
      "name": value("name"), "kind": value("kind"), "reason": value("reason"),
      "kinds": words.options(
        EditCalendarDay.Kind.allCases.map(\.rawValue), named: "calendar.day_kind",
        chosen: value("kind")),
      "has_faults": !faults.isEmpty, "faults": faults.map { ["text": $0] as View },
      "has_preview": !change.isEmpty, "change": change.isEmpty ? [] : [change],
    ]
    return site.page(
      "calendar-day", view, title: words("calendar.change_day"), request: request,
      context: context, status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: .calendarDay)
  }

  private func preview(
    _ day: Day, _ kind: EditCalendarDay.Kind, _ name: String, _ account: Account, _ words: Wording
  ) async throws -> View {
    let found = try await EditCalendarDay(site.platform).preview(
      day, kind, name: name, by: account)
    guard let found else {
      return ["changes": false, "differences": [View](), "may_save": false]
    }
    let moved = try await MovedDates.gather(site.platform, on: found.calendar, by: account)
    return [
      "changes": true, "may_save": true,
      "differences": [["text": words.difference(found.difference)] as View],
    ].merging(moved.view(words)) { $1 }
  }

  private func changeDay(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try permitted(context)
    let form = try await FormData(request, context)
    do {
      guard let day = Day(form["day"]), let kind = EditCalendarDay.Kind(rawValue: form["kind"])
      else { throw CalendarFault.unreadable(form["day"]) }
      try await EditCalendarDay(site.platform)(
        day, kind, name: form["name"], reason: form["reason"], by: account)
      return Site.redirect(to: Route.calendarDates.path)
    } catch let fault as CalendarFault {
      return try await dayPage({ form[$0] }, [site.words(context)(fault)], request, context)
    }
  }

  // MARK: A year's table

  private func importPage(
    _ form: FormData?, _ change: View?, _ faults: [String], _ request: Request,
    _ context: AppContext
  ) async throws -> Response {
    _ = try permitted(context)
    let words = site.words(context)
    let next = site.platform.now().day.year + 1
    let view: View = [
      "url": Route.calendarImport.path, "url_list": Route.calendar.path,
      "year": form?["year"] ?? String(next), "source": form?["source"] ?? "",
      "lines": form?["lines"] ?? "", "example": words("calendar.lines_example"),
      "has_faults": !faults.isEmpty, "faults": faults.map { ["text": $0] as View },
      "has_preview": change != nil, "change": change.map { [$0] } ?? [],
    ]
    return site.page(
      "calendar-import", view, title: words("calendar.import"), request: request,
      context: context, status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: .calendarImport)
  }

  private func importTable(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try permitted(context)
    let form = try await FormData(request, context)
    let words = site.words(context)
    do {
      let file = try file(form)
      if form["step"] == "save" {
        _ = try await ImportCalendar(site.platform)(file, by: account)
        return Site.redirect(to: Route.calendarDates.path)
      }
      let (report, calendar) = try await ImportCalendar(site.platform).preview(file, by: account)
      if report.years.isEmpty {
        let same: View = ["changes": false, "differences": [View](), "may_save": false]
        return try await importPage(form, same, [], request, context)
      }
      let moved = try await MovedDates.gather(site.platform, on: calendar, by: account)
      let change: View = [
        "changes": true, "may_save": true,
        "differences": report.differences.map { ["text": words.difference($0)] as View },
      ]
      return try await importPage(
        form, change.merging(moved.view(words)) { $1 }, [], request, context)
    } catch let fault as CalendarFault {
      return try await importPage(form, nil, [words(fault)], request, context)
    }
  }

  /// Lines as people type them, or a file in the shipped form.
  private func file(_ form: FormData) throws -> CalendarFile {
    let text = form["lines"].trimmed
    if text.hasPrefix("{") { return try CalendarFile(json: Array(text.utf8)) }
    guard let year = Int(form["year"]) else { throw CalendarFault.notAYear(form["year"]) }
    return try CalendarFile(lines: text, year: year, source: form["source"])
  }
}

extension Wording {
  fileprivate func callAsFunction(_ fault: CalendarFault) -> String {
    self("calendar.fault.\(fault.code)", TextArguments(fault.arguments))
  }

  /// `2026-05-02 星期六：周末 → 班`
  fileprivate func difference(_ difference: WorkingCalendar.Difference) -> String {
    self(
      "calendar.difference",
      [
        "day": day(difference.day),
        "weekday": self("weekday.\(difference.day.weekday.rawValue)"),
        "before": rest(difference.before), "after": rest(difference.after),
      ])
  }

  private func rest(_ rest: WorkingCalendar.Rest?) -> String {
    switch rest {
    case nil: self("calendar.kind.work")
    case .weekend: self("calendar.weekend")
    case .holiday(let name): self("calendar.kind.off") + " " + name
    }
  }
}
