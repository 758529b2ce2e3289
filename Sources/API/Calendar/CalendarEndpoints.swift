import Domain
import HTTPTypes
import Services

/// The working days, and what follows from changing them. Due dates that were issued move by a deed of
/// their own.
enum CalendarEndpoints {
  static let list: [Endpoint] =
    [year, previewDay, changeDay, previewYear, importYear, pending, move] + RuleEndpoints.list

  private static let year = Endpoint.get(
    "/calendar", "showCalendar", .calendar,
    query: [
      .init(
        "year",
        .integer(
          least: Int64(WorkingCalendar.possibleYears.lowerBound),
          most: Int64(WorkingCalendar.possibleYears.upperBound)))
    ], CalendarShapes.year
  ) { call in
    let year = call.int("year") ?? call.platform.now().day.year
    let show = ShowCalendar(call.platform)
    return Found(
      .init(year: year, table: try await show(year), calendar: try await show.calendar()))
  }

  // MARK: A day

  private static let day = ["day": Schema.day]

  private static func day(_ call: Call) throws -> Day {
    guard let day = Day(call.place("day")) else { throw UseCaseError.notFound }
    return day
  }

  private static let kind = ObjectSchema.Member(
    "kind", .choice(EditCalendarDay.Kind.allCases.map(\.rawValue)))

  private static let previewDay = Endpoint.act(
    "/calendar-days/{day}/preview", "previewCalendarDay", .calendar, places: day,
    body: ObjectSchema("CalendarDayPreview", [kind, .optional("name", .text(most: 200))]),
    CalendarShapes.change
  ) { call in
    let found = try await EditCalendarDay(call.platform).preview(
      day(call), call.body.word("kind") ?? .plain, name: call.body["name"].text ?? "",
      by: call.account)
    guard let found else { return Found(.init(differences: [], newYears: [])) }
    return Found(
      .init(
        differences: [found.difference], newYears: [],
        moves: try await MovedDates.gather(
          call.platform, on: found.calendar, by: call.account)))
  }

  private static let changeDay = Endpoint.act(
    "/calendar-days/{day}", "changeCalendarDay", .calendar, method: .put, places: day,
    body: ObjectSchema(
      "CalendarDayRequest",
      [
        kind, .optional("name", .text(most: 200)),
        .init("reason", .text(least: 1, most: Problem.maximumText)),
      ]), CalendarShapes.change
  ) { call in
    let difference = try await EditCalendarDay(call.platform)(
      day(call), call.body.word("kind") ?? .plain, name: call.body["name"].text ?? "",
      reason: call.body["reason"].text ?? "", by: call.account)
    return Found(.init(differences: difference.map { [$0] } ?? [], newYears: []))
  }

  // MARK: A year

  private static let table = ObjectSchema(
    "CalendarYearRequest",
    [
      .init("year", .integer(least: 0, most: 9999)), .init("source", .text(most: 1000)),
      .init(
        "days",
        .list(
          .object(
            ObjectSchema(
              "CalendarDay",
              [.init("day", .day), .init("name", .line), .init("is_off", .bool)])),
          least: 1, most: 400)),
    ])

  private static func file(_ body: JSON) throws -> CalendarFile {
    try CalendarFile(
      days: (body["days"].array ?? []).map {
        .init(
          day: $0.day("day") ?? Day(number: 0), name: $0["name"].text ?? "",
          isOff: $0["is_off"].bool ?? true)
      }, year: Int(body["year"].int ?? 0), source: body["source"].text ?? "")
  }

  private static let previewYear = Endpoint.act(
    "/calendar-import-preview", "previewCalendarYear", .calendar, body: table,
    CalendarShapes.change
  ) { call in
    let (report, calendar) = try await ImportCalendar(call.platform).preview(
      file(call.body), by: call.account)
    return Found(
      .init(
        differences: report.differences, newYears: report.newYears,
        moves: try await MovedDates.gather(call.platform, on: calendar, by: call.account)))
  }

  private static let importYear = Endpoint.act(
    "/calendar-imports", "importCalendarYear", .calendar, body: table, CalendarShapes.change
  ) { call in
    let report = try await ImportCalendar(call.platform)(file(call.body), by: call.account)
    return Found(.init(differences: report.differences, newYears: report.newYears))
  }

  // MARK: Due dates

  /// What the working days as they are would move.
  private static let pending = Endpoint.get(
    "/due-date-moves", "listPendingDueDates", .calendar, CalendarShapes.pending
  ) { call in
    Found(try await MovedDates.gather(call.platform, by: call.account))
  }

  private static let move = Endpoint.act(
    "/due-date-moves", "moveDueDates", .calendar,
    body: ObjectSchema(
      "DueDateMoveRequest", [.init("cause", .text(least: 1, most: Problem.maximumText))]),
    CalendarShapes.moved
  ) { call in
    Found(
      try await MovedDates.move(
        call.platform, cause: call.body["cause"].text ?? "", by: call.account))
  }
}
