import Domain
import Testing

/// Who is told what of each event, in both tracks. Unit 5 leads, place 9 is the village's second line,
/// enterprise 8 asks; account 4 registered it.
@Suite struct NoticeTests {
  @Test func theEnterprisesWay() throws {
    var play = try LoopPlay(.enterprise, registrar: LoopPlay.stranger)
    let askers = ["enterprise 8", "account 4"]
    func moved(_ first: String...) -> [String] { first + askers.map { "moved \($0)" } }
    #expect(
      play.told(of: [.registered(play.problem.registration)], play.problem)
        == ["registered office"])
    #expect(
      try play.told(.judge(category: "other", difficulty: .complex, tier: "", note: "")) == moved())
    #expect(
      try play.told(
        .assign(
          .init(
            lead: .init(unit: UnitID(5), isTownship: false),
            coHandlers: [.init(unit: UnitID(6), isTownship: false)], note: "")))
        == moved("assigned unit 5", "assigned unit 6"))
    #expect(try play.told(.acknowledge(leg: 1), by: LoopPlay.handler) == [])
    #expect(try play.told(.object(leg: 1, text: "不归我"), by: LoopPlay.handler) == ["asked office"])
    #expect(
      try play.told(.ruleObjection(leg: 1, upheld: false, text: "归你"))
        == ["objection_ruled unit 5"])
    #expect(
      try play.told(.feedback(leg: 1, text: "已派人"), by: LoopPlay.handler) == moved())
    let until = play.problem.leg(1)!.finalDue!.day + 7
    #expect(
      try play.told(.askExtension(leg: 1, until: until, text: "等配件"), by: LoopPlay.handler)
        == ["asked office"])
    #expect(
      try play.told(.decideExtension(leg: 1, approved: true, text: "同意"), by: .system)
        == moved("extension_decided unit 5"))
    #expect(
      try play.told(.suspend(leg: 1, text: "等", basis: "函")) == ["redated unit 5"])
    #expect(try play.told(.resume(leg: 1, text: "继续")) == ["redated unit 5"])
    #expect(try play.told(.urge(leg: 1, text: "请快办")) == ["urged unit 5"])
    #expect(
      try play.told(
        .claim(outcome: .solved, result: "已修好", evidence: "照片"), by: LoopPlay.handler)
        == ["claimed office"])
    #expect(
      try play.told(.verify(passed: true, text: "属实"), by: .system)
        == moved("evaluation_wanted enterprise 8"))
    // How it was rated is told to nobody; that it is to be done again to those who do it.
    let again = try play.told(.evaluate(rating: .dissatisfied, text: "没修好"), by: .system)
    #expect(again.first == "redone unit 5" && again.suffix(2) == askers.map { "moved \($0)" })
  }

  @Test func theVillagesWay() throws {
    var play = try LoopPlay(.village)
    _ = try play.told(.judge(category: "other", difficulty: .general, tier: "", note: ""))
    #expect(
      try play.told(
        .assign(
          .init(
            lead: .init(unit: UnitID(5), isTownship: false), official: OfficialID(3), note: "")))
        == ["assigned unit 5", "assigned official 3", "moved village 9"])
    // The office checks when both lines have reported, not before; the lead learns of the other.
    #expect(
      try play.told(
        .claim(outcome: .solved, result: "已修好", evidence: "照片"), by: LoopPlay.handler) == [])
    #expect(
      try play.told(.answer(leg: 2, text: "属实"), by: LoopPlay.official)
        == ["claimed office", "moved unit 5"])
    #expect(
      try play.told(.verify(passed: false, text: "没修"))
        == ["redone unit 5", "redone official 3", "moved village 9"])
    try play.claim()
    _ = try play.told(.answer(leg: 4, text: "属实"), by: LoopPlay.official)
    #expect(try play.told(.verify(passed: true, text: "属实"), by: .system) == ["moved village 9"])
    #expect(try play.told(.evaluate(rating: .satisfied, text: ""), by: .system) == [])
    #expect(
      try play.told(.close) == ["closed village 9", "closed unit 5", "closed official 3"])
    #expect(try play.told(.lookBack(passed: true, text: "还好"), by: .system) == [])
  }

  @Test func othersWays() throws {
    var declined = try LoopPlay(.enterprise, registrar: LoopPlay.stranger)
    #expect(
      try declined.told(.decline(reason: "涉诉", instead: "法院"))
        == ["declined enterprise 8", "declined account 4"])
    var shelved = try LoopPlay(.village)
    try shelved.toAssigned()
    #expect(
      try shelved.told(
        .refer(.legal, to: "法院", text: "涉诉"), by: .system)
        == ["moved unit 5", "moved unit 9", "moved village 9"])
    var withdrawn = try LoopPlay(.village)
    try withdrawn.toAssigned()
    #expect(try withdrawn.told(.withdraw(leg: 1, text: "改派")) == ["withdrawn unit 5"])
  }

  /// No notice names an asker's rating, whatever the event.
  @Test(arguments: Rating.allCases)
  func ratingsAreToldToNobody(rating: Rating) throws {
    var play = try LoopPlay(.enterprise, registrar: LoopPlay.stranger)
    try play.toVerified()
    let before = play.problem
    for event in [
      ProblemEvent.evaluated(.init(rating: rating, text: "话")),
      .returnVisited(.init(rating: rating, text: "话")),
    ] {
      #expect(play.told(of: [event], before) == [])
    }
  }

  @Test func ordersCannotBeSwitchedOff() {
    let orders: [Notice.Kind] = [.assigned, .redone, .urged, .accountability, .revoked]
    for kind in orders { #expect(kind.isObligatory && kind.modes == [.on]) }
    for role in Role.allCases where !role.isAdministrator && role != .leader {
      #expect(!Notice.Kind.kinds(for: role).isEmpty, "\(role)")
    }
    // Every kind reaches somebody who can find it in the settings.
    #expect(
      Set(Role.allCases.flatMap { Notice.Kind.kinds(for: $0) }).count == Notice.Kind.allCases.count)
  }

  /// Several of a day that belong together are one line; each day and each part has its own.
  @Test func bundles() {
    let items = [
      (1, "claimed", 20, false), (2, "7", 20, false), (3, "claimed", 20, false),
      (4, "claimed", 19, false), (5, "claimed", 19, true), (6, "7", 19, true),
      (7, "claimed", 19, true),
    ]
    let days = noticeDays(
      items, day: { Day("2026-11-\($0.2)")! }, isRead: \.3, bundle: \.1)
    #expect(
      days.map { $0.bundles.map { $0.items.map(\.0) } } == [
        [[1, 3], [2]], [[4]], [[5, 7], [6]],
      ])
    #expect(days.map(\.isRead) == [false, false, true])
    #expect(Notice.Kind.claimed.bundle(of: .problem(ProblemID(7))) == "claimed")
    #expect(Notice.Kind.moved.bundle(of: .problem(ProblemID(7))) == "7")
    #expect(Notice.Kind.moved.bundle(of: .problem(ProblemID(7)), mode: .bundled) == "moved")
  }
}
