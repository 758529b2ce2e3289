import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Common-cause batches 批处理: many problems of one cause, one study, one answer, closed together.
struct BatchPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.batches, use: list)
    doors.get(.newBatch) { request, context in
      try await newPage(nil, [], request, context)
    }
    doors.post(.batches, use: open)
    doors.get(.batch(":id")) { request, context in
      try await show(nil, request, context)
    }
    doors.post(.batchProblems(":id"), use: change)
    doors.get(.batchStep(":id", ":step")) { request, context in
      try await stepPage(nil, [], request, context)
    }
    doors.post(.batchStep(":id", ":step"), use: take)
  }

  // MARK: List and opening

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let state = request.query("state")
    let last = request.query("before")
    let before = BatchID(last)
    guard ["", "open", "closed"].contains(state), last.isEmpty || before != nil else {
      throw RequestError.badQuery
    }
    let words = site.words(context)
    let page = try await ListBatches(site.platform)(
      isOpen: state.isEmpty ? nil : state == "open", before: before, for: account)
    func path(_ before: BatchID?) -> String {
      Route.batches.path(query: [("state", state), ("before", before?.description ?? "")])
    }
    let view: View = [
      "batches": page.items.map { BatchView(words: words, platform: site.platform).row($0) },
      "is_empty": page.items.isEmpty, "url": Route.batches.path, "url_new": Route.newBatch.path,
      "states": words.options(["open", "closed"], named: "batches.state", chosen: state),
      "filtered": !state.isEmpty,
      "has_next": page.next != nil, "url_next": path(page.next),
      "has_previous": before != nil, "url_first": path(nil),
    ]
    return site.page(
      "batches", view, title: words("batches.title"), request: request, context: context)
  }

  private func newPage(
    _ form: FormData?, _ faults: [String], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    guard try context.signedIn().may(.manageBatches) else { throw UseCaseError.forbidden }
    let words = site.words(context)
    let view: View = [
      "url": Route.batches.path, "url_list": Route.batches.path,
      "has_faults": !faults.isEmpty, "faults": faults.map { ["text": $0] as View },
      "title": form?["title"] ?? "", "cause": form?["cause"] ?? "",
      "title_limit": String(Problem.maximumTitle), "limit": String(Problem.maximumText),
      "tracks": words.options(site.platform.procedures, chosen: form?["track"] ?? ""),
    ]
    return site.page(
      "batch-new", view, title: words("batches.new"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent, answersFor: .newBatch)
  }

  private func open(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let words = site.words(context)
    guard let track = Track(rawValue: form["track"]), site.platform.procedures[track] != nil else {
      let text = words("refusal.field", ["field": words("field.track")])
      return try await newPage(form, [text], request, context)
    }
    do {
      let id = try await OpenBatch(site.platform)(
        track: track, title: form["title"], cause: form["cause"], by: account)
      return Site.redirect(to: Route.batch(id.description).path)
    } catch UseCaseError.refused(let reasons) {
      return try await newPage(form, reasons.map { words.refusal($0) }, request, context)
    }
  }

  // MARK: One batch

  private func show(
    _ failure: BatchView.Failure?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = BatchID(try context.id())
    let detail = try await ShowBatch(site.platform)(id, for: account)
    let view = BatchView(words: site.words(context), platform: site.platform)
    return site.page(
      "batch", view.page(detail, failure), title: detail.batch.opened.title, request: request,
      context: context, status: failure == nil ? .ok : .unprocessableContent,
      answersFor: .batch(id.description))
  }

  /// Problems join by their numbers, or those ticked leave.
  private func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = BatchID(try context.id())
    let lines: [ChangeBatch.Line]
    var (isComplete, leaves) = (true, false)
    if form["step"] == "leave" {
      leaves = true
      let problems = try await ShowBatch(site.platform)(id, for: account).problems
      let ticked = problems.filter { !form["pick-\($0.number)"].isEmpty }.map(\.number)
      isComplete = !ticked.isEmpty
      lines = try await ChangeBatch(site.platform).leave(
        ticked, from: id, text: form["text"], by: account)
    } else {
      let typed = form["numbers"].split(whereSeparator: { !$0.isNumber }).map { Int64($0) }
      let numbers = typed.compactMap(\.self)
      isComplete = !numbers.isEmpty && numbers.count == typed.count
      lines =
        isComplete
        ? try await ChangeBatch(site.platform).join(
          numbers, to: id, text: form["text"], by: account) : []
    }
    let failed = lines.filter { !$0.reasons.isEmpty }
    if isComplete, failed.isEmpty { return Site.redirect(to: Route.batch(id.description).path) }
    return try await show(
      .init(form: form, lines: failed, leaves: leaves), request, context)
  }

  // MARK: A step for all

  private func step(_ context: AppContext) throws -> BatchStep {
    guard let step = BatchStep(rawValue: context.parameters.get("step") ?? "") else {
      throw RequestError.notFound
    }
    return step
  }

  /// What the step would do to each, before it is taken.
  private func stepPage(
    _ form: FormData?, _ faults: [String], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let (id, step) = (BatchID(try context.id()), try step(context))
    let words = site.words(context)
    let detail = try await ShowBatch(site.platform)(id, for: account)
    let results = try await ActOnBatch(site.platform).preview(step.trial, on: id, by: account)
    let view = BatchView(words: words, platform: site.platform).preview(
      step, detail, results, form: form, faults: faults, done: Int(request.query("done")))
    return site.page(
      "batch-step", view, title: words("batches.step.\(step.rawValue)"), request: request,
      context: context, status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: .batchStep(id.description, step.rawValue))
  }

  private func take(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let (id, step) = (BatchID(try context.id()), try step(context))
    let words = site.words(context)
    guard let asked = step.asked(form) else {
      return try await stepPage(form, [words("refusal.choice_missing")], request, context)
    }
    if form["text"].trimmed.isEmpty {
      return try await stepPage(form, [words("refusal.text_missing")], request, context)
    }
    do {
      let results = try await ActOnBatch(site.platform)(asked, on: id, by: account)
      let done = results.count { $0.reasons.isEmpty }
      let route = Route.batchStep(id.description, step.rawValue)
      // What could not be done stands on the page again, with the reasons.
      return Site.redirect(
        to: done == results.count
          ? Route.batch(id.description).path : route.path(query: [("done", String(done))]))
    } catch UseCaseError.refused(let reasons) {
      let texts = reasons.map {
        words($0 == .wrongState ? "batches.over" : "refusal.\($0.rawValue)")
      }
      return try await stepPage(form, texts, request, context)
    }
  }
}
