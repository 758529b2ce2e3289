import Domain
import Storage

/// A year's table as it is in force.
package struct ShowCalendar: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Table: Sendable {
    package let year: Int
    /// Raised with every change; 0 is the shipped table.
    package let version: Int
    package let source: String
    package let days: [WorkingCalendar.Entry]
  }

  /// The working days in force.
  package func calendar() async throws -> WorkingCalendar {
    let platform = platform
    return try await platform.database.read { try platform.calendar(in: $0) }
  }

  /// - Returns: nil for a year without a confirmed table: weekends only, provisional.
  /// - Throws: `StorageError`
  package func callAsFunction(_ year: Int) async throws -> Table? {
    let calendars = platform.calendars
    return try await platform.database.read { try calendars.table(year, in: $0) }
  }
}
