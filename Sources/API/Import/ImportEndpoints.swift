import Documents
import Domain
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services

/// Spreadsheets are taken in: sent, tried out, looked at, taken over.
enum ImportEndpoints {
  static let list: [Endpoint] = [
    start, jobs, show, takeOver, diagnostics, marked, template,
  ]

  private static let id = ["id": Schema.text(least: 1, most: 100)]
  private static let kinds = Schema.choice(ImportKind.allCases.map(\.rawValue))

  /// The file is the whole body; what it is and is called stands in the query.
  private static let start = Endpoint.upload(
    "/imports", "startImport", .registers, most: FormLimits.table.file,
    query: [
      .init("kind", kinds, isRequired: true), .init("name", .line, isRequired: true),
      .init("on", .day),
    ], ImportShapes.started
  ) { call in
    guard let kind: ImportKind = call.word("kind") else { throw UseCaseError.notFound }
    guard !call.file.isEmpty else {
      throw APIError(.badRequest, "bad_body", faults: [.init("", .tooShort)])
    }
    let folder = try PrivateFolder()
    let path = folder.path + "/import"
    let bytes = call.file
    try await FileThreads.run { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
    let job = try await call.imports.start(
      kind, copyOf: path, named: call["name"].replacing("\\", with: "/"), on: call.day("on"),
      by: call.account)
    return Made(job, at: "/imports/\(job.id)")
  }

  private static let jobs = Endpoint.list(
    "/imports", "listImports", .registers, isPaged: false, ImportShapes.job
  ) { call in
    Listed(call.imports.jobs(of: call.account))
  }

  private static let show = Endpoint.get(
    "/imports/{id}", "showImport", .registers, places: id, ImportShapes.job
  ) { call in
    guard let job = call.imports.job(call.place("id"), of: call.account) else {
      throw UseCaseError.notFound
    }
    return Found(job)
  }

  private static let takeOver = Endpoint.act(
    "/imports/{id}/take-over", "takeOverImport", .registers, places: id,
    body: ObjectSchema("TakeOverRequest", [.init("good_rows_only", .bool)]),
    ImportShapes.started
  ) { call in
    do {
      return Found(
        try call.imports.takeOver(
          call.place("id"), goodRowsOnly: call.body["good_rows_only"].bool ?? false,
          by: call.account))
    } catch ImportJobRefusal.gone {
      throw UseCaseError.notFound
    }
  }

  /// All of them, the worst first.
  private static let diagnostics = Endpoint.list(
    "/imports/{id}/diagnostics", "listImportDiagnostics", .registers, places: id,
    ImportShapes.diagnostic
  ) { call in
    guard let job = call.imports.job(call.place("id"), of: call.account) else {
      throw UseCaseError.notFound
    }
    let after = try call.cursor { Int($0) } ?? 0
    let all = job.report?.worstFirst ?? []
    let page = all.dropFirst(max(0, after)).prefix(call.limit)
    return Listed(Array(page), next: page.endIndex < all.count ? String(page.endIndex) : nil)
  }

  /// The file as it was, with the faulty cells marked.
  private static let marked = Endpoint.download(
    "/imports/{id}/workbook", "downloadImportWorkbook", .registers, places: id,
    types: [FileDownload.workbook]
  ) { call in
    let folder = try PrivateFolder()
    let path = folder.path + "/diagnostics.xlsx"
    do {
      try await call.imports.writeDiagnostics(
        of: call.place("id"), for: call.account, to: path, DiagnosticText(call.texts).writer)
    } catch ImportJobRefusal.gone {
      throw UseCaseError.notFound
    }
    let name = "diagnostics-\(call.platform.now().day).xlsx"
    return .stream(try FileDownload(name: name).response(path: path))
  }

  /// An empty sheet with the columns of a kind.
  private static let template = Endpoint.download(
    "/import-templates/{kind}", "downloadImportTemplate", .registers, places: ["kind": kinds],
    types: [FileDownload.workbook]
  ) { call in
    guard let kind = ImportKind(rawValue: call.place("kind")) else {
      throw UseCaseError.notFound
    }
    let folder = try PrivateFolder()
    let path = folder.path + "/template.xlsx"
    try WriteTemplate(call.platform.words)(kind, to: path, language: call.language.sheet)
    return .stream(try FileDownload(name: "\(kind.rawValue).xlsx").response(path: path))
  }
}
