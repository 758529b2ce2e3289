import Domain
import HTTPTypes
import Services
import Storage

/// The register of problems: 台账, one problem, its way, and a new one.
enum ProblemEndpoints {
  static let list: [Endpoint] =
    [find, show, steps, register] + ProblemAroundEndpoints.list + ProblemActionEndpoints.list

  /// The filters of the page's address.
  static let filters: [Endpoint.Parameter] = ProblemListing.names.map { name in
    .init(name, filterSchemas[name] ?? (ProblemListing.days.contains(name) ? .day : .line))
  }

  private static let filterSchemas: [String: Schema] = [
    "state": .choice(ProblemState.allCases.map(\.rawValue)),
    "lamp": .choice([Lamp.green, .yellow, .red, .grey].map(\.rawValue)),
    "difficulty": .choice(Difficulty.allCases.map(\.rawValue)),
    "outcome": .choice(Outcome.allCases.map(\.rawValue)),
    "rating": .choice(Rating.allCases.map(\.rawValue)),
    "sort": .choice(ProblemSort.allCases.map(\.rawValue)),
    "number": .integer(least: 1),
  ]

  static func listing(_ call: Call) throws -> ProblemListing {
    guard
      let read = ProblemListing.read(
        call.values(ProblemListing.names), call.platform.procedures)
    else { throw APIError(.badRequest, "bad_query") }
    return read.listing
  }

  private static let find = Endpoint.list(
    "/problems", "listProblems", .problems, query: filters, ProblemShapes.summary
  ) { call in
    let page = try await ListProblems(call.platform)(
      listing(call), before: call.cursor { ProblemCursor($0) }, limit: call.limit,
      for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let show = Endpoint.get(
    "/problems/{id}", "showProblem", .problems, ProblemShapes.problem,
    versions: .told,
    version: { call in
      try mustSeeHandling(call)
      return try await ReadProblem(call.platform).version(of: call.id(), for: call.account)
    }
  ) { call in
    try mustSeeHandling(call)
    let found = try await ReadProblem(call.platform)(try call.id(), for: call.account)
    return Found(found, version: found.problem.version)
  }

  /// Who asks has it in plain words, under `/own/problems`.
  private static func mustSeeHandling(_ call: Call) throws {
    guard call.account.may(.seeHandling) else { throw UseCaseError.forbidden }
  }

  /// With all that its page has.
  static func detail(_ call: Call) async throws -> ShowProblem.Detail {
    try mustSeeHandling(call)
    return try await ShowProblem(call.platform)(try call.id(), for: call.account)
  }

  private static let steps = Endpoint.list(
    "/problems/{id}/steps", "listProblemSteps", .problems, isPaged: false, ProblemShapes.step
  ) { call in
    Listed(try await detail(call).namedSteps)
  }

  static let registration = ObjectSchema(
    "RegisterRequest",
    [
      .init("track", .line), .init("title", .text(least: 1, most: Problem.maximumTitle)),
      .optional("detail", .words), .init("concerns", .text(least: 1, most: 200)),
      .optional("found_on", .day), .optional("channel", .text(most: 200)),
      .optional("source_number", .text(most: 200)),
    ])

  static func registration(_ body: JSON) -> Registration {
    Registration(
      track: body["track"].text ?? "", title: body["title"].text ?? "",
      detail: body["detail"].text ?? "", concerns: body["concerns"].text ?? "",
      foundOn: body["found_on"].text ?? "", channel: body["channel"].text ?? "",
      sourceNumber: body["source_number"].text ?? "")
  }

  private static let register = Endpoint.create(
    "/problems", "registerProblem", .problems, body: registration, ProblemShapes.registered,
    versions: .told
  ) { call in
    let id = try await RegisterProblem(call.platform)(registration(call.body), by: call.account)
    // Who asks has it in plain words, at an address of its own.
    let place = call.account.may(.seeHandling) ? "/problems" : "/own/problems"
    return Made(id, at: "\(place)/\(id)", version: 1)
  }
}
