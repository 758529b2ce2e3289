import Documents
import Domain
import Storage

/// Writes a list of problems to a file as it is filtered, row by row as it is read, and says so in the
/// ledger: who, what filter, how many.
package struct ExportProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// The words of a file, which come from the catalogue.
  package struct Words: Sendable {
    let sheet: String
    let number: String
    let title: String
    let heading: @Sendable (ListColumn) -> String
    let cell: @Sendable (ListColumn, ProblemSummary) -> String

    package init(
      sheet: String, number: String, title: String,
      heading: @escaping @Sendable (ListColumn) -> String,
      cell: @escaping @Sendable (ListColumn, ProblemSummary) -> String
    ) {
      self.sheet = sheet
      self.number = number
      self.title = title
      self.heading = heading
      self.cell = cell
    }
  }

  /// - Parameters:
  ///   - path: `.csv`, else a workbook.
  ///   - query: the filter as it stands in the address, for the ledger.
  /// - Returns: how many rows were written.
  /// - Throws: `ProblemListing.Fault`, `UseCaseError.forbidden`, `TableWriteFault`, `StorageError`
  package func callAsFunction(
    _ listing: ProblemListing, query: String, _ columns: [ListColumn], to path: String,
    _ words: Words, by account: Account
  ) async throws -> Int {
    guard account.may(.exportProblems) else { throw UseCaseError.forbidden }
    let now = platform.now()
    let count = try await platform.database.read(from: .replica) { connection in
      try Self.write(
        listing.resolved(for: account, most: Int(Int32.max), in: connection),
        visible: ProblemScope.visibility(of: account, in: connection), columns, to: path, words,
        now: now, in: connection)
    }
    // Before anybody has the file.
    try await platform.database.write { connection in
      try DisclosureRows.append(
        list: "problems", query: query, columns: ["number", "title"] + columns.map(\.rawValue),
        count: count, at: now, by: account.actor, in: connection)
    }
    return count
  }

  private static func write(
    _ filter: ProblemFilter, visible: ProblemList.Visibility, _ columns: [ListColumn],
    to path: String, _ words: Words, now: Instant, in connection: any Connection
  ) throws -> Int {
    let headings =
      [OutputColumn(words.number, width: 10, form: .number), OutputColumn(words.title, width: 40)]
      + columns.map { OutputColumn(words.heading($0), width: 16, form: $0.form) }
    let writer: any TableWriter
    if path.hasSuffix(".csv") {
      writer = try CSVWriter(path: path, columns: headings)
    } else {
      let workbook = try XLSXWriter(path: path)
      try workbook.beginSheet(words.sheet, headings)
      writer = workbook
    }
    let behind = WriterBehind(writer)
    var count = 0
    try ProblemList.forEach(filter, visible: visible, now: now, in: connection) { problem in
      try behind.write(
        [.integer(problem.number), .text(problem.title)]
          + columns.map { $0.cell(problem) ?? .text(words.cell($0, problem)) })
      count += 1
    }
    try behind.finish()
    return count
  }
}

extension ListColumn {
  fileprivate var form: OutputColumn.Form {
    self == .found || self == .registered ? .day : .text
  }

  /// What is no text.
  fileprivate func cell(_ problem: ProblemSummary) -> OutputCell? {
    switch self {
    case .found: .day(problem.foundOn)
    case .registered: .day(problem.registeredAt.day)
    default: nil
    }
  }
}
