import Documents
import Domain
import HTTP
import Hummingbird
import Services

/// Whole registers as files. The ledger says who took which; problems are exported where they are listed.
enum RegisterExportEndpoints {
  static let list: [Endpoint] = [export]

  private static let kinds = ExportKind.allCases.filter { $0 != .problems }.map(\.rawValue)
  private static let csv = "text/csv; charset=utf-8"

  private static let export = Endpoint.download(
    "/exports/{kind}", "exportRegister", .registers,
    query: [.init("format", .choice(["xlsx", "csv"])), .init("in_full", .bool)],
    places: ["kind": .choice(kinds)], types: [FileDownload.workbook, csv]
  ) { call in
    guard let kind = ExportKind(rawValue: call.place("kind")) else {
      throw UseCaseError.notFound
    }
    let inFull = call["in_full"] == "true"
    // Put on record, as on the pages: a token that only reads gets what is masked.
    if inFull { try APIRoutes.check(call.grant, .registers, writing: true) }
    let isCSV = call.isCSV
    let folder = try PrivateFolder()
    let path = folder.path + (isCSV ? "/export.csv" : "/export.xlsx")
    try await ExportRegister(call.platform)(
      kind, to: path, language: call.language.sheet, unmasked: inFull,
      by: call.account)
    let name = "\(kind.rawValue)-\(call.platform.now().day)\(isCSV ? ".csv" : ".xlsx")"
    let file = FileDownload(name: name, type: isCSV ? csv : FileDownload.workbook)
    return .stream(try file.response(path: path))
  }
}
