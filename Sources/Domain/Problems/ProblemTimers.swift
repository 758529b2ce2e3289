extension Problem {
  /// A rung that will be climbed when its time comes, unless its cause ends before.
  package struct Timer: Hashable, Sendable {
    package struct Key: Hashable, Sendable {
      package let rung: String
      /// 0 for the problem itself.
      package let leg: Int
      package let milestone: MilestoneKind?
      package let step: Int

      package init(rung: String, leg: Int, milestone: MilestoneKind?, step: Int) {
        (self.rung, self.leg, self.milestone, self.step) = (rung, leg, milestone, step)
      }
    }
    package let key: Key
    package let at: Instant
  }

  /// Every timer its state asks for: what is not among them must not be there, and the other way
  /// round. In working hours only.
  package func timers(_ procedure: Procedure, _ calendar: WorkingCalendar) -> [Timer] {
    if state.isEnded { return [] }
    var timers: [Timer] = []
    for rung in procedure.ladder where rung.on.isTimed {
      let watch = LadderWatch(rung: rung, procedure: procedure, calendar: calendar)
      if state.isRunning {
        for leg in round?.legs ?? [] { watch.leg(leg, &timers) }
      }
      watch.problem(self, &timers)
    }
    return timers
  }

  /// What the platform does when a timer fires: the events, or none where its cause has ended.
  package func climb(_ key: Timer.Key, in surroundings: Surroundings) -> [ProblemEvent] {
    let asked = timers(surroundings.procedure, surroundings.calendar)
    guard asked.contains(where: { $0.key == key && $0.at <= surroundings.now }),
      let rung = surroundings.procedure.ladder.first(where: { $0.code == key.rung })
    else { return [] }
    let step = key.step == 0 ? nil : key.step
    let dues = key.leg == 0 ? registrationDue : leg(key.leg)?.due ?? []
    let climbed = ProblemEvent.Climbed(
      rung: rung.code, on: rung.on, leg: key.leg == 0 ? nil : key.leg, milestone: key.milestone,
      step: step, due: dues.first { $0.milestone == key.milestone && $0.step == step }?.day)
    switch rung.act {
    case .remind: return [.reminded(climbed)]
    case .urge: return [rung.issue == .approval ? .urgingDrafted(climbed) : .urged(climbed)]
    case .accountability: return [.accountabilityDrafted(climbed)]
    }
  }
}

/// One rung of the ladder over the milestones it watches.
private struct LadderWatch {
  let rung: Rung
  let procedure: Procedure
  let calendar: WorkingCalendar

  func leg(_ leg: Leg, _ timers: inout [Problem.Timer]) {
    // What was taken over has the dates of its records and no rule: nobody is urged for years past.
    if leg.rule.isEmpty { return }
    for due in leg.openDue where rung.milestones?.contains(due.milestone) ?? true {
      let climb = Leg.Climb(
        rung: rung.code, on: rung.on, milestone: due.milestone, step: due.step, due: due.day)
      if leg.climbed[climb] != nil { continue }
      guard let at = instant(for: due, of: leg) else { continue }
      timers.append(timer(leg.number, due.milestone, due.step, at))
    }
  }

  private func instant(for due: ProblemEvent.Due, of leg: Leg) -> Instant? {
    switch rung.on {
    case .yellow:
      let at = procedure.hours.next(from: due.yellow, calendar)
      // A reminder after the due instant is none.
      return at < due.instant ? at : nil
    case .missed: return after(lastDay(before: due.instant))
    case .urged:
      // One recommendation a leg; under an approved extension only for the extended day itself.
      if leg.climbed.keys.contains(where: { $0.rung == rung.code }) { return nil }
      if leg.extended?.approved == true, !due.milestone.isFinal, due.milestone != .planStep {
        return nil
      }
      let urged = leg.urgings.filter { $0.key.isFor(due) }
      // Urged by hand before it was missed: the wait begins when it is.
      return urged.values.min().flatMap { after(max($0.day, lastDay(before: due.instant))) }
    default: return nil
    }
  }

  func problem(_ problem: Problem, _ timers: inout [Problem.Timer]) {
    func add(_ due: ProblemEvent.Due?, _ at: Instant?) {
      let climb = Leg.Climb(
        rung: rung.code, on: rung.on, milestone: due?.milestone, step: nil, due: due?.day)
      guard let at, problem.climbed[climb] == nil else { return }
      timers.append(timer(0, due?.milestone, nil, at))
    }
    switch rung.on {
    case .tierOver where problem.isBeforeCheck:
      add(nil, problem.tier?.due.flatMap { after(lastDay(before: $0)) })
    case .reviewDue where problem.state == .shelved:
      add(nil, problem.shelving.map { procedure.hours.opening(onOrAfter: $0.reviewOn, calendar) })
    case .yellow where problem.isBeforeCheck:
      // The problem's own milestones are the office's: it is reminded, nobody is urged.
      for due in problem.registrationDue where problem.met(due) == nil {
        let at = procedure.hours.next(from: due.yellow, calendar)
        add(due, at < due.instant ? at : nil)
      }
    default: break
    }
  }

  private func timer(
    _ leg: Int, _ milestone: MilestoneKind?, _ step: Int?, _ at: Instant
  ) -> Problem.Timer {
    .init(
      key: .init(rung: rung.code, leg: leg, milestone: milestone, step: step ?? 0), at: at)
  }

  /// The day that ends with an instant.
  private func lastDay(before instant: Instant) -> Day {
    Instant(milliseconds: instant.milliseconds - 1).day
  }

  /// The opening of the last day of the rung's wait.
  private func after(_ day: Day) -> Instant? {
    let last = rung.wait.map {
      DueDate(start: day, budget: $0, rollOver: false, calendar: calendar).day
    }
    return procedure.hours.opening(onOrAfter: last ?? day, calendar)
  }
}

extension Problem {
  /// Not yet with those who check it.
  var isBeforeCheck: Bool {
    switch state {
    case .registered, .accepted, .judged, .assigned, .acknowledged, .inProgress: true
    default: false
    }
  }
}
