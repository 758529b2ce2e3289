import Domain
import Testing

@Suite struct OrderTests {
  private static let issuedOn = Day("2026-11-20")!
  private static let at = Instant(startOf: issuedOn) + 9 * 3600
  private static let drafter = Actor.account(AccountID(1))
  private static let director = Actor.account(AccountID(2))
  private static let number = OrderNumber(series: "许帮村问", year: 2026, number: 1)

  private static func content(_ kind: OrderKind) -> OrderContent {
    OrderContent(
      kind: kind, track: .village, problem: ProblemID(1), problemNumber: 1, title: "机井损坏",
      detail: "", demand: "", concerns: "河湾村",
      addressee: .init(unit: UnitID(5), name: "水利局"), signatory: "活动办")
  }

  /// Somebody who may do everything, unless a test says otherwise.
  private static func surroundings(
    now: Instant = at, by actor: Actor = director, mayIssue: Bool = true, mayApprove: Bool = true,
    isAddressee: Bool = true
  ) -> Order.Surroundings {
    .init(
      now: now, actor: actor, mayIssue: mayIssue, mayApprove: mayApprove, isAddressee: isAddressee)
  }

  /// An order in a named situation.
  private static func order(_ situation: Situation, _ kind: OrderKind) throws -> Order {
    let event = try Order.draft(content(kind), series: number.series)
    var order = try #require(Order(id: OrderID(1), first: event, at: at, by: drafter))
    func apply(_ event: OrderEvent) { order.apply(event, at: at, by: director) }
    let all = surroundings()
    if situation == .draft { return order }
    if situation == .discarded {
      apply(try order.discard(reason: "重复", in: all))
      return order
    }
    apply(try order.issue(number: number, in: all))
    switch situation {
    case .revoked:
      let new = try revocation(of: order)
      apply(try order.revoked(by: new))
    case .underReview: apply(try order.requestReview(grounds: "已延期", in: all))
    case .upheld:
      apply(try order.requestReview(grounds: "已延期", in: all))
      apply(try order.decideReview(.upheld, text: "属实", in: all))
    default: break
    }
    return order
  }

  private static func revocation(of order: Order) throws -> Order {
    let content = try order.revocation(reason: "误发", in: surroundings())
    let number = OrderNumber(series: order.series, year: 2026, number: 2)
    let event = try Order.issue(content, number: number, on: issuedOn)
    return try #require(Order(id: OrderID(2), first: event, at: at, by: director))
  }

  enum Situation: String, CaseIterable {
    case draft, discarded, issued, underReview, upheld, revoked
  }

  /// The table of what can be done where, written out from the task: `+` where it can.
  ///
  /// The columns: issue, discard, revoke, request review, decide review.
  static let table: [(Situation, OrderKind, String)] = [
    (.draft, .assignment, "++---"), (.draft, .urging, "++---"), (.draft, .accountability, "++---"),
    (.draft, .referral, "++---"),
    (.discarded, .urging, "-----"), (.discarded, .accountability, "-----"),
    (.issued, .assignment, "--+--"), (.issued, .urging, "--+--"), (.issued, .referral, "--+--"),
    (.issued, .accountability, "--++-"),
    (.underReview, .accountability, "----+"), (.upheld, .accountability, "--+--"),
    (.revoked, .assignment, "-----"), (.revoked, .accountability, "-----"),
  ]

  @Test(arguments: table)
  func whatCanBeDoneWhere(situation: Situation, kind: OrderKind, allowed: String) throws {
    let order = try Self.order(situation, kind)
    let found = OrderAction.allCases.map {
      order.refusals(of: $0, in: Self.surroundings()).isEmpty ? "+" : "-"
    }
    #expect(found.joined() == allowed)
  }

  struct Guard: Sendable {
    let situation: Situation
    let kind: OrderKind
    let action: OrderAction
    let surroundings: Order.Surroundings
    let refusals: [Order.Refusal]
  }

