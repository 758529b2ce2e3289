/// How often enterprises may be visited 无事不扰 (`Resources/visit-rules.json`, docs/visits.md).
package struct VisitRules: Hashable, Sendable {
  /// A number with where it is from.
  package struct Value: Hashable, Sendable {
    package let number: Int
    package let zh: String
    package let en: String
    package let source: String

    package init(_ number: Int, zh: String = "", en: String = "", source: String = "") {
      (self.number, self.zh, self.en, self.source) = (number, zh, en, source)
    }
  }

  package let version: Int
  /// Visits to an enterprise in a calendar month; those that it asked for are left out.
  package let ceiling: Value
  /// Working days between two visits within which joining them is proposed.
  package let joinSpan: Value
  /// Days without any contact after which an enterprise is listed.
  package let silence: Value
  /// How often an enterprise may move an inspection.
  package let inspectionMoves: Value
  /// How many days ahead a visit is planned, and an enterprise may ask to be left alone, at most.
  package let horizon: Value

  package init(
    version: Int, ceiling: Value, joinSpan: Value, silence: Value, inspectionMoves: Value,
    horizon: Value
  ) {
    self.version = version
    self.ceiling = ceiling
    self.joinSpan = joinSpan
    self.silence = silence
    self.inspectionMoves = inspectionMoves
    self.horizon = horizon
  }

  /// For work that plans no visits.
  package static let none = VisitRules(
    version: 0, ceiling: Value(0), joinSpan: Value(0), silence: Value(0),
    inspectionMoves: Value(0), horizon: Value(0))

  /// All of them, in the order in which they are shown.
  package var all: [Value] { [ceiling, joinSpan, silence, inspectionMoves, horizon] }

  /// The first day on which a contact is recent.
  package func recent(on today: Day) -> Day { today + -silence.number }

  /// Whether two days are so near that those who come might come together.
  package func mayJoin(_ a: Day, _ b: Day, _ calendar: WorkingCalendar) -> Bool {
    let (first, last) = (min(a, b), max(a, b))
    return calendar.workingDays(through: last.number) - calendar.workingDays(through: first.number)
      <= joinSpan.number
  }

  /// The days that could be near enough, whatever the holidays between.
  package func joinable(with day: Day) -> ClosedRange<Day> {
    let reach = joinSpan.number * 2 + 14
    return (day + -reach)...(day + reach)
  }
}

/// An enterprise asked to be left alone 免打扰 on these days, both ends included.
package struct Quiet: Hashable, Sendable {
  package let enterprise: EnterpriseID
  package let from: Day
  package internal(set) var to: Day
  /// Why, where it said so.
  package internal(set) var note: String?

  package init(enterprise: EnterpriseID, from: Day, to: Day, note: String? = nil) {
    self.enterprise = enterprise
    self.from = from
    self.to = to
    self.note = note
  }

  package func covers(_ day: Day) -> Bool { from <= day && day <= to }

  /// A new wish, or a longer or shorter one in place of what holds.
  /// - Throws: `Visit.Refused`
  package static func wish(
    of enterprise: EnterpriseID, until day: Day?, note: String, over current: Quiet?, today: Day,
    _ rules: VisitRules
  ) throws(Visit.Refused) -> Quiet {
    var reasons: [VisitRefusal] = []
    let note = Visit.text(note, &reasons)
    if let day {
      if day < today { reasons.append(.dayPassed) }
      if day > today + rules.horizon.number { reasons.append(.tooFar) }
    } else {
      reasons.append(.dayMissing)
    }
    guard reasons.isEmpty, let day else { throw Visit.Refused(reasons) }
    guard var wish = current, wish.to >= today else {
      return Quiet(enterprise: enterprise, from: today, to: day, note: note)
    }
    wish.to = day
    wish.note = note ?? wish.note
    return wish
  }

  /// Visits are welcome again.
  package func ended(on today: Day) -> Quiet {
    var wish = self
    wish.to = today + -1
    return wish
  }
}
