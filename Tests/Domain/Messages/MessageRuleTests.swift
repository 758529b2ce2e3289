import Domain
import Testing

@Suite struct MessageRuleTests {
  private static let start = Instant(startOf: Day("2026-11-20")!) + 10 * 3600

  /// 1, 2, 4 … minutes, at most 12 hours.
  @Test(arguments: [
    (1, 60), (2, 120), (3, 240), (4, 480), (10, 30_720), (11, 43_200), (12, 43_200), (80, 43_200),
  ])
  func waits(_ tries: Int, _ seconds: Int64) {
    #expect(MessageRules.wait(afterTries: tries) == seconds)
  }

  /// A working day has 13.5 hours in which messages go. Friday 2026-11-20, 10:00: 11 hours are left of the day, the rest
  /// is over on Monday at 10:00.
  @Test func patienceIsAWorkingDay() {
    let (start, calendar) = (Self.start, WorkingCalendar(years: [2026: []]))
    let monday = start + 3 * 86_400
    #expect(!MessageRules.isGivenUp(failingSince: start, now: start + 86_400, calendar))
    #expect(!MessageRules.isGivenUp(failingSince: start, now: monday + -1, calendar))
    #expect(MessageRules.isGivenUp(failingSince: start, now: monday, calendar))
    // Few tries over a long time, or many in a short one, are no reason to pause a robot.
    #expect(!MessageRules.pauses(tries: 9, failingSince: start, now: start + 200_000))
    #expect(!MessageRules.pauses(tries: 30, failingSince: start, now: start + 86_399))
    #expect(MessageRules.pauses(tries: 10, failingSince: start, now: start + 86_400))
  }

  /// Silent at night, on rest days and holidays; 2026-10-01 is a holiday, 2026-09-20 a Sunday that is worked.
  @Test(arguments: [
    ("2026-11-20", 10, true), ("2026-11-20", 7, false), ("2026-11-20", 21, false),
    ("2026-11-21", 10, false), ("2026-10-01", 10, false), ("2026-09-20", 10, true),
  ])
  func hours(_ day: String, _ hour: Int64, _ mayGo: Bool) {
    let calendar = WorkingCalendar(years: [
      2026: [
        .init(day: Day("2026-09-20")!, name: "国庆节", isOff: false),
        .init(day: Day("2026-10-01")!, name: "国庆节", isOff: true),
      ]
    ])
    #expect(
      MessageRules.mayGo(at: Instant(startOf: Day(day)!) + hour * 3600, calendar) == mayGo)
  }

  /// Whoever wants to speak every second for an hour never speaks more than 20 times in any minute, and speaks
  /// ten times at once and then every six seconds.
  @Test func aRobotsPace() {
    var (free, spoken): (Instant?, [Int64]) = (nil, [])
    for second in 0..<3600 {
      let now = Self.start + Int64(second)
      while RobotPace.next(after: free, now: now) <= now {
        free = RobotPace.taken(free, now: now)
        spoken.append(Int64(second))
      }
    }
    #expect(Array(spoken.prefix(12)) == Array(repeating: 0, count: 10) + [6, 12])
    for first in spoken.indices {
      let inMinute = spoken[first...].prefix { $0 < spoken[first] + 60 }
      #expect(inMinute.count <= 20)
    }
    #expect(spoken.count == 10 + 3594 / 6)
  }

  /// The codes of WeCom's 全局错误码 and of DingTalk's 自定义机器人 pages.
  @Test(arguments: [
    (Robot.Kind.wecom, 200, Int?.some(0), MessageVerdict.sent), (.dingtalk, 200, 0, .sent),
    (.wecom, 200, 45009, .tooOften(60)), (.wecom, 200, 93000, .hopeless("errcode 93000")),
    (.dingtalk, 200, 130101, .tooOften(600)), (.dingtalk, 200, 410100, .tooOften(600)),
    (.dingtalk, 200, 310000, .hopeless("errcode 310000")),
    (.wecom, 200, 40008, .failed("errcode 40008")), (.wecom, 502, nil, .failed("http 502")),
    (.dingtalk, 429, nil, .tooOften(60)), (.wecom, 200, nil, .failed("http 200")),
  ])
  func robots(_ kind: Robot.Kind, _ status: Int, _ code: Int?, _ verdict: MessageVerdict) {
    #expect(MessageVerdict.robot(kind, status: status, code: code) == verdict)
  }

  /// RFC 5321 section 4.2.3 and RFC 4954 section 6.
  @Test(arguments: [
    (550, MessageVerdict.hopeless("smtp 550")), (552, .hopeless("smtp 552")),
    (450, .failed("smtp 450")), (421, .closed("smtp 421")), (535, .closed("smtp 535")),
  ])
  func mails(_ reply: Int, _ verdict: MessageVerdict) {
    #expect(MessageVerdict.mail(reply: reply) == verdict)
  }

  @Test(arguments: [
    (200, true, MessageVerdict.sent), (200, false, .failed("not_taken")),
    (400, true, .failed("http 400")), (401, true, .closed("http 401")),
    (503, true, .closed("http 503")),
  ])
  func gateways(_ status: Int, _ isTaken: Bool, _ verdict: MessageVerdict) {
    #expect(MessageVerdict.sms(status: status, isTaken: isTaken) == verdict)
  }

  /// Twelve problems of two kinds: two lines, ten named, the rest a number.
  @Test func aDigestNamesTen() {
    let items =
      (1...8).map { MessageItem(.assigned, number: $0) }
      + (9...12).map { MessageItem(.urged, number: $0) }
      + [MessageItem(.paired), MessageItem(.urged, number: 9)]
    let digest = MessageDigest(items)
    #expect(digest.count == 14)
    #expect(digest.lines.map(\.kind) == [.assigned, .urged, .paired])
    #expect(digest.lines.map(\.count) == [8, 5, 1])
    #expect(digest.lines.map { $0.shown.compactMap(\.number) } == [Array(1...8), [9, 10], []])
    #expect(digest.rest == 2)
  }
}
