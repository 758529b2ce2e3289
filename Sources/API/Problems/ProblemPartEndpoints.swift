import Cryptography
import Domain
import HTTP
import Services
import Storage

/// What else there is to a problem: its parts, what is like it, and the asker's link.
enum ProblemPartEndpoints {
  static let list: [Endpoint] = [
    offer, split, precedents, hint, asker, issueLink,
  ]

  private static let offered = Shape<PrepareRegistration.Offer>(
    "RegistrationOffer",
    [
      .init("tracks") { $0.tracks.map(\.rawValue) },
      .init("concerns") { $0.concerns },
      .init("charges") { $0.charges },
    ])

  /// Before a word is typed: the account's tracks, and whom its problems concern.
  private static let offer = Endpoint.get(
    "/registration-offer", "prepareRegistration", .problems, offered
  ) { call in Found(try await PrepareRegistration(call.platform)(for: call.account)) }

  private static let split = Endpoint.create(
    "/problems/{id}/parts", "splitProblem", .problems,
    body: ObjectSchema(
      "SplitRequest",
      [
        .init("title", .text(least: 1, most: Problem.maximumTitle)), .optional("detail", .words),
        .init("reason", .text(least: 1, most: Problem.maximumText)),
      ]), ProblemShapes.registered, versions: .told
  ) { call in
    let part = try await SplitProblem(call.platform)(
      try call.id(), title: call.body["title"].text ?? "", detail: call.body["detail"].text ?? "",
      reason: call.body["reason"].text ?? "", by: call.account)
    return Made(part, at: "/problems/\(part)", version: 1)
  }

  // MARK: What is like it

  private static let similar = Shape<SimilarProblems.Similar>(
    "SimilarProblem",
    [
      .init(id: "id") { $0.problem.id },
      .init("number") { $0.problem.number },
      .init("track") { $0.problem.track.rawValue },
      .init("title") { $0.problem.title },
      .init("concerns") { $0.problem.concerns },
      .init(choice: "state") { $0.problem.state },
      .init("category") { $0.problem.category },
      .init("unit") { $0.unitPath },
      .init(choice: "outcome") { $0.problem.outcome },
      .init("assigned_at") { $0.problem.assignedAt },
      .init("closed_at") { $0.problem.closedAt },
      .init("likeness") { $0.likeness },
      .init("is_nearly_the_same") { $0.isNearlyTheSame },
    ])

  private static let suggestion = Shape<CategorySuggestion>(
    "CategorySuggestion", [.init("category") { $0.code }, .init("words") { $0.words }])

  private static let foundPrecedents = Shape<Precedents?>(
    "Precedents",
    [
      .init("suggestion", optional: suggestion) { $0?.suggestion },
      .init("open", list: similar) { $0?.open ?? [] },
      .init("past", list: similar) { $0?.past ?? [] },
    ])

  /// Nothing for who is not about to judge or assign it.
  private static let precedents = Endpoint.get(
    "/problems/{id}/precedents", "showPrecedents", .problems, foundPrecedents
  ) { call in
    let detail = try await ShowProblem(call.platform)(
      try call.id(), withPrecedents: true, for: call.account)
    return Found(detail.precedents)
  }

  private static let foundHint = Shape<SimilarProblems.Hint>(
    "SimilarProblems",
    [
      .init("suggestion", optional: suggestion) { $0.suggestion },
      .init("open", list: similar) { $0.open },
    ])

  private static let hint = Endpoint.get(
    "/similar-problems", "findSimilarProblems", .problems,
    query: [
      .init("title", .text(least: 1, most: Problem.maximumTitle)), .init("detail", .words),
      .init("concerns", .line), .init("track", .line),
    ], foundHint
  ) { call in
    Found(
      try await SimilarProblems(call.platform).hint(
        title: call["title"], detail: call["detail"], concerns: call["concerns"],
        track: Track(rawValue: call["track"]), for: call.account))
  }

  // MARK: The asker's word

  private static let masked = Shape<ShowAsker.Masked?>(
    "Asker", [.init("name") { $0?.name }, .init("phone") { $0?.phone }])

  private static let asker = Endpoint.get(
    "/problems/{id}/asker", "showAsker", .problems, masked
  ) { call in
    Found(try await ShowAsker(call.platform)(try call.id(), for: call.account))
  }

  private static let link = Shape<String>("EvaluationLink", [.init("path") { $0 }])

  private static let issueLink = Endpoint.act(
    "/problems/{id}/evaluation-link", "issueEvaluationLink", .problems, link
  ) { call in
    let token = try await IssueEvaluationLink(call.platform)(try call.id(), by: call.account)
    return Found("/evaluation/\(token.text)")
  }
}
