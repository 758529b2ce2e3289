import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// The monthly comments 月讲评: for the desktop, of units only (State Council 国办函〔2026〕12号).
struct SheetPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.sheets) { request, context in try await list(nil, request, context) }
    doors.post(.sheets, use: draft)
    doors.get(.sheet(":id")) { request, context in try await show(nil, request, context) }
    doors.get(.sheetProof(":id")) { request, context in
      let account = try context.signedIn()
      let report = try await VerifySheet(site.platform)(
        SheetID(try context.id()), for: account)
      return try await show(nil, verified: report, request, context)
    }
    doors.get(.sheetFile(":id"), use: file)
    doors.post(.sheetAction(":id", ":action"), use: act)
  }

  // MARK: The list

  private func list(
    _ failure: (form: FormData, faults: [String])?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let lines = try await ShowSheet(site.platform).list(for: account)
    let context = try await InboxPages.readSheets(site.platform, context)
    let view = SheetListView(words: words, platform: site.platform).page(
      lines, mayManage: account.may(.manageSheets), failure)
    return site.page(
      "sheets", view, title: words("sheets.title"), request: request, context: context,
      status: failure == nil ? .ok : .unprocessableContent, answersFor: .sheets)
  }

  private func draft(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard let month = SheetMonth(form["month"].trimmed),
      let kind = SheetKind(rawValue: form["kind"])
    else { return try await list((form, [words("sheets.incomplete")]), request, context) }
    do {
      let id = try await DraftSheet(site.platform)(
        kind, month, reason: form["reason"], by: account)
      return Site.redirect(to: Route.sheet(id.description).path)
    } catch let refused as CommentSheet.Refused {
      return try await list((form, refused.refusals.map(words.refusal)), request, context)
    }
  }

  // MARK: One sheet

  /// - Parameter report: it was computed again; nothing changes by it.
  private func show(
    _ failure: (action: SheetAction, form: FormData, refusals: [CommentSheet.Refusal])?,
    verified report: VerifySheet.Report? = nil, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = SheetID(try context.id())
    let words = site.words(context)
    let detail = try await ShowSheet(site.platform)(id, for: account)
    let view = SheetView(
      words: words, now: site.platform.now(), detail: detail, report: report,
      failure: failure.map { ($0.action, $0.form, $0.refusals.map(words.refusal)) })
    return site.page(
      "sheet", view.page, title: view.title, request: request, context: context,
      status: failure.map { SheetPages.status($0.refusals) } ?? .ok,
      answersFor: .sheet(id.description))
  }

  private static func status(_ refusals: [CommentSheet.Refusal]) -> HTTPResponse.Status {
    let notForThem: Set<CommentSheet.Refusal> = [.notYourRole, .directorOnly, .notYourLine]
    if !notForThem.isDisjoint(with: refusals) { return .forbidden }
    return refusals.contains(.textMissing) || refusals.contains(.textTooLong)
      ? .unprocessableContent : .conflict
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let action = SheetAction(rawValue: context.parameters.get("action") ?? "") else {
      throw RequestError.notFound
    }
    let id = SheetID(try context.id())
    do {
      try await take(action, id, form, account)
      return Site.redirect(to: Route.sheet(id.description).path)
    } catch let refused as CommentSheet.Refused {
      return try await show((action, form, refused.refusals), request, context)
    }
  }

  private func take(
    _ action: SheetAction, _ id: SheetID, _ form: FormData, _ account: Account
  ) async throws {
    let act = ActOnSheet(site.platform)
    switch action {
    case .preview: try await act.preview(id, by: account)
    case .recompute: try await act.recompute(id, by: account)
    case .object: try await act.object(form["text"], to: id, by: account)
    case .rule:
      guard let number = Int(form["number"]), ["yes", "no"].contains(form["upheld"]) else {
        throw CommentSheet.Refused([.textMissing])
      }
      try await act.rule(
        number, of: id, upheld: form["upheld"] == "yes", reason: form["text"], by: account)
    case .publish: try await act.publish(id, by: account)
    }
  }

  private func file(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = SheetID(try context.id())
    let words = site.words(context)
    let folder = try PrivateFolder()
    let path = folder.path + "/sheet.xlsx"
    let name = try await WriteSheet(site.platform)(
      id, to: path, .init(pick: { words.pick($0, $1) }, { words($0) }), for: account)
    return try FileDownload(name: name).response(path: path)
  }
}

extension Wording {
  /// Why something is not done to a sheet.
  func refusal(_ refusal: CommentSheet.Refusal) -> String {
    self("sheet.refusal.\(refusal.rawValue)", ["n": String(Problem.maximumText)])
  }
}
