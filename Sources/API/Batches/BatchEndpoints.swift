import Domain
import HTTPTypes
import Services
import Storage

/// Common-cause batches 批处理: many problems of one cause, one study, one answer.
enum BatchEndpoints {
  static let list: [Endpoint] =
    [find, open, show, join, leave, preview] + BatchStep.allCases.map(take)

  private static let summary = Shape<ListBatches.Line>(
    "BatchSummary",
    [
      .init(id: "id") { $0.batch.id },
      .init("version") { $0.batch.version },
      .init("track") { $0.batch.opened.track.rawValue },
      .init("title") { $0.batch.opened.title },
      .init("opened_at") { $0.batch.openedAt },
      .init("answered_at") { $0.batch.answeredAt },
      .init("closed_at") { $0.batch.closedAt },
      .init("problems") { $0.count.all },
      .init("ended") { $0.count.ended },
    ])

  private static let find = Endpoint.list(
    "/batches", "listBatches", .batches, query: [.init("state", .choice(["open", "closed"]))],
    summary
  ) { call in
    let page = try await ListBatches(call.platform)(
      isOpen: call["state"].isEmpty ? nil : call["state"] == "open",
      before: call.cursor { BatchID($0) }, limit: call.limit, for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let open = Endpoint.create(
    "/batches", "openBatch", .batches,
    body: ObjectSchema(
      "OpenBatchRequest",
      [
        .init("track", .line), .init("title", .text(least: 1, most: Problem.maximumTitle)),
        .init("cause", .text(least: 1, most: Problem.maximumText)),
      ]), Shape<BatchID>("BatchOpened", [.init(id: "id") { $0 }])
  ) { call in
    guard let track = Track(rawValue: call.body["track"].text ?? "") else {
      throw APIError(.badRequest, "bad_body", faults: [.init("/track", .format)])
    }
    let id = try await OpenBatch(call.platform)(
      track: track, title: call.body["title"].text ?? "", cause: call.body["cause"].text ?? "",
      by: call.account)
    return Made(id, at: "/batches/\(id)")
  }

  private static let batch = Shape<ShowBatch.Detail>(
    "Batch",
    [
      .init(id: "id") { $0.batch.id },
      .init("version") { $0.batch.version },
      .init("track") { $0.batch.opened.track.rawValue },
      .init("title") { $0.batch.opened.title },
      .init("cause") { $0.batch.opened.cause },
      .init("opened_at") { $0.batch.openedAt },
      .init(choice: "outcome") { $0.batch.answered?.outcome },
      .init("answer") { $0.batch.answered?.answer },
      .init("answered_at") { $0.batch.answeredAt },
      .init("closed_at") { $0.batch.closedAt },
      .init("count") { $0.count.all },
      .init("ended") { $0.count.ended },
      .init("problems", list: ProblemShapes.summary) { $0.problems },
    ])

  private static let show = Endpoint.get(
    "/batches/{id}", "showBatch", .batches, batch
  ) { call in Found(try await ShowBatch(call.platform)(try call.id(), for: call.account)) }

  // MARK: Its problems

  private static let line = Shape<ChangeBatch.Line>(
    "BatchLine",
    [
      .init("number") { $0.number },
      .init("is_done") { $0.reasons.isEmpty },
      .init("reasons") { $0.reasons.map { Choice($0) } },
    ])

  private static let lines = Shape<[ChangeBatch.Line]>(
    "BatchLines", [.init("results", list: line) { $0 }])

  private static func request(_ name: String) -> ObjectSchema {
    ObjectSchema(
      name,
      [
        .init("numbers", .list(.integer(least: 1), least: 1, most: ChangeBatch.limit)),
        .init("text", .text(least: 1, most: Problem.maximumText)),
      ])
  }

  private static func numbers(_ call: Call) -> [Int64] {
    (call.body["numbers"].array ?? []).compactMap(\.int)
  }

  /// By their running numbers, as people quote them.
  private static let join = Endpoint.act(
    "/batches/{id}/memberships", "addToBatch", .batches, body: request("AddToBatchRequest"), lines
  ) { call in
    Found(
      try await ChangeBatch(call.platform).join(
        numbers(call), to: try call.id(), text: call.body["text"].text ?? "", by: call.account))
  }

  private static let leave = Endpoint.act(
    "/batches/{id}/departures", "takeFromBatch", .batches, body: request("TakeFromBatchRequest"),
    lines
  ) { call in
    Found(
      try await ChangeBatch(call.platform).leave(
        numbers(call), from: try call.id(), text: call.body["text"].text ?? "", by: call.account))
  }

  // MARK: A step for all

  private static let result = Shape<ActOnBatch.Result>(
    "BatchResult",
    [
      .init(id: "problem_id") { $0.problem },
      .init("number") { $0.number },
      .init(choice: "state") { $0.state },
      .init("is_done") { $0.reasons.isEmpty },
      .init("reasons") { $0.reasons.map { Choice($0) } },
    ])

  private static let results = Shape<[ActOnBatch.Result]>(
    "BatchResults", [.init("results", list: result) { $0 }])

  /// What a step would do to each; nothing is done.
  private static let preview = Endpoint.list(
    "/batches/{id}/previews/{step}", "previewBatchStep", .batches,
    places: ["step": .choice(BatchStep.allCases.map(\.rawValue))], isPaged: false, result
  ) { call in
    guard let step = BatchStep(rawValue: call.place("step")) else { throw UseCaseError.notFound }
    return Listed(
      try await ActOnBatch(call.platform).preview(
        step.trial, on: try call.id(), by: call.account))
  }

  private static func take(_ step: BatchStep) -> Endpoint {
    .act(
      "/batches/{id}/\(step.resource)", "\(step.rawValue)Batch", .batches,
      body: ObjectSchema(
        "Batch" + step.rawValue.prefix(1).uppercased() + step.rawValue.dropFirst() + "Request",
        step.members), results
    ) { call in
      Found(
        try await ActOnBatch(call.platform)(
          step.asked(call.body), on: try call.id(), by: call.account))
    }
  }
}

extension BatchStep {
  fileprivate var resource: String {
    switch self {
    case .answer: "answer"
    case .verify: "verification"
    case .close: "closure"
    }
  }

  fileprivate var members: [ObjectSchema.Member] {
    let text = ObjectSchema.Member("text", .text(least: 1, most: Problem.maximumText))
    return switch self {
    case .answer:
      [
        .init("outcome", .choice(Outcome.allCases.map(\.rawValue))), text,
        .optional("evidence", .words),
      ]
    case .verify: [.init("passed", .bool), text]
    case .close: [text]
    }
  }

  fileprivate func asked(_ body: JSON) -> ActOnBatch.Step {
    let text = body["text"].text ?? ""
    return switch self {
    case .answer:
      .answer(
        Outcome(rawValue: body["outcome"].text ?? "") ?? .explained, text: text,
        evidence: body["evidence"].text ?? "")
    case .verify: .each(.command(.verify(passed: body["passed"].bool ?? false, text: text)))
    case .close: .close(text: text)
    }
  }
}
