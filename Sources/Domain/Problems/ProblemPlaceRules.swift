/// What commands lead to that decide where a problem belongs.
extension Problem {
  func decideOnPlace(
    _ command: ProblemCommand, _ texts: inout Texts, _ reasons: inout [Refusal],
    _ surroundings: Surroundings
  ) -> [ProblemEvent] {
    func shelved(_ reason: ShelvingReason, _ words: String, _ day: Day) -> ProblemEvent.Shelved {
      if !(1...Problem.farthest).contains(day - surroundings.now.day) {
        reasons.append(.dayNotAhead)
      }
      return .init(reason: reason, text: texts.required(words), reviewOn: day)
    }
    switch command {
    case .shelve(let reason, let words, let day): return [.shelved(shelved(reason, words, day))]
    case .reviewShelving(let reason, let words, let day):
      return [.shelvingReviewed(shelved(reason, words, day))]
    case .unshelve(let words): return [.unshelved(.init(text: texts.required(words)))]
    case .escalate(let reason, let tried):
      let tier = surroundings.procedure.tier(above: tier?.code)?.code ?? ""
      return [
        .escalated(
          .init(
            tier: tier, tierDue: tierDue(tier, surroundings), reason: texts.required(reason),
            tried: texts.required(tried)))
      ]
    case .refer(let lane, let to, let words):
      return [
        .referred(.init(lane: lane, to: texts.required(to), text: texts.required(words)))
      ]
    case .answerReferral(let words):
      return [.referralAnswered(.init(text: texts.required(words)))]
    case .merge(let partner, let words):
      // Into one that is open itself, of the same track, and no chain of masters.
      let fits =
        partner.id != id && partner.track == track
        && ProblemAction.absorb.states.contains(partner.state)
      if !fits { reasons.append(.cannotMerge) }
      return [
        .merged(
          .init(
            problem: partner.id, number: partner.number, text: texts.required(words), sources: []))
      ]
    case .absorb(let partner):
      return [
        .absorbed(
          .init(problem: partner.id, number: partner.number, text: "", sources: partner.sources))
      ]
    case .unmerge(let words): return [.unmerged(.init(text: texts.required(words)))]
    case .split(let part, let number, let words):
      return [
        .split(.init(problem: part, number: number, text: texts.required(words), sources: []))
      ]
    case .joinBatch(let batch, let words):
      return [.batched(.init(batch: batch, text: texts.optional(words)))]
    case .leaveBatch(let words): return [.unbatched(.init(text: texts.required(words)))]
    default: return []
    }
  }
}
