extension ClockRun {
  /// How the due date came about, in order: made when somebody asks.
  package var steps: [ClockStep] {
    let due = due
    var steps: [ClockStep] = []
    if isInHours {
      steps.append(.runs(from: start))
      steps += suspendedTimes(before: due.map { spent($0.run.total) })
    } else {
      steps.append(.startNotCounted(Day(number: startDay)))
      if case .months = budget {
        let (from, to) = (Day(number: startDay), Day(number: startDay + Int(total)))
        steps.append(.monthEnds(to, isClamped: from.components.day != to.components.day))
      }
      steps += countSteps(through: lastDay(due))
    }
    if let due {
      steps += ending(due)
    } else if let open = suspended.openBegan {
      steps.append(.stopped(since: open))
    }
    return steps + provisionalYears.map { .provisional(year: $0) }
  }

  private func ending(_ due: DueDate) -> [ClockStep] {
    var steps: [ClockStep] = isInHours ? [] : [.counted(due.nominal)]
    if due.day > due.nominal {
      if isInHours { steps.append(.countedTo(Instant(milliseconds: spent(total)))) }
      steps += (due.nominal.number..<due.day.number).compactMap { number in
        let day = Day(number: number)
        return calendar.rest(on: day).map { .rest(day, $0) }
      }
      if let name = calendar.makeUp(on: due.day) { steps.append(.makeUpDay(due.day, name)) }
      steps.append(.rolledOver(to: due.day))
    }
    steps.append(.ends(due.instant))
    return steps
  }

  private func suspendedTimes(before end: Int64?) -> [ClockStep] {
    suspended.spans.filter { $0.upperBound > start.milliseconds && $0.lowerBound < end ?? .max }
      .map {
        .suspendedTime(
          from: Instant(milliseconds: $0.lowerBound), until: Instant(milliseconds: $0.upperBound))
      }
  }

  private func countSteps(through last: Int) -> [ClockStep] {
    var steps = partlySuspended(through: last).map {
      (day: $0, step: ClockStep.partlySuspended($0))
    }
    var suspendedFrom: (first: Day, last: Day)?
    func endSuspended() {
      guard let run = suspendedFrom else { return }
      steps.append((run.first, .suspended(from: run.first, through: run.last)))
      suspendedFrom = nil
    }
    eachDay(through: last) { day, rest, isSuspended in
      if isSuspended, rest == nil {
        if let run = suspendedFrom, run.last + 1 != day { endSuspended() }
        suspendedFrom = (suspendedFrom?.first ?? day, day)
        return
      }
      endSuspended()
      if let rest {
        steps.append((day, .rest(day, rest)))
      } else if let name = calendar.makeUp(on: day) {
        steps.append((day, .makeUpDay(day, name)))
      }
    }
    endSuspended()
    return steps.sorted { $0.day < $1.day }.map(\.step)
  }

  /// Days with an end of a suspension in them that count all the same.
  private func partlySuspended(through last: Int) -> [Day] {
    var ends = suspended.spans.flatMap { span in
      let whole = SuspendedTime.days(span)
      let touched = [span.lowerBound, span.upperBound - 1].map {
        Instant(milliseconds: $0).day.number
      }
      return Set(touched).filter { !whole.contains($0) }
    }
    if let open = suspended.openFrom, open.day.number < suspended.openDay! {
      ends.append(open.day.number)
    }
    return Set(ends).filter { number in
      number > startDay && number <= last
        && (!countsWorkingDays || calendar.isWorkingDay(Day(number: number)))
    }.sorted().map { Day(number: $0) }
  }

  private var provisionalYears: [Int] {
    guard let days = provisionalDays, calendar.isProvisional(days) else { return [] }
    return (Day(number: days.lowerBound).year...Day(number: days.upperBound).year).filter { year in
      guard let first = Day(year: year, month: 1, day: 1) else { return false }
      let next = first.adding(months: 12).number
      return calendar.isProvisional(days.clamped(to: first.number...next - 1))
    }
  }
}
