import Domain
import HTTP
import Hummingbird
import Services

/// A whole register as a workbook. Sent as a form, for the ledger says who took it.
struct ExportPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.post(.registerExport(":kind"), use: export)
  }

  private func export(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let kind = ExportKind(rawValue: context.parameters.get("kind") ?? "") else {
      throw RequestError.notFound
    }
    let folder = try PrivateFolder()
    let path = folder.path + "/export.xlsx"
    try await ExportRegister(site.platform)(
      kind, to: path, language: context.language.sheet, unmasked: form["in_full"] == "1",
      by: account)
    let words = site.words(context)
    let name = words("export.name.\(kind.rawValue)")
    return try FileDownload(name: "\(name)-\(site.platform.now().day).xlsx").response(path: path)
  }
}
