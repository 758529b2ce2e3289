import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// The asker rates what came of a problem, by a one-time link and without an account.
struct EvaluationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.evaluation(":token")) { request, context in
      try await form(nil, request, context)
    }
    doors.post(.evaluation(":token"), use: evaluate)
    doors.get(.evaluated) { request, context in
      site.page(
        "evaluated", [:], title: site.words(context)("evaluation.thanks"), request: request,
        context: context)
    }
  }

  /// What was sent and cannot be taken.
  private struct Failure {
    let form: FormData
    let texts: [String]
  }

  private func evaluate(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard let rating = Rating(rawValue: form["rating"]) else {
      let missing = words("refusal.field", ["field": words("field.rating")])
      return try await self.form(.init(form: form, texts: [missing]), request, context)
    }
    do {
      try await EvaluateProblem(site.platform)(token(context), rating: rating, text: form["text"])
      // An address without the link: nobody who looks over a shoulder learns it.
      return Site.redirect(to: Route.evaluated.path)
    } catch UseCaseError.refused(let reasons) {
      let texts = reasons.map { words.refusal($0) }
      return try await self.form(.init(form: form, texts: texts), request, context)
    }
  }

  private func form(
    _ failure: Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let subject = try await EvaluateProblem(site.platform).subject(of: token(context))
    let route = Route.evaluation(token(context).text)
    let view: View = [
      "url": route.path, "number": words.number(subject.number), "title": subject.title,
      "concerns": subject.concerns, "result": subject.result,
      "failed": failure != nil, "faults": failure?.texts.map { ["text": $0] as View } ?? [],
      "text": (failure?.form["text"] ?? "").orFalse, "limit": String(Problem.maximumText),
      "ratings": words.options(
        Rating.allCases.map(\.rawValue), named: "rating", chosen: failure?.form["rating"] ?? ""),
    ]
    return site.page(
      "evaluation", view, title: words("evaluation.title"), request: request, context: context,
      status: failure == nil ? .ok : .unprocessableContent, answersFor: route)
  }

  private func token(_ context: AppContext) -> SecretToken {
    SecretToken(text: context.parameters.get("token") ?? "")
  }
}
