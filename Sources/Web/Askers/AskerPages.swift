import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 我的问题: what enterprises and villages see of the problems that concern them, in plain words.
struct AskerPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.own, use: list)
    // Before the page of one problem, which would take the word for an id.
    ContactPages(site: site).addRoutes(to: doors)
    OwnVisitPages(site: site).addRoutes(to: doors)
    OwnPairPages(site: site).addRoutes(to: doors)
    doors.get(.ownProblem(":id")) { request, context in
      try await problem(nil, request, context)
    }
    doors.post(.ownRating(":id"), use: rate)
    doors.post(.ownSupplement(":id"), use: supplement)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    // Others have their own desk.
    guard account.role.isAsker else { return Site.redirect(to: Route.tasks.path) }
    let words = site.words(context)
    let last = request.query("before")
    let before = ProblemCursor(last)
    guard last.isEmpty || before != nil else { throw RequestError.badQuery }
    let own = try await ListOwnProblems(site.platform)(before: before, for: account)
    var view = AskerView(words: words, now: site.platform.now()).list(
      own.page, waiting: own.waiting)
    view["is_later"] = before != nil
    view["may_keep_contacts"] = account.may(.keepContacts)
    view["url_contacts"] = Route.ownContacts.path
    view["may_answer_visits"] = account.may(.answerVisits)
    view["url_visits"] = Route.ownVisits.path
    let context = try await InboxPages.readPairings(site.platform, context)
    let paired = try await OwnPairings(site.platform).officials(of: account)
    view["helpers"] = paired.map { PairingBlock(words: words).official($0) }
    view["has_helpers"] = !paired.isEmpty && before == nil
    return site.page(
      "own", view, title: words("own.title"), request: request, context: context)
  }

  private func problem(
    _ failure: Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = ProblemID(try context.id())
    let found = try await ShowOwnProblem(site.platform)(id, for: account)
    let context = try await InboxPages.read(found.detail, site.platform, context)
    let words = site.words(context)
    var view = AskerView(words: words, now: site.platform.now()).problem(found, site.platform)
    let shown = found.detail.attachments
    view["files"] = PapersView(words: words).files(shown.map(\.attachment)).orFalse
    view.merge(AttachmentsView(words: words, shown: shown).view(of: id)) { $1 }
    view["files_unsaved"] = request.query("unsaved") == "1"
    view["thanks"] = (request.query("done").isEmpty ? "" : words("own.done")).orFalse
    view["failed"] = failure != nil
    view["faults"] =
      failure?.texts.map { ["text": $0, "field": failure?.field ?? ""] as View } ?? []
    view["text"] = (failure?.field == "rating" ? failure?.form["text"] ?? "" : "").orFalse
    view["supplement"] = failure?.field == "supplement" ? failure?.form["text"] ?? "" : ""
    view["ratings"] = words.options(
      Rating.allCases.map(\.rawValue), named: "rating",
      chosen: failure?.field == "rating" ? failure?.form["rating"] ?? "" : "")
    return site.page(
      "own-problem", view, title: found.detail.problem.registration.title, request: request,
      context: context, status: failure == nil ? .ok : .unprocessableContent,
      answersFor: failure == nil ? nil : .ownProblem(String(id.value)))
  }

  /// What was sent and cannot be taken.
  private struct Failure {
    let form: FormData
    let field: String
    let texts: [String]
  }

  private func rate(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard let rating = Rating(rawValue: form["rating"]) else {
      let missing = words("refusal.field", ["field": words("field.rating")])
      return try await problem(
        Failure(form: form, field: "rating", texts: [missing]), request, context)
    }
    return try await done(form, "rating", request, context) { id in
      try await EvaluateOwnProblem(site.platform)(
        id, rating: rating, text: form["text"], by: account)
    }
  }

  private func supplement(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    return try await done(form, "supplement", request, context) { id in
      try await SupplementProblem(site.platform)(id, text: form["text"], by: account)
    }
  }

  /// After files were sent from the problem's page: it again, with those that could not be taken.
  func attached(
    _ refused: [FileTaking.Refused], _ form: FormData, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    if refused.isEmpty {
      let own = Route.ownProblem(String(try context.id()))
      return Site.redirect(to: own.path + "#attachments")
    }
    let words = site.words(context)
    return try await problem(
      Failure(form: form, field: "attach-files", texts: refused.map { words.refusal($0) }),
      request, context)
  }

  private func done(
    _ form: FormData, _ field: String, _ request: Request, _ context: AppContext,
    _ work: (ProblemID) async throws -> Void
  ) async throws -> Response {
    let id = ProblemID(try context.id())
    do {
      try await work(id)
      return Site.redirect(to: Route.ownProblem(String(id.value)).path(query: [("done", "1")]))
    } catch UseCaseError.refused(let reasons) {
      let words = site.words(context)
      let texts = reasons.map { words.refusal($0) }
      return try await problem(
        Failure(form: form, field: field, texts: texts), request, context)
    }
  }
}

extension Route {
  /// The page after signing in: what must be done now, or what became of what one asked.
  static func start(of account: Account?) -> Route {
    switch account?.role {
    case .systemAdministrator: .accounts
    case .securityAdministrator: .grants
    case .auditAdministrator: .audit
    case let role?: role.isAsker ? .own : .tasks
    case nil: .tasks
    }
  }
}
