/// What is reported to whom: the report writes itself from the ledger (docs/reports.md).
package enum ReportKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// 周工作报告
  case weekly
  /// 月调度
  case monthly
  /// 通报: names units, never persons.
  case bulletin
  /// 交办清单
  case meeting
}

/// Whose report it is.
package enum ReportSubject: Hashable, Sendable, TextCodable {
  case unit(UnitID)
  case official(OfficialID)

  /// Reads `unit-17` and `official-23`.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let id = Int64(parts[1]), id > 0, String(id) == parts[1] else {
      return nil
    }
    switch parts[0] {
    case "unit": self = .unit(UnitID(id))
    case "official": self = .official(OfficialID(id))
    default: return nil
    }
  }

  package var description: String {
    switch self {
    case .unit(let id): "unit-\(id.value)"
    case .official(let id): "official-\(id.value)"
    }
  }

  package var unit: UnitID? { if case .unit(let id) = self { id } else { nil } }

  package var official: OfficialID? { if case .official(let id) = self { id } else { nil } }
}

/// A week from Monday to Sunday, or a calendar month, in Asia/Shanghai.
package enum ReportPeriod: Hashable, Sendable, TextCodable {
  /// By its Monday.
  case week(Day)
  /// By its first day.
  case month(Day)

  package enum Length: String, Hashable, Sendable, Codable, CaseIterable { case week, month }

  package init(_ length: Length, of day: Day) {
    switch length {
    case .week: self = .week(day + (1 - day.weekday.rawValue))
    case .month: self = .month(day + (1 - day.components.day))
    }
  }

  /// Reads `2022-12-26`, which must be a Monday, and `2022-12`.
  package init?(_ text: String) {
    if let day = Day(text) {
      guard day.weekday == .monday else { return nil }
      self = .week(day)
    } else {
      guard let day = Day(text + "-01") else { return nil }
      self = .month(day)
    }
  }

  package var description: String {
    switch self {
    case .week(let monday): monday.description
    case .month(let first): String(first.description.prefix(7))
    }
  }

  package var length: Length {
    switch self {
    case .week: .week
    case .month: .month
    }
  }

  package var first: Day {
    switch self {
    case .week(let day), .month(let day): day
    }
  }

  package var last: Day {
    switch self {
    case .week(let monday): monday + 6
    case .month(let first): first.adding(months: 1) + -1
    }
  }

  /// The first instant that is not part of it.
  package var end: Instant { Instant(startOf: last + 1) }

  package var days: FigureQuery.Period { .init(from: first, to: last) }

  package var next: ReportPeriod { ReportPeriod(length, of: last + 1) }

  package var previous: ReportPeriod { ReportPeriod(length, of: first + -1) }

  /// As of when a report of it speaks at an instant: of its end, or of now while it runs.
  package func asOf(at now: Instant) -> Instant {
    // What happens in this very millisecond counts as well.
    min(end, Instant(milliseconds: now.milliseconds + 1))
  }
}

/// One report: there is one of each kind for a unit or an official and a period.
package struct ReportAddress: Hashable, Sendable, Codable {
  package let kind: ReportKind
  package let subject: ReportSubject
  package let period: ReportPeriod

  package init(_ kind: ReportKind, of subject: ReportSubject, in period: ReportPeriod) {
    (self.kind, self.subject, self.period) = (kind, subject, period)
  }
}

package struct ReportID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Why nothing is written or issued. Text comes from the catalogue.
package enum ReportRefusal: String, Error, Sendable, CaseIterable {
  /// An issued report never changes.
  case issued
  /// A unit's report is issued when its period is over.
  case running
  /// It has not begun.
  case future
  /// Longer than `ReportContent.maximumText`.
  case long
  /// The report has no such section.
  case section
}
