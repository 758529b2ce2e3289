import Domain

/// A problem in one line, the same from the model and from the engine.
enum LoopSnapshot {
  static func of(_ model: LoopModel) -> String {
    var parts = [
      "\(model.state.rawValue)", "round \(model.round)",
      "tier \(model.tier.map { LoopModel.tiers[$0] } ?? "-")",
      "hands \(model.hands.map(\.rawValue).sorted())",
      "rated \(model.rated?.rawValue ?? "-")", "master \(model.master.map(String.init) ?? "-")",
      "parts \(model.parts.sorted())", "sources \(model.sources)", "batch \(model.inBatch)",
      "drafts \(model.accountabilities)",
    ]
    for leg in model.legs {
      var words = ["\(leg.number)", leg.role.rawValue, leg.party.rawValue]
      if leg.acknowledged { words.append("acknowledged") }
      if leg.answered { words.append("answered") }
      if let why = leg.withdrawn { words.append("ended:\(why.rawValue)") }
      if leg.objection != .none { words.append("objection:\(leg.objection.rawValue)") }
      if leg.extending != .none { words.append("extension:\(leg.extending.rawValue)") }
      if leg.suspended { words.append("suspended") }
      switch leg.plan {
      case .none: break
      case .pending(let count): words.append("plan:\(count)")
      case .approved(let count, let done): words.append("plan:\(done.sorted())/\(count)")
      }
      parts.append(words.joined(separator: " "))
    }
    return parts.joined(separator: " | ")
  }

  /// - Parameters:
  ///   - index: of a problem in the test's world.
  ///   - drafts: accountability recommendations that a verdict led to.
  static func of(
    _ problem: Problem, _ desk: LoopDesk, drafts: Int, index: (ProblemID) -> Int?
  ) -> String {
    func person(_ actor: Actor) -> String {
      desk.accounts.first { $0.value.actor == actor }?.key.rawValue ?? "\(actor)"
    }
    func ruling(_ decided: Bool, _ yes: Bool) -> String {
      !decided ? "pending" : yes ? "yes" : "no"
    }
    let round = problem.round
    var parts = [
      "\(problem.state.rawValue)", "round \(problem.rounds.count)",
      "tier \(problem.tier?.code ?? "-")",
      "hands \((round?.handlers ?? []).map(person).sorted())",
      "rated \(round?.rating?.rawValue ?? "-")",
      "master \(problem.master.flatMap(index).map(String.init) ?? "-")",
      "parts \(problem.absorbed.compactMap(index).sorted())", "sources \(problem.sources.count)",
      "batch \(problem.batch != nil)", "drafts \(drafts)",
    ]
    for leg in round?.legs ?? [] {
      var words = [
        "\(leg.number)", leg.role.rawValue, desk.parties[leg.party]?.rawValue ?? "\(leg.party)",
      ]
      if leg.acknowledgedAt != nil { words.append("acknowledged") }
      if leg.answeredAt != nil { words.append("answered") }
      if let why = leg.withdrawal { words.append("ended:\(why.rawValue)") }
      if let objection = leg.objection {
        words.append("objection:" + ruling(objection.ruledAt != nil, objection.upheld))
      }
      if let asked = leg.extended {
        words.append("extension:" + ruling(asked.decidedAt != nil, asked.approved))
      }
      if leg.isSuspended { words.append("suspended") }
      if let plan = leg.plan {
        words.append(
          plan.approvedAt == nil
            ? "plan:\(plan.steps.count)" : "plan:\(plan.done.keys.sorted())/\(plan.steps.count)")
      }
      parts.append(words.joined(separator: " "))
    }
    return parts.joined(separator: " | ")
  }
}
