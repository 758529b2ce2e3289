import Domain

/// What the ledger keeps of a change of a year's table.
package struct CalendarEvent: Codable {
  package enum Kind: String, Sendable {
    /// A whole table was taken in.
    case imported = "calendar.imported"
    /// A day was changed by hand.
    case changed = "calendar.changed"
  }

  struct Listed: Codable {
    var day: Day
    var name: String
    var off: Bool

    init(_ entry: WorkingCalendar.Entry) {
      (day, name, off) = (entry.day, entry.name, entry.isOff)
    }

    var entry: WorkingCalendar.Entry { .init(day: day, name: name, isOff: off) }
  }
  struct Change: Codable {
    var from: Listed
    var to: Listed
  }

  var source: String
  var reason: String?
  var added: [Listed]
  var changed: [Change]
  var removed: [Listed]

  init(
    source: String, reason: String?, from old: [WorkingCalendar.Entry],
    to new: [WorkingCalendar.Entry]
  ) {
    let before = Dictionary(old.map { ($0.day, $0) }) { $1 }
    let after = Set(new.map(\.day))
    (self.source, self.reason) = (source, reason)
    added = new.filter { before[$0.day] == nil }.map { Listed($0) }
    changed = new.compactMap { entry in
      guard let was = before[entry.day], was != entry else { return nil }
      return Change(from: Listed(was), to: Listed(entry))
    }
    removed = old.filter { !after.contains($0.day) }.map { Listed($0) }
  }

  func apply(to days: inout [Day: WorkingCalendar.Entry]) {
    for listed in removed { days[listed.day] = nil }
    for listed in added + changed.map(\.to) { days[listed.day] = listed.entry }
  }
}
