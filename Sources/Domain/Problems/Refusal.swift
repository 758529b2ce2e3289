extension Problem {
  /// Why a person may not do something to a problem now. The page shows it beside the disabled
  /// button; the text comes from the catalogue.
  package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
    /// The problem is not in a state where this can happen.
    case wrongState = "wrong_state"
    /// The person's role may not do this.
    case notYourRole = "not_your_role"
    /// Only the office director decides this.
    case directorDecides = "director_decides"
    /// The leg is somebody else's.
    case notYourLeg = "not_your_leg"
    /// No such leg in this round, or it has ended.
    case noSuchLeg = "no_such_leg"
    /// Only the lead handler claims; the others report to it.
    case onlyTheLead = "only_the_lead"
    case leadClaims = "lead_claims"
    case alreadyAcknowledged = "already_acknowledged"
    case notAcknowledged = "not_acknowledged"
    /// An objection is made once, within a working day of acknowledgement.
    case objectionUsed = "objection_used"
    case objectionLate = "objection_late"
    case objectionPending = "objection_pending"
    case noObjection = "no_objection"
    /// One extension a leg, asked for before the due instant.
    case extensionUsed = "extension_used"
    case extensionLate = "extension_late"
    case extensionNotLater = "extension_not_later"
    case extensionTooLong = "extension_too_long"
    case noExtension = "no_extension"
    case suspended
    case notSuspended = "not_suspended"
    case noPlan = "no_plan"
    case planPending = "plan_pending"
    case planOpen = "plan_open"
    case badSteps = "bad_steps"
    case noSuchStep = "no_such_step"
    /// Verification, return visit and look-back need a person who did not act for the handler
    /// (DOMAIN.md 5, closing gate).
    case handlerCannotVerify = "handler_cannot_verify"
    /// Who asked for something in this round does not decide it.
    case handlerCannotDecide = "handler_cannot_decide"
    /// An outcome that a handler cannot claim by itself.
    case outcomeNotClaimable = "outcome_not_claimable"
    /// The asker still has time to rate.
    case evaluationWindowOpen = "evaluation_window_open"
    case alreadyLookedBack = "already_looked_back"
    /// A department's work for a township needs a reason (dispatch guard).
    case pushedDown = "pushed_down"
    /// The place is a handler itself: the second line needs an official.
    case officialNeeded = "official_needed"
    case sameUnitTwice = "same_unit_twice"
    case noHigherTier = "no_higher_tier"
    case unknownTier = "unknown_tier"
    case dayNotAhead = "day_not_ahead"
    case cannotMerge = "cannot_merge"
    case hasParts = "has_parts"
    case inBatch = "in_batch"
    case notInBatch = "not_in_batch"
    /// A required text is empty.
    case textMissing = "text_missing"
    /// The category is not on the track's list.
    case unknownCategory = "unknown_category"
    /// The unit does not exist or is closed.
    case unknownUnit = "unknown_unit"
    case unknownOfficial = "unknown_official"
    case unknownProblem = "unknown_problem"
    /// No open link leads up to a platform of this name.
    case unknownLink = "unknown_link"
    /// The text is longer than `maximumText` characters.
    case textTooLong = "text_too_long"
  }

  /// All reasons at once, so that nobody meets them one after the other.
  package struct Refused: Error, Hashable, Sendable {
    package let reasons: [Refusal]

    package init(_ reasons: [Refusal]) { self.reasons = reasons }
  }

  /// Characters a text field may hold.
  package static let maximumText = 4000
  /// Characters a title may hold.
  package static let maximumTitle = 120
  /// How far ahead a day may lie that somebody names: ten years.
  package static let farthest = 3650
  /// Steps a plan may have.
  package static let maximumSteps = 50
}
