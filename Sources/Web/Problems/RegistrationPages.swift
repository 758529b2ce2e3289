import Cryptography
import Domain
import HTTP
import Hummingbird
import NIOCore
import Services
import Storage

/// A problem enters the register 告知·登记·收集.
struct RegistrationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.newProblem, use: newProblem)
    doors.get(.similarProblems, use: similar)
    doors.post(.problems, use: register)
  }

  private func newProblem(_ request: Request, _ context: AppContext) async throws -> Response {
    var registration = Registration(
      track: request.query("track"), title: request.query("title"), detail: "",
      concerns: request.query("concerns"), foundOn: site.platform.now().day.description)
    let account = try context.signedIn()
    let offer = try await PrepareRegistration(site.platform)(for: account)
    // Who is in charge of one village mostly registers for it.
    if registration.concerns.isEmpty, offer.charges.count == 1 {
      registration.concerns = offer.charges[0]
    }
    return page(
      view(registration, offer, formID: SecretToken.random().text, account, context), request,
      context)
  }

  /// The photos are looked at first: what cannot be taken is corrected on the same page, before there is
  /// a problem.
  private func register(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context, limits: .attachments)
    var registration = Registration(
      track: form["track"], title: form["title"], detail: form["detail"],
      concerns: form["concerns"], foundOn: form["found_on"])
    let offer = try await PrepareRegistration(site.platform)(for: account)
    // Who asks for themselves need not say for whom.
    if registration.concerns.isEmpty { registration.concerns = offer.concerns ?? "" }
    registration.channel = form["channel"]
    registration.sourceNumber = form["source_number"]
    let files = FileTaking(site: site)
    var view = view(registration, offer, formID: form["form_id"], account, context)
    view.refusedFiles = try await files.check(form.files)
    guard view.refusedFiles.isEmpty else { return page(view, request, context) }
    do {
      let id = try await RegisterProblem(site.platform)(
        registration, formID: form["form_id"], by: account)
      let unsaved = try await files.add(form.files, to: id, by: account)
      return Site.redirect(
        to: Route.problem(id).path(query: [("unsaved", unsaved.isEmpty ? "" : "1")]))
    } catch UseCaseError.registration(let faults) {
      view.faults = faults.faults
      return page(view, request, context)
    }
  }

  /// Open problems like the one that is being typed, and the category its words speak for: a fragment.
  private func similar(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let track = Track(rawValue: request.query("track"))
    let hint = try await SimilarProblems(site.platform).hint(
      title: request.query("title"), detail: request.query("detail"),
      concerns: request.query("concerns"), track: track, for: account)
    let suggestion = hint.suggestion
    let category = site.platform.categories.first {
      $0.track == track && $0.code == suggestion?.code
    }
    var text = ""
    if let suggestion, let category { text = words.suggestion(category, suggestion) }
    let view: View = [
      "similar": hint.open.map { similar -> View in
        [
          "number": words.number(similar.problem.number), "title": similar.problem.title,
          "url": Route.problem(similar.problem.id).path, "concerns": similar.problem.concerns,
          "state": words("state.\(similar.problem.state.rawValue)"),
          "same": similar.isNearlyTheSame,
        ]
      },
      "has_similar": !hint.open.isEmpty, "suggestion": text.orFalse,
    ]
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(
        byteBuffer: ByteBuffer(
          string: site.views.render("similar", view, context.language))))
  }

  private func view(
    _ registration: Registration, _ offer: PrepareRegistration.Offer, formID: String,
    _ account: Account, _ context: AppContext
  ) -> RegistrationView {
    RegistrationView(
      words: site.words(context), platform: site.platform, registration: registration,
      offer: offer, formID: formID, account: account)
  }

  private func page(
    _ view: RegistrationView, _ request: Request, _ context: AppContext
  ) -> Response {
    site.page(
      "problem-new", view.page, title: view.words("register.title"), request: request,
      context: context, status: view.isRefused ? .unprocessableContent : .ok,
      answersFor: view.isRefused ? .newProblem : nil)
  }
}
