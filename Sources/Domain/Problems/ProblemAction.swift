/// The name of a command, for rights, forms and addresses.
package enum ProblemAction: String, Sendable, CaseIterable {
  case accept, decline, judge, assign, acknowledge, feedback, object
  case ruleObjection = "rule_objection"
  case askExtension = "ask_extension"
  case decideExtension = "decide_extension"
  case suspend, resume, plan
  case decidePlan = "decide_plan"
  case completeStep = "complete_step"
  case answer, claim, withdraw, urge
  case proposeAccountability = "propose_accountability"
  case verify, evaluate
  case returnVisit = "return_visit"
  case close
  case lookBack = "look_back"
  case reopen, shelve
  case reviewShelving = "review_shelving"
  case unshelve, escalate, refer
  case answerReferral = "answer_referral"
  case merge, absorb, unmerge, split
  case joinBatch = "join_batch"
  case leaveBatch = "leave_batch"

  /// The states in which it makes sense: the one transition table.
  package var states: Set<ProblemState> { ProblemAction.statesOfEach[self] ?? [] }

  private static let statesOfEach = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.tableOfStates) })

  private var tableOfStates: Set<ProblemState> {
    switch self {
    case .accept: [.registered]
    case .decline: [.registered, .accepted]
    case .judge: [.registered, .accepted, .judged]
    case .assign: [.judged]
    case .acknowledge: [.assigned, .acknowledged, .inProgress]
    case .feedback, .claim, .answer, .object, .ruleObjection, .askExtension, .decideExtension,
      .suspend, .resume, .plan, .decidePlan, .completeStep, .withdraw, .urge,
      .proposeAccountability:
      [.assigned, .acknowledged, .inProgress]
    case .verify: [.claimed]
    case .evaluate, .returnVisit: [.verified]
    case .close: [.evaluated, .returnVisited]
    case .lookBack: [.closed]
    case .reopen: [.closed, .declined]
    case .shelve, .refer, .merge:
      [.registered, .accepted, .judged, .assigned, .acknowledged, .inProgress]
    case .absorb:
      [.registered, .accepted, .judged, .assigned, .acknowledged, .inProgress]
    case .reviewShelving, .unshelve: [.shelved]
    case .escalate: [.registered, .accepted, .judged, .assigned, .acknowledged, .inProgress]
    case .answerReferral: [.referred]
    case .unmerge: [.merged]
    case .split, .joinBatch:
      [.registered, .accepted, .judged, .assigned, .acknowledged, .inProgress]
    case .leaveBatch:
      [.registered, .accepted, .judged, .assigned, .acknowledged, .inProgress, .claimed]
    }
  }

  /// Done on one leg of the round.
  package var isOfLeg: Bool {
    switch self {
    case .acknowledge, .feedback, .object, .ruleObjection, .askExtension, .decideExtension,
      .suspend, .resume, .plan, .decidePlan, .completeStep, .answer, .claim, .withdraw, .urge,
      .proposeAccountability:
      true
    default: false
    }
  }

  /// What whoever answers for a leg does.
  package static let handling: Set<ProblemAction> = [
    .acknowledge, .feedback, .object, .askExtension, .plan, .completeStep, .answer, .claim,
  ]

  /// What the office director alone decides.
  package static let directing: Set<ProblemAction> = [.shelve, .reviewShelving]

  /// Done by the platform or the asker, never from an account.
  package static let notByAccounts: Set<ProblemAction> = [.evaluate, .absorb]

  /// Those that accounts find in a state.
  static func offered(in state: ProblemState) -> [ProblemAction] { offeredIn[state] ?? [] }

  private static let offeredIn = Dictionary(
    uniqueKeysWithValues: ProblemState.allCases.map { state in
      (state, allCases.filter { $0.states.contains(state) && !notByAccounts.contains($0) })
    })

  /// A decision on what a handler asked for.
  var isDecision: Bool {
    self == .ruleObjection || self == .decideExtension || self == .decidePlan
  }

  /// A check of what the handler did, which no handler may make.
  var isCheck: Bool { self == .verify || self == .returnVisit || self == .lookBack }
}

extension ProblemCommand {
  package var action: ProblemAction {
    switch self {
    case .accept: .accept
    case .decline: .decline
    case .judge: .judge
    case .assign: .assign
    case .acknowledge: .acknowledge
    case .feedback: .feedback
    case .object: .object
    case .ruleObjection: .ruleObjection
    case .askExtension: .askExtension
    case .decideExtension: .decideExtension
    case .suspend: .suspend
    case .resume: .resume
    case .plan: .plan
    case .decidePlan: .decidePlan
    case .completeStep: .completeStep
    case .answer: .answer
    case .claim: .claim
    case .withdraw: .withdraw
    case .urge: .urge
    case .proposeAccountability: .proposeAccountability
    case .verify: .verify
    case .evaluate: .evaluate
    case .returnVisit: .returnVisit
    case .close: .close
    case .lookBack: .lookBack
    case .reopen: .reopen
    case .shelve: .shelve
    case .reviewShelving: .reviewShelving
    case .unshelve: .unshelve
    case .escalate: .escalate
    case .refer: .refer
    case .answerReferral: .answerReferral
    case .merge: .merge
    case .absorb: .absorb
    case .unmerge: .unmerge
    case .split: .split
    case .joinBatch: .joinBatch
    case .leaveBatch: .leaveBatch
    }
  }

  /// The leg it names; nil for the lead handler's, and for what is done on none.
  package var leg: Int? {
    switch self {
    case .acknowledge(let leg), .feedback(let leg, _), .object(let leg, _),
      .ruleObjection(let leg, _, _), .askExtension(let leg, _, _),
      .decideExtension(let leg, _, _), .suspend(let leg, _, _), .resume(let leg, _),
      .plan(let leg, _), .decidePlan(let leg, _, _), .completeStep(let leg, _, _),
      .answer(let leg, _), .withdraw(let leg, _), .urge(let leg, _),
      .proposeAccountability(let leg, _):
      leg
    default: nil
    }
  }
}
