import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// The page of one problem with its actions.
struct ProblemPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    ProblemListPages(site: site).addRoutes(to: doors)
    // Before the page of one problem, which would take the word for an id.
    RegistrationPages(site: site).addRoutes(to: doors)
    doors.get(.problem(":id"), use: show)
    // Before the actions, for the same reason.
    SplitPages(site: site).addRoutes(to: doors)
    doors.post(.evaluationLink(":id"), use: makeEvaluationLink)
    doors.post(.problemFiles(":id"), use: attach)
    doors.post(.problemAction(":id", ":action"), use: act)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    // Who asks sees it in plain words.
    if try context.signedIn().role.isAsker {
      let own = Route.ownProblem(String(try context.id()))
      return Site.redirect(to: own.path(query: [("unsaved", request.query("unsaved"))]))
    }
    let picked = ProblemAction(rawValue: request.query("action")).map {
      (action: $0, leg: Int(request.query("leg")))
    }
    let chosen = ["unit", "category", "into"].map { ($0, request.query($0)) }.filter {
      !$0.1.isEmpty
    }
    let isUnsaved = request.query("unsaved") == "1"
    return try await problemPage(request, context, isLookedAt: true) {
      $0.picked = picked
      $0.chosen = Dictionary(chosen) { $1 }
      $0.areFilesUnsaved = isUnsaved
    }
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    guard let action = ProblemAction(rawValue: context.parameters.get("action") ?? ""),
      action.hasForm
    else { throw RequestError.notFound }
    let form = try await FormData(
      request, context, limits: action.takesFiles ? .attachments : .fields)
    let id = ProblemID(try context.id())
    func failed(_ cause: FailedAction.Cause) async throws -> Response {
      let failure = FailedAction(action, form, cause)
      return try await problemPage(request, context, status: failure.status) {
        $0.failure = failure
      }
    }
    guard account.may(.act(action)) else {
      return try await failed(.refused([.notYourRole]))
    }
    var reader = ActionReader(action) { form[$0] }
    if action == .assign, !form["official"].trimmed.isEmpty {
      reader.official = try await official(form["official"].trimmed, account)
      if reader.official == nil { return try await failed(.refused([.unknownOfficial])) }
    }
    guard let demand = reader.request(), let seen = Int(form["version"])
    else { return try await failed(.incomplete(reader.faults)) }
    // Before what they show is said. Those that were taken stay where it cannot be said now.
    let refused = try await FileTaking(site: site).add(form.files, to: id, by: account)
    guard refused.isEmpty else { return try await failed(.files(refused)) }
    do {
      let problem = try await ActOnProblem(site.platform)(
        demand, on: id, seen: seen, by: account)
      return Site.redirect(to: Route.problem(problem.id).path)
    } catch UseCaseError.refused(let reasons) {
      return try await failed(.refused(reasons))
    } catch UseCaseError.conflict(let steps) {
      return try await failed(.conflict(steps))
    }
  }

  /// Photos and documents for a problem. What was taken stays; what was not is said.
  private func attach(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context, limits: .attachments)
    let id = ProblemID(try context.id())
    // Also where no file was chosen.
    _ = try await ListAttachments(site.platform)(of: id, for: account)
    let refused = try await FileTaking(site: site).add(form.files, to: id, by: account)
    if account.role.isAsker {
      return try await AskerPages(site: site).attached(refused, form, request, context)
    }
    if refused.isEmpty {
      return Site.redirect(to: Route.problem(id).path + "#attachments")
    }
    return try await problemPage(request, context, status: .unprocessableContent) {
      $0.refusedFiles = refused
    }
  }

  /// The official of this id, or the only one of this name.
  private func official(_ text: String, _ account: Account) async throws -> OfficialID? {
    if let id = Int64(text) { return OfficialID(id) }
    let found = try await FindByName(site.platform)(text, by: account).found.filter {
      $0.hit.kind == .official && $0.hit.title == text
    }
    return found.count == 1 ? OfficialID(found[0].hit.id) : nil
  }

  /// The link is shown once: it goes to the asker's own contact, and is not kept in clear.
  private func makeEvaluationLink(
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    let id = ProblemID(try context.id())
    do {
      let token = try await IssueEvaluationLink(site.platform)(id, by: account)
      let link = site.link(to: .evaluation(token.text), request)
      return try await problemPage(request, context) { $0.evaluationLink = link }
    } catch UseCaseError.refused {
      // It was rated meanwhile, or the time is over: the page says where it stands.
      return Site.redirect(to: Route.problem(id).path)
    }
  }

  /// - Parameter isLookedAt: not for the answer to a form.
  private func problemPage(
    _ request: Request, _ context: AppContext, status: HTTPResponse.Status = .ok,
    isLookedAt: Bool = false, _ complete: (inout ProblemView) -> Void
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = ProblemID(try context.id())
    let detail = try await ShowProblem(site.platform)(id, withPrecedents: true, for: account)
    let context = isLookedAt ? try await InboxPages.read(detail, site.platform, context) : context
    var view = ProblemView(site.words(context), site.platform, detail, for: account.role)
    complete(&view)
    if view.asksForRating {
      view.asker = try await ShowAsker(site.platform)(id, for: account)
    }
    return site.page(
      "problem", view.page, title: detail.problem.registration.title, request: request,
      context: context, status: status, answersFor: .problem(detail.problem.id))
  }
}
