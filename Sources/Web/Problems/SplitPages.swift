import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// A part of a problem becomes a problem of its own.
struct SplitPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.problemSplit(":id")) { request, context in
      try await page(nil, [], request, context)
    }
    doors.post(.problemSplit(":id"), use: split)
  }

  private func page(
    _ form: FormData?, _ faults: [String], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = ProblemID(try context.id())
    let detail = try await ShowProblem(site.platform)(id, for: account)
    guard account.problemActions.contains(.split) else { throw UseCaseError.forbidden }
    let words = site.words(context)
    let whole = detail.problem.registration
    let option = detail.options.first { $0.action == .split }
    let reasons = option?.reasons ?? [.wrongState]
    let view: View = [
      "url": Route.problemSplit(String(id.value)).path, "url_list": Route.problems.path,
      "url_problem": Route.problem(id).path, "number": words.number(whole.number),
      "whole": whole.title, "detail_whole": whole.detail, "has_detail": !whole.detail.isEmpty,
      "concerns": whole.concerns, "found_on": words.day(whole.foundOn),
      "sources": detail.problem.sources.map { "\($0.channel) \($0.number)".trimmed }
        .joined(separator: words("punctuation.list")).orFalse,
      "title": form?["title"] ?? "", "detail": form?["detail"] ?? "",
      "reason": form?["reason"] ?? "", "may_split": reasons.isEmpty,
      "reasons": reasons.map { ["text": words.refusal($0)] as View },
      "has_faults": !faults.isEmpty, "faults": faults.map { ["text": $0] as View },
      "title_limit": String(Problem.maximumTitle), "limit": String(Problem.maximumText),
    ]
    return site.page(
      "problem-split", view, title: words("action.split"), request: request, context: context,
      status: faults.isEmpty ? .ok : reasons.isEmpty ? .unprocessableContent : .conflict,
      answersFor: .problemSplit(String(id.value)))
  }

  private func split(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard account.problemActions.contains(.split) else { throw UseCaseError.forbidden }
    do {
      let part = try await SplitProblem(site.platform)(
        ProblemID(context.id()), title: form["title"], detail: form["detail"],
        reason: form["reason"], by: account)
      return Site.redirect(to: Route.problem(part).path)
    } catch UseCaseError.registration(let faults) {
      let texts = faults.faults.map { fault in
        words(
          "fault.\(fault.code.rawValue)",
          ["field": words("field.\(fault.field.rawValue)"), "n": String(fault.field.limit)])
      }
      return try await page(form, texts, request, context)
    } catch UseCaseError.refused(let reasons) {
      return try await page(form, reasons.map { words.refusal($0) }, request, context)
    }
  }
}
