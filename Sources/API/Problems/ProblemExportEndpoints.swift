import Domain
import HTTP
import HTTPTypes
import Services

/// The 台账 as a file, in the reader's words.
enum ProblemExportEndpoints {
  static let list: [Endpoint] = [export]

  private static let csv = "text/csv; charset=utf-8"

  private static let export = Endpoint.download(
    "/problem-export", "exportProblems", .problems,
    query: ProblemEndpoints.filters + [
      .init("format", .choice(["xlsx", "csv"])), .init("cols", .text(least: 1, most: 200)),
    ], types: [FileDownload.workbook, csv]
  ) { call in
    let listing = try ProblemEndpoints.listing(call)
    let columns = try ListColumns.read(call["cols"].split(separator: ",").map(String.init))
    let isSheet = !call.isCSV
    let ending = isSheet ? ".xlsx" : ".csv"
    let folder = try PrivateFolder()
    let path = folder.path + "/problems" + ending
    let words = Wording(call.texts)
    let pairs = ProblemListing.pairs(call.values(ProblemListing.names), columns)
    _ = try await ExportProblems(call.platform)(
      listing, query: PercentEncoding.query(pairs), columns, to: path,
      ProblemCells(words, call.platform).export, by: call.account)
    return .stream(
      try FileDownload(
        name: "\(words("problems.title"))-\(call.platform.now().day)\(ending)",
        type: isSheet ? FileDownload.workbook : csv
      ).response(path: path))
  }
}

/// Columns of the list as programs name them.
enum ListColumns {
  static let schema = Schema.list(
    .choice(ListColumn.allCases.map(\.rawValue)), most: ListColumn.allCases.count)

  /// - Returns: in the list's own order; the usual ones where none is named.
  /// - Throws: `APIError` for a name that is no column's.
  static func read(_ names: [String]) throws -> [ListColumn] {
    let chosen = Set(names)
    let columns = ListColumn.allCases.filter { chosen.contains($0.rawValue) }
    guard columns.count == chosen.count else {
      throw APIError(.badRequest, "bad_query", faults: [.init("/cols", .choice)])
    }
    return columns.isEmpty ? ListColumn.usual : columns
  }
}
