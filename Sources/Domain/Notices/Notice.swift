/// What somebody is told in the application of what happened to a problem or an order: a kind and whom it
/// goes to, never a text that somebody wrote.
package struct Notice: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 交办单: yours to handle.
    case assigned
    /// 重办: the check, the asker or a look-back opened the next round.
    case redone
    /// 催办单
    case urged
    /// 问效建议单
    case accountability
    /// An order was taken back.
    case revoked
    /// The office decided on the review of a recommendation.
    case reviewDecided = "review_decided"
    /// A milestone's lamp turned yellow, or what was put off comes up.
    case dueSoon = "due_soon"
    case objectionRuled = "objection_ruled"
    case extensionDecided = "extension_decided"
    case planDecided = "plan_decided"
    /// Dates of yours were moved, or the clock stopped or goes on.
    case redated
    /// It is not yours any more.
    case withdrawn
    /// A handler objects, asks for more time or hands in a plan.
    case asked
    /// The asker adds to what was registered.
    case supplemented
    /// All lines have reported: to be checked.
    case claimed
    /// An order waits for whoever issues it.
    case draftWaiting = "draft_waiting"
    case reviewAsked = "review_asked"
    case registered
    /// It was checked: the asker's word is wanted.
    case evaluationWanted = "evaluation_wanted"
    case closed
    case declined
    /// A problem of yours moved on.
    case moved
    /// 结对: you are in charge from now on, or somebody else is in charge of you.
    case paired
    /// You are not any more.
    case unpaired
    /// Somebody plans to visit the enterprise.
    case visitPlanned = "visit_planned"
    /// The enterprise asks for a visit.
    case visitAsked = "visit_asked"
    /// The enterprise proposes another day, or declines.
    case visitAnswered = "visit_answered"
    /// Somebody comes along.
    case visitJoined = "visit_joined"
    /// It is on another day, together with another, or not at all.
    case visitChanged = "visit_changed"
    /// A webhook of yours was switched off.
    case webhookOff = "webhook_off"

    /// 月讲评: your unit's line can be looked at, and objected to.
    case sheetPreview = "sheet_preview"

    package static let ofVisits: [Kind] = [
      .visitPlanned, .visitAsked, .visitAnswered, .visitJoined, .visitChanged,
    ]
  }

  /// What it is about.
  package enum Subject: Hashable, Sendable {
    case problem(ProblemID)
    case enterprise(EnterpriseID)
    /// A village or township.
    case unit(UnitID)
    case webhook(WebhookID)

    package var problem: ProblemID? { if case .problem(let id) = self { id } else { nil } }
    package var enterprise: EnterpriseID? { if case .enterprise(let id) = self { id } else { nil } }
    package var unit: UnitID? { if case .unit(let id) = self { id } else { nil } }
    package var webhook: WebhookID? { if case .webhook(let id) = self { id } else { nil } }

    /// Tells it from others; ids are unlike whatever they are of.
    var key: String {
      switch self {
      case .problem(let id): id.description
      case .enterprise(let id): id.description
      case .unit(let id): id.description
      case .webhook(let id): id.description
      }
    }
  }

  /// Who is told. Accounts are found by what they are linked to.
  package enum Recipient: Hashable, Sendable {
    /// Who handles for a unit; where it has nobody, for the next above that has.
    case handlers(UnitID)
    case official(OfficialID)
    /// The office nearest to whom the problem concerns.
    case office
    case director
    case enterprise(EnterpriseID)
    /// The clerk of a village or township.
    case village(UnitID)
    /// Whoever registered it.
    case account(AccountID)
  }

  package let kind: Kind
  package let recipients: [Recipient]

  package init(_ kind: Kind, _ recipients: [Recipient]) {
    (self.kind, self.recipients) = (kind, recipients)
  }
}
