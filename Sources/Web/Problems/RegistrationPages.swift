import Cryptography
import Domain
import HTTP
import Hummingbird
import Services

/// A problem enters the register 告知·登记·收集.
struct RegistrationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.newProblem, use: newProblem)
    doors.post(.problems, use: register)
  }

  private func newProblem(_ request: Request, _ context: AppContext) async throws -> Response {
    let registration = Registration(
      track: request.query("track"), title: request.query("title"), detail: "",
      concerns: request.query("concerns"), foundOn: site.platform.now().day.description)
    return page(registration, [], formID: SecretToken.random().text, request, context)
  }

  private func register(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    var registration = Registration(
      track: form["track"], title: form["title"], detail: form["detail"],
      concerns: form["concerns"], foundOn: form["found_on"])
    registration.channel = form["channel"]
    registration.sourceNumber = form["source_number"]
    do {
      let id = try await RegisterProblem(site.platform)(
        registration, formID: form["form_id"], by: account)
      return Site.redirect(to: Route.problem(id).path)
    } catch UseCaseError.registration(let faults) {
      return page(registration, faults.faults, formID: form["form_id"], request, context)
    }
  }

  private func page(
    _ registration: Registration, _ faults: [Registration.Fault], formID: String,
    _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    var view: View = [
      "url": Route.problems.path, "form_id": formID, "title": registration.title,
      "detail": registration.detail, "concerns": registration.concerns,
      "found_on": registration.foundOn, "channel": registration.channel,
      "source_number": registration.sourceNumber,
      "tracks": words.options(site.platform.procedures, chosen: registration.track),
      "title_limit": String(Problem.maximumTitle), "has_faults": !faults.isEmpty,
    ]
    let texts = faults.map { fault -> (field: String, text: String) in
      let text = words(
        "fault.\(fault.code.rawValue)",
        ["field": words("field.\(fault.field.rawValue)"), "n": String(fault.field.limit)])
      return (fault.field.rawValue, text)
    }
    view["faults"] = texts.map { ["field": $0.field, "text": $0.text] as View }
    for field in [
      "track", "title", "detail", "concerns", "found_on", "channel", "source_number",
    ] {
      view["\(field)_fault"] = (texts.first { $0.field == field }?.text ?? "").orFalse
    }
    return site.page(
      "problem-new", view, title: words("register.title"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: faults.isEmpty ? nil : .newProblem)
  }
}
