import Domain
import HTTPTypes
import Services
import Storage

/// What enterprises and villages see and say of the problems that concern them, and whom to call there.
enum AskerEndpoints {
  static let list: [Endpoint] = [
    problems, waiting, show, rate, supplement, contact, keepContact,
  ]

  // MARK: Problems

  private static let problems = Endpoint.list(
    "/own/problems", "listOwnProblems", .problems, ProblemShapes.summary
  ) { call in
    let own = try await ListOwnProblems(call.platform)(
      before: call.cursor { ProblemCursor($0) }, limit: call.limit, for: call.account)
    return Listed(own.page.items, next: own.page.next?.description)
  }

  private static let waiting = Endpoint.list(
    "/own/unrated-problems", "listUnratedProblems", .problems, isPaged: false,
    ProblemShapes.summary
  ) { call in
    Listed(
      try await ListOwnProblems(call.platform)(before: nil, limit: 1, for: call.account).waiting)
  }

  /// In the plain words of who waits for it: who has it, until when, what came of it.
  private static let problem = Shape<ShowOwnProblem.Detail>(
    "OwnProblem",
    [
      .init(id: "id") { $0.detail.problem.id },
      .init("version") { $0.detail.problem.version },
      .init("number") { $0.detail.problem.registration.number },
      .init("track") { $0.detail.problem.track.rawValue },
      .init("title") { $0.detail.problem.registration.title },
      .init("detail") { $0.detail.problem.registration.detail },
      .init("concerns") { $0.detail.problem.registration.concerns },
      .init("registered_at") { $0.detail.problem.registeredAt },
    ] + wayFields)

  private static let wayFields: [Field<ShowOwnProblem.Detail>] = [
    .init(choice: "state") { $0.detail.problem.state },
    .init("since") { $0.detail.problem.since },
    .init("handler") { $0.handler },
    .init("due", optional: ProblemShapes.due) { own in
      own.detail.problem.state.isRunning ? own.detail.problem.round?.lead?.finalDue : nil
    },
    .init("official_unit") { $0.officialUnit },
    .init(choice: "outcome") { own in
      own.detail.problem.state == .inProgress ? nil : own.detail.problem.round?.claim?.outcome
    },
    .init("result") { $0.detail.problem.round?.claim?.result },
    .init("rate_until") { $0.rateUntil },
  ]

  private static let show = Endpoint.get(
    "/own/problems/{id}", "showOwnProblem", .problems, problem, versions: .told
  ) { call in
    let own = try await ShowOwnProblem(call.platform)(try call.id(), for: call.account)
    return Found(own, version: own.detail.problem.version)
  }

  private static let rate = Endpoint.act(
    "/own/problems/{id}/rating", "rateOwnProblem", .problems,
    body: ObjectSchema(
      "RateRequest",
      [.init("rating", .choice(Rating.allCases.map(\.rawValue))), .optional("text", .words)])
  ) { call in
    guard let rating = Rating(rawValue: call.body["rating"].text ?? "") else {
      throw UseCaseError.refused([.textMissing])
    }
    try await EvaluateOwnProblem(call.platform)(
      try call.id(), rating: rating, text: call.body["text"].text ?? "", by: call.account)
  }

  private static let supplement = Endpoint.act(
    "/own/problems/{id}/supplement", "supplementOwnProblem", .problems,
    body: ObjectSchema(
      "SupplementRequest", [.init("text", .text(least: 1, most: Problem.maximumText))])
  ) { call in
    try await SupplementProblem(call.platform)(
      try call.id(), text: call.body["text"].text ?? "", by: call.account)
  }

  // MARK: Contact

  private static let contactShape = Shape<Contact?>(
    "OwnContact",
    [
      .init("name") { $0?.name },
      .init("post") { $0?.post },
      .init("phone") { $0?.phone?.text },
    ])

  private static let contact = Endpoint.get(
    "/own/contact", "showOwnContact", .registers, contactShape
  ) { call in Found(try await KeepContacts(call.platform).contact(for: call.account)) }

  private static let keepContact = Endpoint.act(
    "/own/contact", "keepOwnContact", .registers, method: .put,
    body: ObjectSchema(
      "KeepContactRequest",
      [
        .init("name", .line), .optional("post", .text(most: 200)),
        .init("phone", .text(least: 1, most: 40)),
      ])
  ) { call in
    try await KeepContacts(call.platform)(
      name: call.body["name"].text ?? "", post: call.body["post"].text ?? "",
      phone: call.body["phone"].text ?? "", by: call.account)
  }
}

extension ShowOwnProblem.Detail {
  fileprivate var handler: String? {
    (detail.problem.round?.lead?.party).flatMap { detail.parties[$0] }
  }
}
