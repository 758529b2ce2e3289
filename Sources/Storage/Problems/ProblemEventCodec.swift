import Domain

/// A problem's events as ledger kinds and payloads, there and back.
package enum ProblemEventCodec {
  package static func kind(of event: ProblemEvent) -> String {
    switch event {
    case .registered: "problem.registered"
    case .accepted: "problem.accepted"
    case .declined: "problem.declined"
    case .judged: "problem.judged"
    case .assigned: "problem.assigned"
    case .acknowledged: "problem.acknowledged"
    case .feedback: "problem.feedback"
    case .claimed: "problem.claimed"
    case .verified: "problem.verified"
    case .verificationFailed: "problem.verification_failed"
    case .returnVisited: "problem.return_visited"
    case .redone: "problem.redone"
    case .closed: "problem.closed"
    }
  }

  static func payload(of event: ProblemEvent) throws -> String {
    switch event {
    case .registered(let payload): try Payload.encode(payload)
    case .declined(let payload): try Payload.encode(payload)
    case .judged(let payload): try Payload.encode(payload)
    case .assigned(let payload), .redone(let payload): try Payload.encode(payload)
    case .feedback(let payload), .verified(let payload), .verificationFailed(let payload):
      try Payload.encode(payload)
    case .claimed(let payload): try Payload.encode(payload)
    case .returnVisited(let payload): try Payload.encode(payload)
    case .accepted, .acknowledged, .closed: "{}"
    }
  }

  /// - Throws: `StorageError.unreadable` for a kind or payload this program does not know.
  package static func decode(kind: String, payload: String) throws -> ProblemEvent {
    switch kind {
    case "problem.registered":
      .registered(try Payload.decode(ProblemEvent.Registered.self, payload))
    case "problem.accepted": .accepted
    case "problem.declined": .declined(try Payload.decode(ProblemEvent.Declined.self, payload))
    case "problem.judged": .judged(try Payload.decode(ProblemEvent.Judged.self, payload))
    case "problem.assigned": .assigned(try Payload.decode(ProblemEvent.Assigned.self, payload))
    case "problem.acknowledged": .acknowledged
    case "problem.feedback": .feedback(try Payload.decode(ProblemEvent.Told.self, payload))
    case "problem.claimed": .claimed(try Payload.decode(ProblemEvent.Claimed.self, payload))
    case "problem.verified": .verified(try Payload.decode(ProblemEvent.Told.self, payload))
    case "problem.verification_failed":
      .verificationFailed(try Payload.decode(ProblemEvent.Told.self, payload))
    case "problem.return_visited":
      .returnVisited(try Payload.decode(ProblemEvent.ReturnVisited.self, payload))
    case "problem.redone": .redone(try Payload.decode(ProblemEvent.Assigned.self, payload))
    case "problem.closed": .closed
    default: throw StorageError.unreadable("ledger kind \(kind)")
    }
  }
}
