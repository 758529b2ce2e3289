import Domain
import HTTP
import Services

/// A year of working days, month by month, Monday first.
struct CalendarYearView {
  let words: Wording
  let calendar: WorkingCalendar
  let year: Int
  /// Nil for a year without a confirmed table.
  let table: ShowCalendar.Table?

  var page: View {
    let years = calendar.confirmedYears
    let range = (years.min() ?? year)...max((years.max() ?? year) + 1, year)
    return [
      "heading": words("calendar.year", ["year": String(year)]), "url": Route.calendar.path,
      "url_before": path(year - 1), "year_before": String(year - 1),
      "url_after": path(year + 1), "year_after": String(year + 1),
      "years": range.reversed().map { other -> View in
        [
          "value": String(other), "chosen": other == year,
          "name": years.contains(other)
            ? String(other) : words("calendar.provisional_year", ["year": String(other)]),
        ]
      },
      "is_provisional": table == nil, "source": table?.source ?? "",
      "table_version": table.map {
        $0.version == 0
          ? words("calendar.as_shipped") : words("calendar.as_version", ["n": String($0.version)])
      } ?? "",
      "total": words("calendar.worked", ["n": String((1...12).reduce(0) { $0 + worked($1) })]),
      "weekdays": weekdays, "months": (1...12).map(month),
      "holidays": holidays, "has_holidays": !(table?.days ?? []).isEmpty,
    ]
  }

  private func path(_ year: Int) -> String {
    Route.calendar.path(query: [("year", String(year))])
  }

  private var weekdays: [View] {
    let short = words("calendar.weekdays").split(separator: "|").map(String.init)
    return zip(short, 1...7).map { ["short": $0, "full": words("weekday.\($1)")] }
  }

  private func days(_ month: Int) -> [Day] {
    (1...Day.length(ofMonth: month, year: year)).compactMap {
      Day(year: year, month: month, day: $0)
    }
  }

  private func worked(_ month: Int) -> Int {
    days(month).count { calendar.isWorkingDay($0) }
  }

  private func month(_ month: Int) -> View {
    let days = days(month)
    // Empty cells before the first and after the last.
    var cells: [View?] = Array(repeating: nil, count: (days.first?.weekday.rawValue ?? 1) - 1)
    cells += days.map(cell)
    while cells.count % 7 != 0 { cells.append(nil) }
    let weeks = stride(from: 0, to: cells.count, by: 7).map { start -> View in
      ["cells": cells[start..<start + 7].map { $0 ?? ["kind": "none", "day": "", "mark": false] }]
    }
    return [
      "month": words("month.\(month)"), "weeks": weeks,
      "worked": words("calendar.worked", ["n": String(worked(month))]),
    ]
  }

  private func cell(_ day: Day) -> View {
    var (kind, mark, name) = ("", "", "")
    switch calendar.rest(on: day) {
    case .holiday(let holiday): (kind, mark, name) = ("off", words("calendar.kind.off"), holiday)
    case .weekend: kind = "weekend"
    case nil:
      if let holiday = calendar.makeUp(on: day) {
        (kind, mark, name) = ("made-up", words("calendar.kind.work"), holiday)
      }
    }
    return [
      "day": String(day.components.day), "kind": kind, "mark": mark.orFalse, "name": name,
    ]
  }

  /// Each holiday with the days off and the weekends worked for it, in the order of the year.
  private var holidays: [View] {
    let days = (table?.days ?? []).sorted { $0.day < $1.day }
    var names: [String] = []
    for entry in days where !names.contains(entry.name) { names.append(entry.name) }
    return names.map { name in
      let own = days.filter { $0.name == name }
      return [
        "name": name, "off": ranges(own.filter(\.isOff).map(\.day)),
        "made_up": ranges(own.filter { !$0.isOff }.map(\.day)),
      ]
    }
  }

  /// `2026-10-01 至 2026-10-08（8 天）`
  private func ranges(_ days: [Day]) -> String {
    var runs: [(first: Day, last: Day)] = []
    for day in days {
      if let last = runs.last?.last, day - last == 1 {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day))
      }
    }
    return runs.map { run in
      run.first == run.last
        ? "\(words.day(run.first)) \(words("weekday.\(run.first.weekday.rawValue)"))"
        : words(
          "calendar.run",
          [
            "from": words.day(run.first), "to": words.day(run.last),
            "n": String(run.last - run.first + 1),
          ])
    }.joined(separator: words("punctuation.list"))
  }
}
