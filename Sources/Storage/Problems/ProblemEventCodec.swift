import Domain

/// A problem's events as ledger kinds and payloads, there and back.
package enum ProblemEventCodec {
  /// How one case is named and read.
  private struct Form: Sendable {
    let read: @Sendable (String) throws -> ProblemEvent

    static func plain(_ event: ProblemEvent) -> Form { Form { _ in event } }
    static func of<T: Decodable & SendableMetatype>(_ make: @escaping @Sendable (T) -> ProblemEvent)
      -> Form
    {
      Form { make(try Payload.decode(T.self, $0)) }
    }
  }

  private static let forms: [String: Form] = [
    "registered": .of { .registered($0) }, "taken_over": .of { .takenOver($0) },
    "accepted": .plain(.accepted), "declined": .of { .declined($0) },
    "judged": .of { .judged($0) }, "assigned": .of { .assigned($0) },
    "acknowledged": .of { .acknowledged($0) }, "feedback": .of { .feedback($0) },
    "objected": .of { .objected($0) }, "objection_ruled": .of { .objectionRuled($0) },
    "extension_asked": .of { .extensionAsked($0) },
    "extension_decided": .of { .extensionDecided($0) }, "suspended": .of { .suspended($0) },
    "resumed": .of { .resumed($0) }, "planned": .of { .planned($0) },
    "plan_decided": .of { .planDecided($0) }, "step_done": .of { .stepDone($0) },
    "answered": .of { .answered($0) }, "claimed": .of { .claimed($0) },
    "leg_withdrawn": .of { .legWithdrawn($0) }, "verified": .of { .verified($0) },
    "verification_failed": .of { .verificationFailed($0) }, "evaluated": .of { .evaluated($0) },
    "return_visited": .of { .returnVisited($0) }, "redone": .of { .redone($0) },
    "evaluation_link_issued": .of { .evaluationLinkIssued($0) },
    "closed": .plain(.closed), "looked_back": .of { .lookedBack($0) },
    "reopened": .of { .reopened($0) }, "shelved": .of { .shelved($0) },
    "shelving_reviewed": .of { .shelvingReviewed($0) }, "unshelved": .of { .unshelved($0) },
    "escalated": .of { .escalated($0) }, "referred": .of { .referred($0) },
    "referral_answered": .of { .referralAnswered($0) }, "merged": .of { .merged($0) },
    "absorbed": .of { .absorbed($0) }, "unmerged": .of { .unmerged($0) },
    "released": .of { .released($0) }, "master_closed": .of { .masterClosed($0) },
    "split": .of { .split($0) }, "batched": .of { .batched($0) },
    "unbatched": .of { .unbatched($0) }, "reminded": .of { .reminded($0) },
    "urging_drafted": .of { .urgingDrafted($0) }, "urged": .of { .urged($0) },
    "accountability_drafted": .of { .accountabilityDrafted($0) },
    "supplemented": .of { .supplemented($0) }, "redated": .of { .redated($0) },
  ]

  /// The kinds there are, without their sort.
  package static var kinds: [String] { forms.keys.sorted() }

  package static func kind(of event: ProblemEvent) -> String { "problem." + parts(event).name }

  package static func payload(of event: ProblemEvent) throws -> String {
    try parts(event).payload.map { try Payload.encode($0) } ?? "{}"
  }

  /// - Throws: `StorageError.unreadable` for a kind or payload this program does not know.
  package static func decode(kind: String, payload: String) throws -> ProblemEvent {
    guard kind.hasPrefix("problem."), let form = forms[String(kind.dropFirst(8))] else {
      throw StorageError.unreadable("ledger kind \(kind)")
    }
    return try form.read(payload)
  }

  private static func parts(
    _ event: ProblemEvent
  ) -> (name: String, payload: (any Encodable)?) {
    switch event {
    case .registered(let payload): ("registered", payload)
    case .takenOver(let payload): ("taken_over", payload)
    case .accepted: ("accepted", nil)
    case .declined(let payload): ("declined", payload)
    case .judged(let payload): ("judged", payload)
    case .assigned(let payload): ("assigned", payload)
    case .acknowledged(let payload): ("acknowledged", payload)
    case .feedback(let payload): ("feedback", payload)
    case .objected(let payload): ("objected", payload)
    case .objectionRuled(let payload): ("objection_ruled", payload)
    case .extensionAsked(let payload): ("extension_asked", payload)
    case .extensionDecided(let payload): ("extension_decided", payload)
    case .suspended(let payload): ("suspended", payload)
    case .resumed(let payload): ("resumed", payload)
    case .planned(let payload): ("planned", payload)
    case .planDecided(let payload): ("plan_decided", payload)
    case .stepDone(let payload): ("step_done", payload)
    case .answered(let payload): ("answered", payload)
    case .claimed(let payload): ("claimed", payload)
    case .legWithdrawn(let payload): ("leg_withdrawn", payload)
    case .verified(let payload): ("verified", payload)
    case .verificationFailed(let payload): ("verification_failed", payload)
    case .evaluationLinkIssued(let payload): ("evaluation_link_issued", payload)
    case .evaluated(let payload): ("evaluated", payload)
    case .returnVisited(let payload): ("return_visited", payload)
    case .redone(let payload): ("redone", payload)
    case .closed: ("closed", nil)
    case .lookedBack(let payload): ("looked_back", payload)
    case .reopened(let payload): ("reopened", payload)
    case .shelved(let payload): ("shelved", payload)
    case .shelvingReviewed(let payload): ("shelving_reviewed", payload)
    case .unshelved(let payload): ("unshelved", payload)
    case .escalated(let payload): ("escalated", payload)
    case .referred(let payload): ("referred", payload)
    case .referralAnswered(let payload): ("referral_answered", payload)
    case .merged(let payload): ("merged", payload)
    case .absorbed(let payload): ("absorbed", payload)
    case .unmerged(let payload): ("unmerged", payload)
    case .released(let payload): ("released", payload)
    case .masterClosed(let payload): ("master_closed", payload)
    case .split(let payload): ("split", payload)
    case .batched(let payload): ("batched", payload)
    case .unbatched(let payload): ("unbatched", payload)
    case .reminded(let payload): ("reminded", payload)
    case .urgingDrafted(let payload): ("urging_drafted", payload)
    case .urged(let payload): ("urged", payload)
    case .accountabilityDrafted(let payload): ("accountability_drafted", payload)
    case .redated(let payload): ("redated", payload)
    case .supplemented(let payload): ("supplemented", payload)
    }
  }
}