  static let guards: [Guard] = [
    .init(
      situation: .draft, kind: .urging, action: .issue,
      surroundings: surroundings(mayIssue: false), refusals: [.notYourRole]),
    .init(
      situation: .draft, kind: .urging, action: .issue,
      surroundings: surroundings(by: drafter, mayApprove: false), refusals: []),
    .init(
      situation: .draft, kind: .accountability, action: .issue,
      surroundings: surroundings(mayApprove: false), refusals: [.directorOnly]),
    .init(
      situation: .draft, kind: .accountability, action: .issue,
      surroundings: surroundings(by: drafter), refusals: [.drafterCannotApprove]),
    .init(
      situation: .draft, kind: .accountability, action: .issue,
      surroundings: surroundings(by: drafter, mayApprove: false),
      refusals: [.directorOnly, .drafterCannotApprove]),
    .init(
      situation: .draft, kind: .urging, action: .discard,
      surroundings: surroundings(mayIssue: false), refusals: [.notYourRole]),
    .init(
      situation: .issued, kind: .accountability, action: .revoke,
      surroundings: surroundings(mayApprove: false), refusals: [.directorOnly]),
    .init(
      situation: .issued, kind: .urging, action: .requestReview, surroundings: surroundings(),
      refusals: [.notReviewable]),
    .init(
      situation: .issued, kind: .accountability, action: .requestReview,
      surroundings: surroundings(isAddressee: false), refusals: [.notAddressee]),
    .init(
      situation: .upheld, kind: .accountability, action: .requestReview,
      surroundings: surroundings(), refusals: [.reviewedAlready]),
    .init(
      situation: .underReview, kind: .accountability, action: .decideReview,
      surroundings: surroundings(mayApprove: false), refusals: [.directorOnly]),
    .init(
      situation: .underReview, kind: .accountability, action: .revoke,
      surroundings: surroundings(), refusals: [.reviewOpen]),
    .init(
      situation: .upheld, kind: .accountability, action: .decideReview,
      surroundings: surroundings(), refusals: [.noReviewOpen]),
    .init(
      situation: .revoked, kind: .assignment, action: .issue, surroundings: surroundings(),
      refusals: [.wrongState]),
  ]

  @Test(arguments: guards)
  func guardsSayWhy(_ row: Guard) throws {
    let order = try Self.order(row.situation, row.kind)
    #expect(order.refusals(of: row.action, in: row.surroundings) == row.refusals)
  }

  /// Thirty calendar days after 20 November is 20 December, whose end is the limit.
  @Test(arguments: [
    ("2026-11-20", true), ("2026-12-20", true), ("2026-12-21", false), ("2027-01-05", false),
  ])
  func reviewWithinThirtyDays(day: String, inTime: Bool) throws {
    let order = try Self.order(.issued, .accountability)
    #expect(order.reviewBy == Instant(startOf: Day("2026-12-21")!))
    let end = Instant(startOf: Day(day)! + 1) + -1
    let start = Instant(startOf: Day(day)!)
    for now in [start, end] where now >= Self.at {
      let refusals = order.refusals(of: .requestReview, in: Self.surroundings(now: now))
      #expect(refusals == (inTime ? [] : [.reviewOver]))
    }
  }

  @Test func aRecommendationIsNeverIssuedAtOnce() throws {
    #expect(throws: Order.Refused([.needsApproval])) {
      try Order.issue(Self.content(.accountability), number: Self.number, on: Self.issuedOn)
    }
    for kind in OrderKind.allCases where kind != .accountability {
      _ = try Order.issue(Self.content(kind), number: Self.number, on: Self.issuedOn)
    }
  }

  @Test func aRevocationNamesWhatItRevokesAndStands() throws {
    let order = try Self.order(.issued, .accountability)
    let new = try Self.revocation(of: order)
    #expect(new.content.revokes?.number == order.number && new.content.revokes?.reason == "误发")
    #expect(new.content.milestones.isEmpty && new.reviewBy == nil)
    #expect(
      new.refusals(of: .revoke, in: Self.surroundings()) == [.revocationStands])
    // Only by a document that names it.
    let other = try Self.order(.issued, .urging)
    #expect(throws: Order.Refused([.wrongState])) { try order.revoked(by: other) }
  }

  @Test(arguments: [("", Order.Refusal.textMissing), (" 　\n", .textMissing)])
  func reasonsAreGiven(text: String, refusal: Order.Refusal) throws {
    let draft = try Self.order(.draft, .urging)
    #expect(throws: Order.Refused([refusal])) {
      try draft.discard(reason: text, in: Self.surroundings())
    }
    let long = String(repeating: "长", count: Problem.maximumText + 1)
    #expect(throws: Order.Refused([.textTooLong])) {
      try draft.discard(reason: long, in: Self.surroundings())
    }
  }

  @Test(arguments: [
    ("许助企交〔2026〕000123号", OrderNumber?.some(.init(series: "许助企交", year: 2026, number: 123))),
    ("许助企交〔2026〕1234567号", .init(series: "许助企交", year: 2026, number: 1_234_567)),
    ("许助企交〔2026〕123号", nil), ("〔2026〕000123号", nil), ("许助企交〔2026〕000000号", nil),
    ("许助企交[2026]000123号", nil), ("许助企交〔2026〕000123", nil), ("", nil),
  ])
  func numbersAreWrittenOneWay(text: String, number: OrderNumber?) {
    #expect(OrderNumber(text) == number)
    if let number { #expect(number.description == text) }
  }
}
