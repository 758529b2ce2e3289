import Domain
import Services
import Storage
import TestSupport
import Testing

/// The numbers of reports: the story's own, counted by hand, and the same as the figures say and the
/// ledger alone.
@Suite struct ReportNumberTests {
  /// Counted by hand from `ReportWorld.play`.
  @Test(arguments: Engine.available)
  func theFirstWeek(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let report = try await world.report(.weekly)
      #expect(report.face == .city && !report.isDraft)
      #expect(report.asOf == ReportWorld.week.end)
      let counts = [
        "found_count", "assigned_count", "closed_count", "overdue_count", "shelved_count",
      ]
      .map { report.count($0) }
      #expect(counts == [6, 4, 1, 0, 1])
      // One of the sample's concerns an enterprise that is in no register, and so in no county.
      #expect(report.column("by_county", "found_count") == ["清河县": 3, "白塔县": 3, "": 0])
      #expect(report.column("by_county", "closed_count") == ["清河县": 1, "白塔县": 0, "": 0])
      let handlers = report.column("by_unit", "open_by_lamp")
      #expect(handlers["清河县水利局"] == 2 && handlers["白塔县水务局"] == 1)
      // The two of the week and the sample's six, which nobody was given, the late one and the shelved.
      #expect(report.list("new")?.count == 6)
      #expect(report.list("closed_list")?.lines.map(\.outcome) == [.solved])
      #expect(
        report.list("due_next")?.lines.map { $0.due?.description.prefix(10) } == [
          "2026-12-02", "2026-12-04",
        ])
      #expect(report.list("shelved")?.lines.map(\.review) == [Day("2026-12-20")!])
      #expect(report.list("overdue")?.lines.isEmpty == true)
    }
  }

  /// What was due in the second week and not done is overdue at its end; the week before stands beside it.
  @Test(arguments: Engine.available)
  func theSecondWeek(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      world.test.set("2026-12-07 09:00")
      let report = try await world.report(.weekly, nil, ReportWorld.next)
      #expect([report.count("found_count"), report.count("overdue_count")] == [1, 2])
      let figures = report.sections[0].figures!
      #expect(figures.first { $0.code == "found_count" }?.before.denominator == 6)
      // The one that was closed early was due then as well.
      let onTime = figures.first { $0.code == "on_time_rate" }!
      #expect([onTime.now.numerator, onTime.now.denominator] == [1, 3])
      #expect(report.list("overdue")?.lines.map(\.lamp) == [.red, .red])
      let bulletin = try await world.report(.bulletin, nil, ReportWorld.next)
      #expect(bulletin.column("by_unit", "overdue_count")["清河县水利局"] == 1)
      // A bulletin names units; there is no line of a problem in it.
      #expect(bulletin.sections.allSatisfy { $0.list == nil })
      let meeting = try await world.report(.meeting, nil, ReportWorld.next)
      let agenda = meeting.list("agenda")!.lines
      #expect(agenda.count == 1 && agenda[0].milestone == .acknowledge)
      #expect(agenda[0].unitName == "清河县水利局" && agenda[0].due?.day == Day("2026-12-26")!)
      #expect(meeting.list("before")?.count == 4 && meeting.list("assigned")?.count == 0)
    }
  }

  /// Every figure of every kind and face equals what the figure itself says, and a plain count over the
  /// ledger's events.
  @Test(arguments: Engine.available)
  func everyNumberIsAFigure(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      world.test.set("2026-12-07 09:00")
      var compared = 0
      for (kind, period) in [
        (ReportKind.weekly, ReportWorld.next), (.monthly, ReportWorld.month),
        (.bulletin, ReportWorld.next), (.meeting, ReportWorld.week),
      ] {
        for subject in [.unit(world.city), world.unit(world.county), world.unit(world.water)] {
          guard let report = try? await world.report(kind, subject, period) else {
            #expect(kind == .bulletin && subject == world.unit(world.water))
            continue
          }
          for section in report.sections {
            for figure in section.figures ?? [] {
              compared += try await compare(figure, report, world)
            }
          }
        }
      }
      #expect(compared > 60)
    }
  }

  private func compare(
    _ figure: ReportContent.Figure, _ report: ReportContent, _ world: ReportWorld
  ) async throws -> Int {
    let period = figure.isOfPeriod ? report.period.days : nil
    var request = FigureRequest(
      figure.code, asOf: report.asOf, knownOn: .on(report.knownOn), period: period)
    if report.face == .county { request.area = report.subject.unit }
    if report.face == .unit { request.handler = report.subject.unit }
    let asked = try await AskFigure(world.platform)(request, for: world.office)
    #expect(
      figure.now == ReportContent.Counts(asked.total, asked.definition), "\(figure.code)")
    let check = try await CheckFigure(world.platform)(request)
    guard let counted = check.fromLedger else { return 0 }
    #expect(
      figure.now == ReportContent.Counts(counted.total, counted.definition), "\(figure.code)")
    return 1
  }

  /// A list has as many lines as the figure counts, and they are the figure's own problems.
  @Test(arguments: Engine.available)
  func listsAreTheFiguresProblems(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      world.test.set("2026-12-07 09:00")
      for subject in [.unit(world.city), world.unit(world.county), world.unit(world.water)] {
        let report = try await world.report(.weekly, subject, ReportWorld.next)
        for section in report.sections {
          guard let list = section.list, let code = list.figure else { continue }
          var request = FigureRequest(
            code, asOf: report.asOf, knownOn: .on(report.knownOn), period: list.days)
          if report.face == .county { request.area = subject.unit }
          if report.face == .unit { request.handler = subject.unit }
          let behind = try await ListFigureMembers(world.platform)(
            request, .init(.denominator), after: nil, for: world.office)
          #expect(behind.count == list.count && list.lines.count == list.count)
          #expect(
            Set(behind.page.map(\.problem.number)) == Set(list.lines.compactMap(\.number)),
            "\(section.code)")
        }
      }
    }
  }

  /// One registered late counts where it was found, with a note of what was known then.
  @Test(arguments: Engine.available)
  func lateRegistration(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      world.test.set("2026-12-02 09:00")
      _ = try await world.found("2026-11-27", world.here)
      world.test.advance(seconds: 60)
      let report = try await world.report(.weekly)
      let found = report.sections[0].figures!.first { $0.code == "found_count" }!
      #expect(found.now.denominator == 7 && found.knownThen?.denominator == 6)
      #expect(report.list("new")?.lines.count == 7)
    }
  }

  /// While the period runs, the report is of now.
  @Test(arguments: Engine.available)
  func aDraftIsOfNow(engine: Engine) async throws {
    try await ReportWorld.run(on: engine) { world in
      let draft = try await world.report(.weekly, nil, ReportWorld.next)
      #expect(draft.isDraft && draft.count("found_count") == 1)
      _ = try await world.found("2026-11-30", world.here)
      #expect(try await world.report(.weekly, nil, ReportWorld.next).count("found_count") == 2)
      await #expect(throws: ReportRefusal.future) {
        try await world.report(.weekly, nil, ReportWorld.next.next)
      }
    }
  }
}
