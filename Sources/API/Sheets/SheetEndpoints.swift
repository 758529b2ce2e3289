import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// The monthly comments 月讲评: the list, one with its proof and its file, a new one, and what moves it.
enum SheetEndpoints {
  static let list: [Endpoint] =
    [find, show, proof, file, draft, preview, recompute, object, rule, publish]

  /// What a deed makes, as the address has it.
  static func resource(_ action: SheetAction) -> String {
    switch action {
    case .preview: "preview"
    case .recompute: "recomputation"
    case .object: "objection"
    case .rule: "ruling"
    case .publish: "publication"
    }
  }

  private static func path(_ action: SheetAction) -> String { "/sheets/{id}/\(resource(action))" }

  private static let find = Endpoint.list(
    "/sheets", "listSheets", .figures, isPaged: false, SheetShapes.line
  ) { call in Listed(try await ShowSheet(call.platform).list(for: call.account)) }

  private static let show = Endpoint.get(
    "/sheets/{id}", "showSheet", .figures, SheetShapes.sheet
  ) { call in Found(try await ShowSheet(call.platform)(call.id(), for: call.account)) }

  private static let proof = Endpoint.get(
    "/sheets/{id}/proof", "proveSheet", .figures, SheetShapes.proof
  ) { call in Found(try await VerifySheet(call.platform)(call.id(), for: call.account)) }

  private static let file = Endpoint.download(
    "/sheets/{id}/file", "downloadSheet", .figures, types: [FileDownload.workbook]
  ) { call in
    let folder = try PrivateFolder()
    let path = folder.path + "/sheet.xlsx"
    let name = try await WriteSheet(call.platform)(
      call.id(), to: path, .init(pick: { call.pick($0, $1) }, { call.texts.text($0) }),
      for: call.account)
    return .stream(try FileDownload(name: name).response(path: path))
  }

  private static let draft = Endpoint.create(
    "/sheets", "draftSheet", .figures,
    body: ObjectSchema(
      "SheetDraft",
      [
        .init("kind", .choice(SheetKind.allCases.map(\.rawValue))),
        .init("month", .text(least: 7, most: 7)), .optional("reason", .words),
      ]), SheetShapes.drafted
  ) { call in
    guard let kind = call.body["kind"].text.flatMap({ SheetKind(rawValue: $0) }),
      let month = call.body["month"].text.flatMap({ SheetMonth($0) })
    else { throw APIError(.badRequest, "bad_body", faults: [.init("/month", .format)]) }
    let id = try await DraftSheet(call.platform)(
      kind, month, reason: call.body["reason"].text ?? "", by: call.account)
    return Made(id, at: "/sheets/\(id)")
  }

  private static let preview = Endpoint.act(path(.preview), "previewSheet", .figures) { call in
    try await ActOnSheet(call.platform).preview(call.id(), by: call.account)
  }

  private static let recompute = Endpoint.act(
    path(.recompute), "recomputeSheet", .figures
  ) { call in try await ActOnSheet(call.platform).recompute(call.id(), by: call.account) }

  private static let text = Schema.text(least: 1, most: Problem.maximumText)

  private static let object = Endpoint.act(
    path(.object), "objectToSheet", .figures,
    body: ObjectSchema("SheetObjectionRequest", [.init("text", text)])
  ) { call in
    try await ActOnSheet(call.platform).object(
      call.body["text"].text ?? "", to: call.id(), by: call.account)
  }

  private static let rule = Endpoint.act(
    path(.rule), "ruleOnSheetObjection", .figures,
    body: ObjectSchema(
      "SheetRuling",
      [
        .init("number", .integer(least: 1, most: 100_000)), .init("upheld", .bool),
        .init("reason", text),
      ])
  ) { call in
    try await ActOnSheet(call.platform).rule(
      Int(call.body["number"].int ?? 0), of: call.id(), upheld: call.body["upheld"].bool ?? false,
      reason: call.body["reason"].text ?? "", by: call.account)
  }

  private static let publish = Endpoint.act(path(.publish), "publishSheet", .figures) { call in
    try await ActOnSheet(call.platform).publish(call.id(), by: call.account)
  }
}
