import Domain
import Testing

/// The rules of visits 无事不扰、有求必应 (docs/visits.md).
@Suite struct VisitTests {
  private static let today = Day("2026-11-20")!
  private static let rules = VisitRules(
    version: 1, ceiling: .init(2), joinSpan: .init(5), silence: .init(60),
    inspectionMoves: .init(1), horizon: .init(180))
  private static let mill = EnterpriseID(1)
  private static let water = Visit.Visitor(unit: UnitID(7))

  private static func surroundings(
    load: Int = 0, isQuiet: Bool = false
  ) -> Visit.Surroundings {
    var surroundings = Visit.Surroundings(today: today, rules)
    (surroundings.load, surroundings.isQuiet) = (load, isQuiet)
    return surroundings
  }

  private static func visit(
    _ day: String = "2026-11-24", kind: Visit.Kind = .call, status: Visit.Status = .planned,
    isAsked: Bool = false, moves: Int = 0, host: VisitID? = nil
  ) -> Visit {
    Visit(
      enterprise: mill, visitor: status == .asked ? nil : water, date: VisitDate(Day(day)!),
      kind: kind, purpose: "看看", isAsked: isAsked, status: status,
      proposed: status == .moved ? VisitDate(Day("2026-11-26")!) : nil, moves: moves,
      joinedInto: host)
  }

  private func reasons(_ work: () throws -> Void) -> [VisitRefusal] {
    do {
      try work()
      return []
    } catch let refused as Visit.Refused {
      return refused.reasons
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  // MARK: Planning

  /// What a month holds and what the enterprise wishes, for every kind, unasked and asked for.
  @Test(arguments: [
    // kind, basis, load, quiet → refusals
    (Visit.Kind.call, "", 0, false, [VisitRefusal]()), (.call, "", 1, false, []),
    (.call, "", 2, false, [.ceiling]), (.call, "有事", 2, false, [.ceiling]),
    (.service, "", 0, true, [.quiet]), (.study, "", 3, true, [.ceiling, .quiet]),
    (.inspection, "", 1, false, []), (.inspection, "", 2, false, [.basisMissing]),
    (.inspection, "安全生产法", 2, false, []), (.inspection, "", 0, true, [.basisMissing]),
    (.inspection, "安全生产法", 5, true, []),
  ])
  func planning(
    _ kind: Visit.Kind, _ basis: String, _ load: Int, _ isQuiet: Bool, _ expected: [VisitRefusal]
  ) {
    var draft = VisitDraft()
    (draft.day, draft.kind, draft.purpose, draft.basis) =
      ("2026-11-24", kind.rawValue, "看看", basis)
    let surroundings = Self.surroundings(load: load, isQuiet: isQuiet)
    #expect(
      reasons { _ = try draft.visit(to: Self.mill, by: Self.water, in: surroundings) } == expected)
    // What the enterprise asks for is never blocked.
    #expect(
      reasons {
        _ = try draft.visit(to: Self.mill, by: nil, isAsked: true, in: surroundings)
      } == [])
  }

