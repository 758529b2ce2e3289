import Domain
import HTTPTypes
import Services

/// One thing done to many problems, and many problems registered: each by itself, with what became of it.
enum BulkEndpoints {
  static let list: [Endpoint] =
    BulkDeed.actions.flatMap { [deed($0, isPreview: false), deed($0, isPreview: true)] }
    .compactMap(\.self) + [register]

  // MARK: Deeds

  private enum Outcome: String, Sendable, CaseIterable {
    case done, refused, changed, gone, failed
  }

  private static let result = Shape<BulkResult>(
    "BulkResult",
    [
      .init(id: "problem_id") { $0.pick.problem },
      .init(choice: "outcome") { result -> Outcome in
        switch result.verdict {
        case .done: .done
        case .refused: .refused
        case .changed: .changed
        case .gone: .gone
        case .failed: .failed
        }
      },
      .init("version") { $0.problem?.version },
      .init(choice: "state") { $0.problem?.state },
      .init("reasons") { result -> [Choice<Problem.Refusal>] in
        if case .refused(let reasons) = result.verdict { reasons.map { Choice($0) } } else { [] }
      },
    ])

  private static let results = Shape<[BulkResult]>(
    "BulkResults", [.init("results", list: result) { $0 }])

  private static let picks = ObjectSchema.Member(
    "problems",
    .list(
      .object(
        ObjectSchema("BulkPick", [.init("id", .id), .init("version", .integer(least: 1))])),
      least: 1, most: BulkDeed.most))

  private static func nouns(_ action: ProblemAction) -> (verb: String, noun: String)? {
    switch action {
    case .judge: ("Judge", "judgement")
    case .assign: ("Assign", "assignment")
    case .urge: ("Urge", "urging")
    default: nil
    }
  }

  private static func deed(_ action: ProblemAction, isPreview: Bool) -> Endpoint? {
    guard let (verb, noun) = nouns(action) else { return nil }
    let members = BulkDeed.fields(of: action).map {
      ObjectSchema.Member(
        $0.name, ProblemActionEndpoints.schema($0, of: action), isRequired: $0.isRequired)
    }
    return .act(
      "/bulk-\(noun)\(isPreview ? "-preview" : "")s", (isPreview ? "previewBulk" : "bulk") + verb,
      .problems, body: ObjectSchema("Bulk\(verb)Request", [picks] + members), results
    ) { call in
      guard call.account.may(.act(action)) else { throw UseCaseError.forbidden }
      let body = call.body
      let picks = read(body["problems"])
      let deed: BulkDeed
      switch BulkDeed.read(action, { ProblemActionEndpoints.text(body[$0]) }) {
      case .success(let read): deed = read
      case .failure(let left):
        throw APIError(
          .badRequest, "bad_body", faults: left.fields.map { .init("/\($0)", .missing) })
      }
      if isPreview {
        return Found(
          try await PreviewBulk(call.platform)(deed, on: picks, by: call.account).results)
      }
      return Found(await RunBulk(call.platform)(deed, on: picks, by: call.account))
    }
  }

  private static func read(_ picks: JSON) -> [BulkPick] {
    (picks.array ?? []).compactMap { pick in
      guard let id = pick["id"].text.flatMap({ ProblemID($0) }), let version = pick["version"].int
      else { return nil }
      return BulkPick(id, version: Int(version))
    }
  }

  // MARK: Registering

  private static let fault = Shape<Registration.Fault>(
    "RegistrationFault",
    [.init("field") { $0.field.rawValue }, .init(choice: "code") { $0.code }])

  private enum Registered: String, Sendable, CaseIterable { case registered, refused, failed }

  private static let registered = Shape<RegisterMany.Result>(
    "BulkRegistered",
    [
      .init(choice: "outcome") { result -> Registered in
        switch result {
        case .registered: .registered
        case .refused: .refused
        case .failed: .failed
        }
      },
      .init(id: "id") { result -> ProblemID? in
        if case .registered(let id) = result { id } else { nil }
      },
      .init("faults", list: fault) { result in
        if case .refused(let faults) = result { faults } else { [] }
      },
    ])

  private static let register = Endpoint.act(
    "/bulk-registrations", "bulkRegister", .problems,
    body: ObjectSchema(
      "BulkRegisterRequest",
      [
        .init(
          "problems", .list(.object(ProblemEndpoints.registration), least: 1, most: BulkDeed.most))
      ]),
    Shape<[RegisterMany.Result]>(
      "BulkRegisteredResults", [.init("results", list: registered) { $0 }])
  ) { call in
    let registrations = (call.body["problems"].array ?? []).map(ProblemEndpoints.registration)
    return Found(try await RegisterMany(call.platform)(registrations, by: call.account))
  }
}
