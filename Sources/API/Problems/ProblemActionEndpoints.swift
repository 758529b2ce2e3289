import Domain
import HTTPTypes
import Services

extension ProblemAction {
  /// What a deed makes, as the address has it: a closure, a verification.
  var resource: String {
    switch self {
    case .accept: "acceptance"
    case .decline: "refusal"
    case .judge: "judgement"
    case .assign: "assignment"
    case .acknowledge: "acknowledgement"
    case .feedback: "feedback"
    case .object: "objection"
    case .ruleObjection: "objection-ruling"
    case .askExtension: "extension-request"
    case .decideExtension: "extension-decision"
    case .suspend: "suspension"
    case .resume: "resumption"
    case .plan: "plan"
    case .decidePlan: "plan-decision"
    case .completeStep: "step-completion"
    case .answer: "answer"
    case .claim: "claim"
    case .withdraw: "withdrawal"
    case .urge: "urging"
    case .proposeAccountability: "accountability-proposal"
    case .verify: "verification"
    case .evaluate: "evaluation"
    case .returnVisit: "return-visit"
    case .close: "closure"
    case .lookBack: "look-back"
    case .reopen: "reopening"
    case .shelve: "shelving"
    case .reviewShelving: "shelving-review"
    case .unshelve: "unshelving"
    case .escalate: "escalation"
    case .refer: "referral"
    case .answerReferral: "referral-answer"
    case .merge: "merger"
    case .absorb: "absorption"
    case .unmerge: "separation"
    case .split: "part"
    case .joinBatch: "batch-membership"
    case .leaveBatch: "batch-withdrawal"
    }
  }

  /// `rule_objection` as an operation is called: `ruleObjectionOfProblem`.
  var operation: String { camel + "Problem" }

  fileprivate var camel: String {
    let words = rawValue.split(separator: "_")
    return words[0]
      + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

/// Every deed of the loop is a resource of its problem.
enum ProblemActionEndpoints {
  static let list = ProblemAction.allCases.filter(\.hasForm).map(endpoint)

  private static func endpoint(_ action: ProblemAction) -> Endpoint {
    let members = members(of: action)
    let name = action.camel.prefix(1).uppercased() + action.camel.dropFirst() + "Request"
    let body = members.isEmpty ? nil : ObjectSchema(name, members)
    return .act(
      "/problems/{id}/\(action.resource)", action.operation, .problems, body: body,
      ProblemShapes.standing, versions: .checked
    ) { call in
      let id: ProblemID = try call.id()
      guard call.account.may(.act(action)) else { throw UseCaseError.refused([.notYourRole]) }
      let problem = try await ActOnProblem(call.platform)(
        try request(action, call.body), on: id, seen: try call.seenVersion(), by: call.account)
      return Found(problem, version: problem.version)
    }
  }

  // MARK: What it takes

  private static func members(of action: ProblemAction) -> [ObjectSchema.Member] {
    let own = action.fields.map { field in
      ObjectSchema.Member(field.name, schema(field, of: action), isRequired: field.isRequired)
    }
    return own + (action.isOfLeg ? [.optional("leg", .integer(least: 1, most: 1000))] : [])
  }

  static func schema(_ field: ActionField, of action: ProblemAction) -> Schema {
    switch (action, field.name) {
    case (.plan, "steps"):
      return .list(
        .object(
          ObjectSchema(
            "PlanStep", [.init("text", .line), .init("owner", .line), .init("due", .day)])),
        least: 1, most: Problem.maximumSteps)
    case (_, "co_handlers"): return .list(.line, most: 20)
    case (_, "official"), (.joinBatch, "batch"): return .id
    case (_, "yes"): return .bool
    case (_, "difficulty"): return .choice(Difficulty.allCases.map(\.rawValue))
    case (_, "outcome"): return .choice(Outcome.allCases.map(\.rawValue))
    case (_, "rating"): return .choice(Rating.allCases.map(\.rawValue) + [ActionReader.noRating])
    case (_, "why"): return .choice(ShelvingReason.allCases.map(\.rawValue))
    case (_, "lane"): return .choice(Lane.allCases.map(\.rawValue))
    default: break
    }
    return switch field.kind {
    case .date: .day
    case .number: .integer(least: 1)
    case .text: .text(least: field.isRequired ? 1 : 0, most: Problem.maximumText)
    case .line, .unit, .select, .radio: .text(least: field.isRequired ? 1 : 0, most: 400)
    }
  }

  // MARK: Reading it

  static func request(_ action: ProblemAction, _ body: JSON) throws -> ActOnProblem.Request {
    let leg = body["leg"].int.map { Int($0) }
    if action == .plan { return .command(.plan(leg: leg, steps: steps(body["steps"]))) }
    var reader = ActionReader(action) { text(body[$0]) }
    reader.official = body["official"].text.flatMap { OfficialID($0) }
    guard let request = reader.request() else {
      throw APIError(
        .badRequest, "bad_body", faults: reader.faults.map { .init("/\($0)", .format) })
    }
    return request
  }

  /// As a form would have it.
  static func text(_ value: JSON) -> String {
    switch value {
    case .text(let text): text
    case .int(let number): String(number)
    case .number: value.int.map { String($0) } ?? ""
    case .bool(let isSo): isSo ? "yes" : "no"
    case .array(let items): items.compactMap(\.text).joined(separator: "\n")
    case .object, .null: ""
    }
  }

  private static func steps(_ value: JSON) -> [ProblemEvent.Planned.Step] {
    (value.array ?? []).map {
      .init(
        text: $0["text"].text ?? "", owner: $0["owner"].text ?? "",
        due: $0["due"].text.flatMap { Day($0) } ?? Day(number: 0))
    }
  }
}