  @Test(arguments: [
    ("", "call", "看看", [VisitRefusal.dayMissing]), ("2026-11-19", "call", "看看", [.dayPassed]),
    ("2026-11-20", "call", "看看", []), ("2027-05-19", "call", "看看", []),
    ("2027-05-20", "call", "看看", [.tooFar]),
    ("2026-02-30", "", " ", [.dayMissing, .kindMissing, .purposeMissing]),
    ("2026-11-24", "check_in", "看看", [.kindMissing]),
    ("2026-11-24", "call", String(repeating: "看", count: 501), [.tooLong]),
  ])
  func draft(
    _ day: String, _ kind: String, _ purpose: String, _ expected: [VisitRefusal]
  ) {
    var draft = VisitDraft()
    (draft.day, draft.kind, draft.purpose) = (day, kind, purpose)
    #expect(
      reasons {
        _ = try draft.visit(to: Self.mill, by: Self.water, in: Self.surroundings())
      } == expected)
  }

  // MARK: What leads from one state to the next

  /// In which states each thing can be done; everything else is refused.
  @Test(arguments: [
    (VisitAction.take, [Visit.Status.asked]), (.accept, [.moved]), (.hold, [.planned]),
    (.move, [.planned, .moved]), (.join, [.planned, .moved]),
    (.cancel, [.planned, .moved, .joined]), (.propose, [.planned, .moved]),
    (.decline, [.planned, .moved]), (.withdraw, [.asked]),
  ])
  func states(_ action: VisitAction, _ expected: [Visit.Status]) {
    let statuses: [Visit.Status] = [
      .asked, .planned, .moved, .declined, .joined, .cancelled, .held,
    ]
    let allowed = statuses.filter { status in
      Self.visit("2026-11-20", status: status, host: status == .joined ? VisitID(9) : nil)
        .refusals(of: action, in: Self.surroundings()).isEmpty
    }
    #expect(allowed == expected)
  }

  /// 行政执法检查: not declined, moved once.
  @Test func inspections() throws {
    let check = Self.visit(kind: .inspection)
    let around = Self.surroundings()
    #expect(reasons { _ = try check.deciding(.decline("忙"), in: around) } == [.inspectionStays])
    let moved = try check.deciding(
      .propose(VisitDate(Day("2026-11-27")!, .morning), "盘点"), in: around)
    #expect(moved.status == .moved && moved.moves == 1 && moved.date == check.date)
    let agreed = try moved.deciding(.accept, in: around)
    #expect(agreed.status == .planned && agreed.date == VisitDate(Day("2026-11-27")!, .morning))
    #expect(agreed.proposed == nil)
    #expect(
      reasons {
        _ = try agreed.deciding(.propose(VisitDate(Day("2026-11-30")!), "盘点"), in: around)
      } == [.movedAlready])
  }

  @Test func aCallIsDeclinedWithAReason() throws {
    let around = Self.surroundings()
    #expect(
      reasons { _ = try Self.visit().deciding(.decline(" "), in: around) } == [.reasonMissing])
    let declined = try Self.visit(status: .moved).deciding(.decline("停产检修"), in: around)
    #expect(declined.status == .declined && declined.answer == "停产检修")
    #expect(declined.proposed == nil && !declined.counts)
  }

  /// The day that the enterprise proposed is as good as asked for; another has to have room.
  @Test func movingIsPlanningAgain() throws {
    let full = Self.surroundings(load: 2, isQuiet: true)
    let moved = Self.visit(status: .moved)
    #expect(
      reasons {
        _ = try moved.deciding(.move(VisitDate(Day("2026-12-01")!), basis: ""), in: full)
      } == [.ceiling, .quiet])
    let proposed = try moved.deciding(
      .move(VisitDate(Day("2026-11-26")!), basis: ""), in: full)
    #expect(proposed.status == .planned && proposed.date.day == Day("2026-11-26")!)
    #expect(
      reasons {
        _ = try Self.visit().deciding(.move(Self.visit().date, basis: ""), in: full)
      }.contains(.sameDay))
  }

  @Test func whatCameOfItIsSaidFromItsDayOn() throws {
    let around = Self.surroundings()
    #expect(reasons { _ = try Self.visit().deciding(.hold("好"), in: around) } == [.notYet])
    let today = Self.visit("2026-11-20")
    #expect(reasons { _ = try today.deciding(.hold(""), in: around) } == [.resultMissing])
    #expect(try today.deciding(.hold("已帮办"), in: around).status == .held)
  }

  @Test func joining() throws {
    let around = Self.surroundings()
    let host = Self.visit("2026-11-25", kind: .inspection)
    let joined = try Self.visit().deciding(.join(VisitID(9), host), in: around)
    #expect(joined.status == .joined && joined.date == host.date && !joined.counts)
    let elsewhere = Visit(
      enterprise: EnterpriseID(2), visitor: Self.water, date: host.date, kind: .call,
      purpose: "看看")
    for other in [
      elsewhere, Self.visit("2026-11-25", status: .declined), Self.visit("2026-11-19"),
      Self.visit("2026-11-25", status: .asked, isAsked: true), Self.visit(),
    ] {
      #expect(
        reasons { _ = try Self.visit().deciding(.join(VisitID(9), other), in: around) }
          == [.cannotJoin])
    }
  }

  /// Those that come along share what becomes of their host; an inspection is not declined with it.
  @Test(arguments: [
    (Visit.Status.held, Visit.Kind.call, Visit.Status.held), (.declined, .call, .declined),
    (.declined, .inspection, .planned), (.cancelled, .call, .planned), (.planned, .call, .joined),
  ])
  func guestsFollow(_ host: Visit.Status, _ kind: Visit.Kind, _ expected: Visit.Status) {
    let guest = Self.visit(kind: kind, status: .joined, host: VisitID(9))
    let after = guest.following(Self.visit("2026-12-02", status: host))
    #expect(after.status == expected)
    #expect((after.joinedInto == nil) == (expected == .planned || expected == .declined))
    if host == .planned { #expect(after.date.day == Day("2026-12-02")!) }
  }

  @Test(arguments: [
    (Visit.Status.planned, false, true), (.moved, false, true), (.held, false, true),
    (.declined, false, false), (.cancelled, false, false), (.planned, true, false),
    (.asked, true, false),
  ])
  func whatCounts(_ status: Visit.Status, _ isAsked: Bool, _ expected: Bool) {
    #expect(Self.visit(status: status, isAsked: isAsked).counts == expected)
  }

  // MARK: Days

  /// Working days between, over the National Day of 2026 (DOMAIN.md 4).
  @Test(arguments: [
    ("2026-11-20", "2026-11-27", true), ("2026-11-20", "2026-11-30", false),
    ("2026-11-27", "2026-11-20", true), ("2026-11-20", "2026-11-20", true),
    ("2026-09-30", "2026-10-13", true), ("2026-09-30", "2026-10-14", false),
  ])
  func near(_ a: String, _ b: String, _ expected: Bool) {
    let days = (1...7).map { ("2026-10-0\($0)", true) } + [("2026-10-10", false)]
    let calendar = WorkingCalendar(years: [
      2026: days.map { .init(day: Day($0.0)!, name: "国庆节", isOff: $0.1) }
    ])
    #expect(Self.rules.mayJoin(Day(a)!, Day(b)!, calendar) == expected)
    #expect(Self.rules.joinable(with: Day(a)!).contains(Day(b)!))
  }

  @Test(arguments: [
    ("2026-11-20", "2026-11-01", "2026-11-30", "2026-12"),
    ("2026-12-31", "2026-12-01", "2026-12-31", "2027-01"),
    ("2028-02-29", "2028-02-01", "2028-02-29", "2028-03"),
  ])
  func months(_ day: String, _ first: String, _ last: String, _ next: String) {
    let month = VisitMonth(of: Day(day)!)
    #expect(month.first == Day(first)! && month.last == Day(last)!)
    #expect(month.next.text == next && month.next.previous == month)
    #expect(VisitMonth(month.text) == month && VisitMonth("2026-13") == nil)
  }

  // MARK: To be left alone

  @Test func quiet() throws {
    func wish(_ day: String?, over current: Quiet? = nil) throws -> Quiet {
      try Quiet.wish(
        of: Self.mill, until: day.flatMap { Day($0) }, note: "", over: current,
        today: Self.today, Self.rules)
    }
    #expect(reasons { _ = try wish(nil) } == [.dayMissing])
    #expect(reasons { _ = try wish("2026-11-19") } == [.dayPassed])
    #expect(reasons { _ = try wish("2027-06-01") } == [.tooFar])
    let first = try wish("2026-12-15")
    #expect(first.covers(Self.today) && first.covers(Day("2026-12-15")!))
    #expect(!first.covers(Day("2026-12-16")!))
    #expect(try wish("2026-12-31", over: first).to == Day("2026-12-31")!)
    #expect(!first.ended(on: Self.today).covers(Self.today))
  }
}
