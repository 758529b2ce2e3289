import Domain
import Storage

/// Writes an official's week or month from what the ledger has of them: what they registered and did, and
/// what comes next. No scores, no ranking, no counts of time (DOMAIN.md 6).
struct ComposeOfficialReport: Sendable {
  let platform: Platform
  let address: ReportAddress
  let official: OfficialID
  let asOf: Instant
  let knownOn: Instant
  /// The accounts whose deeds count; nil for those of the official now.
  let actors: [Actor]?

  private struct Step {
    let problem: Problem
    let step: ProblemHistory.Step
  }

  /// As of when a report is handed in: a moment ago, when nobody is still writing entries, or right after
  /// what the official did since.
  static func known(
    of official: OfficialID, at now: Instant, settled: Instant, _ period: ReportPeriod,
    in connection: any Connection
  ) throws -> Instant {
    let actors = try OfficialDeedRows.actors(of: official, in: connection)
    let problems = try OfficialDeedRows.problems(
      of: official, actors, since: settled, in: connection
    )
    .compactMap { try ProblemHistory.load($0, in: connection) }
    let visits = try OfficialDeedRows.visits(of: official, around: period.days, in: connection)
    let own =
      problems.flatMap(\.steps).filter { actors.contains($0.actor) }.map(\.at)
      + visits.compactMap { $0.lastChange(by: actors) }
    guard let last = own.filter({ $0 <= now }).max(), last >= settled else { return settled }
    return Instant(milliseconds: last.milliseconds + 1)
  }

  func callAsFunction(in connection: any Connection) throws -> ReportContent {
    guard let kind = platform.reports[address.kind] else { throw UseCaseError.notFound }
    let actors = try self.actors ?? OfficialDeedRows.actors(of: official, in: connection)
    let histories = try OfficialDeedRows.problems(
      of: official, actors, since: Instant(startOf: address.period.first), in: connection
    ).compactMap { try ProblemHistory.load($0, in: connection) }
    let visits = try OfficialDeedRows.visits(
      of: official, around: address.period.days, in: connection)
    let sections = try kind.sections(for: .official).map { section in
      ReportContent.Section(
        section,
        list: try section.deeds.map {
          try list($0, histories, visits, Set(actors), in: connection)
        })
    }
    return ReportContent(
      address, face: .official, title: kind.words, name: nil, asOf: asOf, knownOn: knownOn,
      layout: platform.reports.version, definitions: platform.definitions, actors: actors,
      sections: sections)
  }

  private func list(
    _ deeds: ReportLayout.Deeds, _ histories: [ProblemHistory],
    _ visits: [OfficialDeedRows.Visited], _ actors: Set<Actor>, in connection: any Connection
  ) throws -> ReportContent.List {
    let columns: [ReportLayout.Column]
    var lines: [ReportContent.Line]
    switch deeds {
    case .registered:
      columns = [.day]
      lines = told(histories) { $0.step.event.isRegistration && actors.contains($0.step.actor) }
    case .lines:
      columns = [.day, .deed]
      lines =
        told(histories) {
          !$0.step.event.isRegistration && actors.contains($0.step.actor)
        }.byDay
    case .closed:
      columns = [.day, .outcome]
      lines = told(histories) { if case .closed = $0.step.event { true } else { false } }
    case .visits:
      columns = [.day]
      lines = try held(visits, in: connection)
    case .coming:
      columns = [.milestone, .due, .lamp]
      lines = try histories.flatMap(due) + planned(visits, in: connection)
    }
    return ReportContent.List(
      columns: columns, count: lines.count, lines: Array(lines.prefix(platform.reports.lines)))
  }

  /// What happened in the period, in its order.
  private func told(
    _ histories: [ProblemHistory], where fits: (Step) -> Bool
  ) -> [ReportContent.Line] {
    let start = Instant(startOf: address.period.first)
    let steps = histories.flatMap { history in
      history.steps.filter { $0.at >= start && $0.at < asOf }
        .map { Step(problem: history.problem(asOf: asOf), step: $0) }.filter(fits)
    }
    return steps.sorted { ($0.step.at, $0.problem.id.value) < ($1.step.at, $1.problem.id.value) }
      .map { told in
        var line = line(told.problem)
        line.day = told.step.at.day
        line.deeds = [ProblemHistory.name(of: told.step.event)]
        return line
      }
  }

  private func line(_ problem: Problem) -> ReportContent.Line {
    ReportContent.Line(problem, round: problem.rounds.count, asOf: asOf, member: nil)
  }

  /// Everything open on the official's lines that is due until the end of the next period.
  private func due(_ history: ProblemHistory) -> [ReportContent.Line] {
    let problem = history.problem(asOf: asOf)
    guard problem.state.isRunning, let round = problem.round else { return [] }
    return round.legs.filter { $0.party == .official(official) }.flatMap(\.openDue)
      .filter { $0.instant <= address.period.next.end }
      .map { due in
        var line = line(problem)
        (line.milestone, line.due) = (due.milestone, due.instant)
        line.lamp = Lamp.of(yellow: due.yellow, due: due.instant, now: asOf)
        return line
      }
  }

  /// On days of the period; what came of one may be written down afterwards.
  private func held(
    _ visits: [OfficialDeedRows.Visited], in connection: any Connection
  ) throws -> [ReportContent.Line] {
    let standing = visits.compactMap { visit in
      visit.standing(at: knownOn).map { (visit.id, $0) }
    }.filter {
      $0.1.status == .held && $0.1.official == official && $0.1.day >= address.period.first
        && $0.1.day <= address.period.last
    }
    return try lines(standing, in: connection) { $0.answer ?? $0.purpose }
  }

  private func planned(
    _ visits: [OfficialDeedRows.Visited], in connection: any Connection
  ) throws -> [ReportContent.Line] {
    let standing = visits.compactMap { visit in
      visit.standing(at: asOf).map { (visit.id, $0) }
    }.filter {
      $0.1.status == .planned && $0.1.official == official && Instant(startOf: $0.1.day + 1) > asOf
        && $0.1.day <= address.period.next.last
    }
    return try lines(standing, in: connection) { $0.purpose }
  }

  private func lines(
    _ visits: [(VisitID, OfficialDeedRows.Standing)], in connection: any Connection,
    _ words: (OfficialDeedRows.Standing) -> String
  ) throws -> [ReportContent.Line] {
    let names = try PairingNames.of(visits.map { .enterprise($0.1.enterprise) }, in: connection)
    return visits.map { id, visit in
      ReportContent.Line(
        visit: id, title: words(visit), concerns: names[.enterprise(visit.enterprise)],
        day: visit.day)
    }
  }
}

extension [ReportContent.Line] {
  /// What was done to a problem on one day in one line.
  fileprivate var byDay: [ReportContent.Line] {
    var lines: [ReportContent.Line] = []
    for line in self {
      if let index = lines.firstIndex(where: {
        $0.problem == line.problem && $0.day == line.day
      }) {
        lines[index].deeds = (lines[index].deeds ?? []) + (line.deeds ?? [])
      } else {
        lines.append(line)
      }
    }
    return lines
  }
}

extension ProblemEvent {
  fileprivate var isRegistration: Bool { if case .registered = self { true } else { false } }
}
