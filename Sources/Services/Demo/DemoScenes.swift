import Domain
import Storage

/// What happens beside single problems: registers, pairings, timers, orders, samples, visits, batches.
extension DemoStage {
  func play(_ scene: Scene, _ platform: Platform, _ registers: DemoRegisters) async throws {
    switch scene {
    case .registers(let wave): try await takeWave(wave, platform, registers)
    case .villageTrack:
      try await registers.takeOfficials(platform) { $0.track == "联乡帮村" }
      try await DemoPairings(city: city, cast: cast).adopt(.village, .plan, platform)
    case .whiteLists: try await registers.takeWhiteLists(platform)
    case .timers:
      while true {
        let done = try await FireTimers(platform)()
        if let fault = done.faults.first { throw DemoFault(description: fault) }
        if done.isEmpty { break }
      }
    case .orders: try await decideDrafts(platform)
    case .month(let day): try await lookBack(on: day, platform)
    case .visits(let day): try await planVisits(day, platform)
    case .hold(let visit, let official):
      let account = try await cast.official(official, platform)
      try await ActOnVisit(platform)(.hold("走访了生产现场，了解近期困难。"), on: visit, by: account)
    case .register(let number): try await register(number, platform)
    case .deed(let number, let deed): try await perform(deed, number, platform)
    case .lookBack(let number): try await lookAgain(number, platform)
    case .batch(let number, let step): try await act(step, on: number, platform)
    }
  }

  private func takeWave(
    _ wave: Int, _ platform: Platform, _ registers: DemoRegisters
  ) async throws {
    if wave == 0 {
      try await registers.takeUnits(platform)
      try await registers.takeOfficials(platform) { $0.track != "联乡帮村" && !$0.isLater }
    }
    if wave == 2 { try await registers.takeOfficials(platform) { $0.isLater } }
    try await registers.takeEnterprises(platform, wave: wave)
    let pairings = DemoPairings(city: city, cast: cast)
    try await pairings.adopt(.enterprise, wave == 0 ? .plan : .repair, platform)
    charges[.enterprise] = nil
  }

  /// The director issues most recommendations that rules drafted, and drops the others.
  private func decideDrafts(_ platform: Platform) async throws {
    let drafts = try await platform.database.read { try OrderList.drafts(200, in: $0) }
    if drafts.isEmpty { return }
    let director = try await cast.director(platform)
    for draft in drafts {
      if dice.chance(0.7) {
        _ = try await IssueOrder(platform)(draft.id, by: director)
      } else {
        _ = try await DiscardDraft(platform)(draft.id, reason: "已约谈，限期整改", by: director)
      }
    }
  }

  /// Draws the sample of the month that has just ended, of each track.
  private func lookBack(on day: Day, _ platform: Platform) async throws {
    try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
    let office = try await cast.office(2, platform)
    for track in [Track.enterprise, .village] {
      let scope = LookBack.Scope(from: day.adding(months: -1), to: day + -1, track: track)
      let draw = DrawLookBack(platform)
      let share = LookBackShare.percent(city.plan.lookBackPercent)
      let preview = try await draw.preview(scope, share, by: office)
      if preview.refusal != nil { continue }
      let id = try await draw(scope, share, by: office)
      let items = try await platform.database.read { try LookBackRows.items(of: id, in: $0) }
      for item in items {
        guard let number = courses[item.problem] else { continue }
        let at = script.time.moment(onOrAfter: day + dice.whole(2...7), &dice)
        agenda.add(.lookBack(number), at: at)
      }
    }
  }

  private func lookAgain(_ number: Int, _ platform: Platform) async throws {
    guard let id = problems[number] else { return }
    let passed = !dice.chance(0.05)
    let office = try await cast.office(2, platform)
    let text = dice.pick(passed ? words.looked : words.relapsed)
    let problem = try await ActOnProblem(platform)(
      .command(.lookBack(passed: passed, text: text)), on: id, seen: nil, by: office)
    rounds[number] = DeedLines(problem)
    if passed { return }
    // Put right again within two weeks.
    var at = platform.now()
    func then(_ hours: Double, _ deed: Deed) {
      at = script.time.after(at, hours: hours)
      agenda.add(.deed(number, deed), at: at)
    }
    then(1, .acknowledge)
    if problem.track == .village {
      then(1, .feedbackOnLine(words.answers[2]))
      then(2, .answer(words.answers[0]))
    }
    then(9, .claim(.solved, "已重新整改到位。", evidence: words.evidence[0]))
    then(4, .verify(passed: true, words.verified[0]))
    let verified = at
    at = at + 60
    agenda.add(.deed(number, .askRating), at: at)
    at = min(script.time.after(at, hours: 9), OfficeTime.lastRating(verified))
    agenda.add(.deed(number, .rate(.satisfied, "")), at: at)
    then(3, .close)
  }

  private func planVisits(_ day: Day, _ platform: Platform) async throws {
    for _ in 0..<city.plan.visitsAMonth {
      let target = dice.whole(0...(city.plan.enterprises[0].count - 1))
      let on = script.time.moment(onOrAfter: day + dice.whole(2...24), &dice)
      guard let official = try await charge(.enterprise, target, platform) else { continue }
      let account = try await cast.official(official, platform)
      var draft = VisitDraft()
      (draft.day, draft.kind) = (on.day.description, Visit.Kind.service.rawValue)
      draft.purpose = "走访企业，了解困难和需求"
      do {
        let visit = try await PlanVisit(platform)(
          draft, to: enterprise(target, platform), by: account)
        agenda.add(.hold(visit, official), at: on)
      } catch is Visit.Refused {
        // Somebody comes this month already: 无事不扰.
        continue
      }
    }
  }

  private func act(_ step: BatchStep, on number: Int, _ platform: Platform) async throws {
    let batch = script.batches[number]
    // Who answers for the handlers is not who checks.
    let (office, second) = (
      try await cast.office(0, platform), try await cast.office(1, platform)
    )
    let act = ActOnBatch(platform)
    func settle(_ results: [ActOnBatch.Result]) throws {
      if let left = results.first(where: { !$0.reasons.isEmpty }) {
        throw DemoFault(description: "demo batch \(step): \(left.reasons)")
      }
    }
    if step == .open {
      let id = try await OpenBatch(platform)(
        track: .enterprise, title: batch.title, cause: batch.cause, by: office)
      batches[number] = id
      let ids = script.courses.indices.compactMap {
        script.courses[$0].batch == number ? problems[$0] : nil
      }
      let numbers = try await platform.database.read { connection in
        try ids.compactMap {
          try ProblemHistory.load($0, in: connection)?.problem.registration.number
        }
      }
      _ = try await ChangeBatch(platform).join(numbers, to: id, text: "同一成因", by: office)
      return try settle(
        try await act(
          .each(.assign(.init(unit: batch.unit, note: "集中研究，统一答复。"))), on: id, by: office))
    }
    guard let id = batches[number] else { return }
    switch step {
    case .open: break
    case .answer:
      try settle(
        try await act(
          .answer(.solved, text: batch.answer, evidence: batch.evidence), on: id, by: second))
    case .verify:
      try settle(
        try await act(
          .each(.command(.verify(passed: true, text: words.verified[0]))), on: id, by: office))
    case .close:
      try settle(try await act(.close(text: words.visits[0]), on: id, by: office))
    }
  }
}
