import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// Spreadsheets are taken in: uploaded, tried out, looked at, taken over.
struct ImportPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.imports) { request, context in
      try page("", request, context)
    }
    doors.post(.imports, use: start)
    // Before the page of one import, which would take the word for an id.
    doors.get(.importTemplate(":kind"), use: template)
    doors.get(.importJob(":id"), use: show)
    doors.post(.importTakeOver(":id"), use: takeOver)
    doors.get(.importDiagnostics(":id"), use: diagnostics)
  }

  private func start(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context, limits: .table)
    let words = site.words(context)
    func failed(_ key: String) throws -> Response {
      try page(words(key), kind: form["kind"], on: form["on"], request, context)
    }
    guard let kind = ImportKind(rawValue: form["kind"]), ImportJobs.mayImport(kind, account) else {
      return try failed("imports.fault.kind")
    }
    let on = Day(form["on"].trimmed)
    if on == nil, !form["on"].trimmed.isEmpty { return try failed("imports.fault.day") }
    guard let file = form.files("file").first, file.size > 0 else {
      return try failed("imports.fault.file")
    }
    do {
      let job = try await file.withPath { path in
        try await site.imports.start(
          kind, copyOf: path, named: file.name.replacing("\\", with: "/"), on: on, by: account)
      }
      return Site.redirect(to: Route.importJob(job.id).path)
    } catch let refusal as ImportJobRefusal {
      return try failed("imports.refusal.\(refusal.rawValue)")
    }
  }

  /// The form, what can be imported, and the account's imports of today.
  private func page(
    _ fault: String, kind: String? = nil, on: String = "", _ request: Request,
    _ context: AppContext
  ) throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let now = site.platform.now()
    let offered = ImportKind.allCases.filter { ImportJobs.mayImport($0, account) }
    let chosen = kind ?? request.query("kind")
    let jobs = site.imports.jobs(of: account)
    let view: View = [
      "url": Route.imports.path, "fault": fault.orFalse, "on": on,
      "kinds": offered.map { kind -> View in
        [
          "value": kind.rawValue, "name": words("imports.kind.\(kind.rawValue)"),
          "chosen": kind.rawValue == chosen,
          "url_template": Route.importTemplate(kind.rawValue).path,
        ]
      },
      "jobs": jobs.map { job -> View in
        [
          "url": Route.importJob(job.id).path, "file": job.fileName,
          "kind": words("imports.kind.\(job.kind.rawValue)"),
          "state": words("imports.state.\(job.stage.rawValue)"),
          "ago": words.ago(job.startedAt, now: now),
        ]
      },
      "has_jobs": !jobs.isEmpty,
    ]
    return site.page(
      "imports", view, title: words("imports.title"), request: request, context: context,
      status: fault.isEmpty ? .ok : .unprocessableContent,
      answersFor: fault.isEmpty ? nil : .imports)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    guard let job = site.imports.job(try id(context), of: account) else {
      return gone(request, context)
    }
    let view = ImportView(
      words: site.words(context), text: DiagnosticText(site.views.catalogue(context.language)))
    return site.page(
      "import", view.page(job), title: site.words(context)("imports.title"), request: request,
      context: context)
  }

  private func takeOver(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    do {
      let job = try site.imports.takeOver(
        try id(context), goodRowsOnly: form["accept"] == "good", by: account)
      return Site.redirect(to: Route.importJob(job.id).path)
    } catch ImportJobRefusal.running {
      return Site.redirect(to: Route.importJob(try id(context)).path)
    } catch ImportJobRefusal.gone {
      return gone(request, context)
    }
  }

  private func diagnostics(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let folder = try PrivateFolder()
    let path = folder.path + "/diagnostics.xlsx"
    do {
      try await site.imports.writeDiagnostics(
        of: try id(context), for: account, to: path,
        DiagnosticText(site.views.catalogue(context.language)).writer)
    } catch is ImportJobRefusal {
      return gone(request, context)
    }
    let name = site.words(context)("imports.diagnostics_name")
    return try FileDownload(name: "\(name)-\(site.platform.now().day).xlsx").response(path: path)
  }

  private func template(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let kind = ImportKind(rawValue: context.parameters.get("kind") ?? "") else {
      throw RequestError.notFound
    }
    let folder = try PrivateFolder()
    let path = folder.path + "/template.xlsx"
    try WriteTemplate(site.platform.words)(kind, to: path, language: context.language.sheet)
    let words = site.words(context)
    let name = words("imports.template_name", ["kind": words("imports.kind.\(kind.rawValue)")])
    return try FileDownload(name: name + ".xlsx").response(path: path)
  }

  private func id(_ context: AppContext) throws -> String {
    guard let id = context.parameters.get("id") else { throw RequestError.notFound }
    return id
  }

  /// The server was started again, or it is too long ago: told plainly, for who waits wants to know
  /// whether anything is half done.
  private func gone(_ request: Request, _ context: AppContext) -> Response {
    let words = site.words(context)
    return site.page(
      "import-gone", ["url": Route.imports.path], title: words("imports.gone"), request: request,
      context: context, status: .notFound, answersFor: .imports)
  }
}
