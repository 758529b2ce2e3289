import Domain
import Testing

/// What may be done to a sheet when, and by whom.
@Suite struct SheetLifeTests {
  private static let county = UnitID(7)
  private static let start = Instant(startOf: Day("2023-01-03")!) + 10 * 3600

  /// A sheet with one line, on a clock of its own. 2023-01-03 is a Tuesday; the calendar knows no holidays.
  struct Play {
    var sheet: CommentSheet
    var now = SheetLifeTests.start

    static func content(_ edition: Int = 1) -> SheetContent {
      let score = SheetScore(
        .county, SheetScoreTests.shipped,
        definitions: SheetScoreTests.shipped.components(of: .county).map {
          SheetScoreTests.definitions[$0.figure]!
        }, minimum: 10)
      let results = score.definitions.map {
        FigureResult(
          definition: $0, query: FigureQuery(asOf: start), groups: [], total: Tally($0))
      }
      return SheetContent(
        kind: .county, month: SheetMonth("2022-12")!, edition: edition, supersedes: nil,
        reason: nil, knownOn: start, formula: SheetScoreTests.shipped, minimum: 10,
        definitions: score.definitions, groups: score.groups([.init(county, "甲县")], results),
        totals: score.totals(results))
    }

    init() throws {
      sheet = CommentSheet(
        id: SheetID(1), first: try CommentSheet.draft(Play.content()), at: now, by: .system)!
    }

    enum Who { case office, director, county, other }

    func surroundings(_ who: Who) -> CommentSheet.Surroundings {
      .init(
        now: now, actor: .system, calendar: WorkingCalendar(years: [:]),
        mayManage: who == .office || who == .director, mayDirect: who == .director,
        unit: who == .county ? county : nil)
    }

    mutating func apply(_ event: SheetEvent) { sheet.apply(event, at: now, by: .system) }

    mutating func preview() throws { apply(try sheet.preview(in: surroundings(.office))) }
    mutating func object() throws { apply(try sheet.object("少算", in: surroundings(.county))) }
    mutating func rule(_ number: Int, upheld: Bool) throws {
      apply(
        try sheet.rule(number, upheld: upheld, reason: "查实", in: surroundings(.director)))
    }
    mutating func recompute() throws {
      apply(try sheet.recompute(Play.content(), in: surroundings(.office)))
    }
    mutating func publish() throws {
      let content = try sheet.publication(nil, in: surroundings(.director))
      apply(.published(.init(content: content, digest: "00")))
    }

    func refusals(_ action: SheetAction, _ who: Who) -> [CommentSheet.Refusal] {
      sheet.refusals(of: action, in: surroundings(who))
    }
  }

  @Test func aDraftIsTheOffices() throws {
    let play = try Play()
    #expect(play.refusals(.preview, .office) == [])
    #expect(play.refusals(.recompute, .office) == [])
    #expect(play.refusals(.preview, .county) == [.notYourRole])
    for action in [SheetAction.object, .rule, .publish] {
      #expect(play.refusals(action, .director) == [.wrongState])
    }
  }

  /// Three working days after Tuesday, which does not count, end with Friday.
  @Test func theWindowIsInWorkingDays() throws {
    var play = try Play()
    try play.preview()
    #expect(play.sheet.objectionsUntil == Instant(startOf: Day("2023-01-07")!))
    play.now = Instant(startOf: Day("2023-01-07")!) + -1
    #expect(play.refusals(.publish, .director) == [.windowOpen])
    #expect(play.refusals(.object, .county) == [])
    play.now = Instant(startOf: Day("2023-01-07")!)
    #expect(play.refusals(.publish, .director) == [])
    #expect(play.refusals(.object, .county) == [.windowOver])
    #expect(play.refusals(.publish, .office) == [.directorOnly])
    #expect(play.refusals(.object, .other) == [.notYourLine])
  }

  @Test func anObjectionIsRuledOnceAndHoldsUpThePublication() throws {
    var play = try Play()
    try play.preview()
    try play.object()
    #expect(play.refusals(.object, .county) == [.objectedAlready])
    play.now = play.now + 30 * 86_400
    #expect(play.refusals(.publish, .director) == [.objectionOpen])
    #expect(play.refusals(.recompute, .office) == [.objectionOpen])
    #expect(play.refusals(.rule, .office) == [.directorOnly])
    #expect(throws: CommentSheet.Refused([.noObjection])) { try play.rule(2, upheld: false) }
    try play.rule(1, upheld: false)
    #expect(throws: CommentSheet.Refused([.noObjection])) { try play.rule(1, upheld: true) }
    try play.publish()
    #expect(play.sheet.content.notes.map(\.upheld) == [false])
    for action in SheetAction.allCases {
      #expect(play.refusals(action, .director) == [.wrongState])
    }
  }

  /// What was upheld is followed by new numbers, which the units see before anybody else.
  @Test func upheldMeansComputedAnewAndShownAgain() throws {
    var play = try Play()
    try play.preview()
    try play.object()
    try play.rule(1, upheld: true)
    play.now = play.now + 30 * 86_400
    #expect(play.refusals(.publish, .director) == [.stale])
    try play.recompute()
    #expect(play.sheet.state == .draft && play.sheet.objectionsUntil == nil)
    try play.preview()
    #expect(play.refusals(.object, .county) == [])
    #expect(play.refusals(.publish, .director) == [.windowOpen])
    play.now = play.now + 30 * 86_400
    try play.publish()
    #expect(
      play.sheet.content.notes == [
        .init(unit: Self.county, text: "少算", upheld: true, ruling: "查实")
      ])
  }

  @Test(arguments: [("", CommentSheet.Refusal.textMissing), ("　 ", .textMissing)])
  func wordsAreNeeded(_ text: String, _ refusal: CommentSheet.Refusal) throws {
    var play = try Play()
    try play.preview()
    #expect(throws: CommentSheet.Refused([refusal])) {
      try play.sheet.object(text, in: play.surroundings(.county))
    }
    #expect(throws: CommentSheet.Refused([.textTooLong])) {
      try play.sheet.object(
        String(repeating: "长", count: Problem.maximumText + 1),
        in: play.surroundings(.county))
    }
  }

  @Test func editions() throws {
    let month = SheetMonth("2022-12")!
    #expect(throws: CommentSheet.Refused([.monthOpen])) {
      try CommentSheet.edition(of: month, after: nil, reason: "", at: month.end + -1)
    }
    #expect(try CommentSheet.edition(of: month, after: nil, reason: "", at: month.end).edition == 1)
    var play = try Play()
    #expect(throws: CommentSheet.Refused([.underWay])) {
      try CommentSheet.edition(of: month, after: play.sheet, reason: "更正", at: play.now)
    }
    try play.preview()
    play.now = play.now + 30 * 86_400
    try play.publish()
    #expect(throws: CommentSheet.Refused([.reasonMissing])) {
      try CommentSheet.edition(of: month, after: play.sheet, reason: " ", at: play.now)
    }
    let next = try CommentSheet.edition(of: month, after: play.sheet, reason: "补登", at: play.now)
    #expect(next.edition == 2 && next.supersedes == SheetID(1) && next.reason == "补登")
  }
}
