/// What a person may ask of a problem. A command becomes events or is refused with reasons.
package enum ProblemCommand: Sendable {
  case accept
  /// `instead`: the legal way to go.
  case decline(reason: String, instead: String)
  /// `tier`: a code of the procedure, empty for the one it has.
  case judge(category: String, difficulty: Difficulty, tier: String, note: String)
  case assign(Assignment)
  case acknowledge(leg: Int?)
  case feedback(leg: Int?, text: String)
  case object(leg: Int?, text: String)
  case ruleObjection(leg: Int?, upheld: Bool, text: String)
  case askExtension(leg: Int?, until: Day, text: String)
  case decideExtension(leg: Int?, approved: Bool, text: String)
  case suspend(leg: Int?, text: String, basis: String)
  case resume(leg: Int?, text: String)
  case plan(leg: Int?, steps: [ProblemEvent.Planned.Step])
  case decidePlan(leg: Int?, approved: Bool, text: String)
  case completeStep(leg: Int?, step: Int, text: String)
  case answer(leg: Int?, text: String)
  case claim(outcome: Outcome, result: String, evidence: String)
  case withdraw(leg: Int?, text: String)
  case urge(leg: Int?, text: String)
  case proposeAccountability(leg: Int?, text: String)
  case verify(passed: Bool, text: String)
  case evaluate(rating: Rating, text: String)
  /// `rating` is nil where the asker gave none.
  case returnVisit(rating: Rating?, text: String)
  case close
  case lookBack(passed: Bool, text: String)
  case reopen(text: String)
  case shelve(ShelvingReason, text: String, reviewOn: Day)
  case reviewShelving(ShelvingReason, text: String, reviewOn: Day)
  case unshelve(text: String)
  case escalate(reason: String, tried: String)
  case refer(Lane, to: String, text: String)
  case answerReferral(text: String)
  case merge(into: MergePartner, text: String)
  case absorb(MergePartner)
  case unmerge(text: String)
  case split(ProblemID, number: Int64, text: String)
  case joinBatch(BatchID, text: String)
  case leaveBatch(text: String)

  /// Who is to do it, from when on.
  package struct Assignment: Sendable {
    package var lead: Charge
    package var coHandlers: [Charge]
    /// The line of the official in charge, on a double procedure; the place itself where none is named.
    package var official: OfficialID?
    package var note: String
    /// Why a department's work goes to a township.
    package var pushedDown: String

    package init(
      lead: Charge, coHandlers: [Charge] = [], official: OfficialID? = nil, note: String,
      pushedDown: String = ""
    ) {
      self.lead = lead
      self.coHandlers = coHandlers
      self.official = official
      self.note = note
      self.pushedDown = pushedDown
    }
  }

  /// A unit that is charged with something.
  package struct Charge: Sendable {
    package let unit: UnitID
    package let isTownship: Bool

    package init(unit: UnitID, isTownship: Bool) {
      (self.unit, self.isTownship) = (unit, isTownship)
    }
  }

  /// What has to be known of the other problem of a merger.
  package struct MergePartner: Sendable {
    package let id: ProblemID
    package let number: Int64
    package let track: Track
    package let state: ProblemState
    package let sources: [ProblemEvent.Source]

    package init(_ problem: Problem) {
      id = problem.id
      number = problem.registration.number
      track = problem.track
      state = problem.state
      sources = problem.sources
    }
  }
}
