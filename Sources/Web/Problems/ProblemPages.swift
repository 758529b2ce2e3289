import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// List, registration and the page of one problem with its actions.
struct ProblemPages: Sendable {
  let site: Site

  func addRoutes(to router: Router<AppContext>) {
    router.get(Route.problems.pattern, use: list)
    // Before the page of one problem, which would take the word for an id.
    router.get(Route.newProblem.pattern, use: newProblem)
    router.post(Route.problems.pattern, use: register)
    router.get(Route.problem(":id").pattern, use: show)
    router.post(Route.problemAction(":id", ":action").pattern, use: act)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let query = try ProblemQuery(request)
    let page = try await ListProblems(site.platform)(
      query.filter, before: query.before, for: account)
    let view = ProblemListView(
      words: words, categories: site.platform.categories, now: site.platform.now())
    return site.page(
      "problems", view.page(page, query), title: words("problems.title"), request: request,
      context: context)
  }

  private func newProblem(_ request: Request, _ context: AppContext) async throws -> Response {
    guard try context.signedIn().role.mayRegister else { throw UseCaseError.forbidden }
    let track = Track(rawValue: request.query("track")) ?? .village
    let registration = Registration(
      track: track.rawValue, title: request.query("title"), detail: "",
      concerns: request.query("concerns"), foundOn: site.platform.now().day.description)
    return registrationPage(registration, [], formID: SecretToken.random().text, request, context)
  }

  private func register(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let registration = Registration(
      track: form["track"], title: form["title"], detail: form["detail"],
      concerns: form["concerns"], foundOn: form["found_on"])
    do {
      let id = try await RegisterProblem(site.platform)(
        registration, formID: form["form_id"], by: account)
      return Site.redirect(to: Route.problem(id).path)
    } catch UseCaseError.registration(let faults) {
      return registrationPage(
        registration, faults.faults, formID: form["form_id"], request, context)
    }
  }

  private func registrationPage(
    _ registration: Registration, _ faults: [Registration.Fault], formID: String,
    _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    var view: View = [
      "url": Route.problems.path, "form_id": formID, "title": registration.title,
      "detail": registration.detail,
      "concerns": registration.concerns, "found_on": registration.foundOn,
      "tracks": words.options(
        Track.allCases.map(\.rawValue), named: "track", chosen: registration.track),
      "title_limit": String(Problem.maximumTitle), "has_faults": !faults.isEmpty,
    ]
    let texts = faults.map { fault -> (field: String, text: String) in
      let text = words(
        "fault.\(fault.code.rawValue)",
        ["field": words("field.\(fault.field.rawValue)"), "n": String(fault.field.limit)])
      return (fault.field.rawValue, text)
    }
    view["faults"] = texts.map { ["field": $0.field, "text": $0.text] as View }
    for field in ["track", "title", "detail", "concerns", "found_on"] {
      view["\(field)_fault"] = (texts.first { $0.field == field }?.text ?? "").orFalse
    }
    return site.page(
      "problem-new", view, title: words("register.title"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: faults.isEmpty ? nil : .newProblem)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    try await problemPage(nil, request, context)
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let action = ProblemAction(rawValue: context.parameters.get("action") ?? "") else {
      throw RequestError.notFound
    }
    let id = ProblemID(try context.id())
    guard account.role.problemActions.contains(action) else {
      return try await problemPage(.init(action, form, .refused(.notYourRole)), request, context)
    }
    guard let demand = ProblemActionForm.request(action, form), let seen = Int(form["version"])
    else { return try await problemPage(.init(action, form, .incomplete), request, context) }
    do {
      let problem = try await ActOnProblem(site.platform)(
        demand, on: id, seen: seen, by: account)
      return Site.redirect(to: Route.problem(problem.id).path)
    } catch UseCaseError.refused(let refusal) {
      return try await problemPage(.init(action, form, .refused(refusal)), request, context)
    } catch UseCaseError.conflict(let steps) {
      return try await problemPage(.init(action, form, .conflict(steps)), request, context)
    }
  }

  private func problemPage(
    _ failure: FailedAction?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let detail = try await ShowProblem(site.platform)(ProblemID(context.id()), for: account)
    let view = ProblemView(words: words, platform: site.platform, detail: detail, failure: failure)
    return site.page(
      "problem", view.page, title: detail.problem.registration.title, request: request,
      context: context, status: failure?.status ?? .ok, answersFor: .problem(detail.problem.id))
  }
}
