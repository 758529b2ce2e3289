import Domain
import Testing

@Suite struct DeliveryRetryTests {
  /// 2026-02-12 10:00 in Asia/Shanghai.
  private static let now = Instant(startOf: Day("2026-02-12")!) + 10 * 3600

  /// docs/webhooks.md: 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 8 h, 24 h, then no more.
  @Test(
    arguments: [
      (1, 5), (2, 30), (3, 120), (4, 600), (5, 3600), (6, 10_800), (7, 28_800), (8, 86_400),
      (9, nil), (0, nil),
    ] as [(Int, Int64?)])
  func waitsGrow(_ attempts: Int, _ seconds: Int64?) {
    let now = Self.now
    let answer = WebhookAnswer(.status(500, retryAfter: nil), milliseconds: 1)
    #expect(
      DeliveryRetry.next(attempts: attempts, after: answer, at: now, jitter: 0)
        == seconds.map { now + $0 })
    // At most a fifth more.
    if let seconds,
      let late = DeliveryRetry.next(
        attempts: attempts, after: answer, at: now, jitter: 0.999_999)
    {
      #expect(late - now >= seconds && late - now <= seconds + seconds / 5)
    }
  }

  /// RFC 9110, 10.2.3: seconds or a date; its example is Fri, 31 Dec 1999 23:59:59 GMT.
  @Test(
    arguments: [
      ("120", 120), ("0", 0), ("-1", nil), ("soon", nil), ("", nil), ("1.5", nil),
      ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("Thu, 12 Feb 2026 02:01:00 GMT", 60),
      ("Thu, 12 Feb 2026 02:01:00 CET", nil), ("Thu, 12 Foo 2026 02:01:00 GMT", nil),
    ] as [(String, Int64?)])
  func retryAfter(_ text: String, _ seconds: Int64?) {
    #expect(DeliveryRetry.retryAfter(text, at: Self.now) == seconds)
  }

  @Test(
    arguments: [
      ("120", 120), ("3", 5), ("999999999", 86_400), ("nonsense", 5),
    ] as [(String, Int64)])
  func theReceiverMayAskForMoreTime(_ field: String, _ seconds: Int64) {
    let answer = WebhookAnswer(.status(503, retryAfter: field), milliseconds: 1)
    #expect(
      DeliveryRetry.next(attempts: 1, after: answer, at: Self.now, jitter: 0)
        == Self.now + seconds)
  }

  /// Fifty attempts in a row, over three days at least.
  @Test(
    arguments: [
      (49, 4 * 86_400, false), (50, 3 * 86_400 - 1, false), (50, 3 * 86_400, true),
      (51, 4 * 86_400, true), (1, 30 * 86_400, false),
    ] as [(Int, Int64, Bool)])
  func hopeless(_ failures: Int, _ seconds: Int64, _ isHopeless: Bool) {
    let health = WebhookHealth(failures: failures, failingSince: Self.now)
    #expect(health.isHopeless(at: Self.now + seconds) == isHopeless)
  }

  @Test func oneSuccessMakesItHealthy() {
    var health = WebhookHealth()
    #expect(health.share == 8)
    let failed = WebhookAnswer(.fault("timed_out"), milliseconds: 10_000)
    for second in 0..<3 { health.note(failed, at: Self.now + Int64(second)) }
    #expect(health.failures == 3 && health.failingSince == Self.now && health.share == 1)
    health.note(WebhookAnswer(.status(204, retryAfter: nil), milliseconds: 5), at: Self.now)
    #expect(health == WebhookHealth())
  }

  @Test(arguments: [
    (199, false), (200, true), (204, true), (299, true), (300, false), (302, false), (410, false),
    (500, false),
  ])
  func whatCountsAsDelivered(_ status: Int, _ isDelivered: Bool) {
    let answer = WebhookAnswer(.status(status, retryAfter: nil), milliseconds: 1)
    #expect(answer.isDelivered == isDelivered)
    #expect(answer.isGone == (status == 410))
  }

  @Test(arguments: [
    ("ok", "ok"), ("a\nb\tc", "a b c"), ("\u{1B}[31mred\u{7}", "[31mred"),
    ("a\u{202E}b\u{0}c", "abc"), ("许昌", "许昌"),
  ])
  func theAnswerIsShownWithoutWhatSteers(_ body: String, _ shown: String) {
    let answer = WebhookAnswer(
      .status(200, retryAfter: nil), body: Array(body.utf8), milliseconds: 1)
    #expect(answer.excerpt == shown)
  }

  /// 500 bytes, not torn within a character: 166 of three bytes each.
  @Test func theAnswerIsCut() {
    let answer = WebhookAnswer(
      .status(200, retryAfter: nil), body: Array(String(repeating: "许", count: 900).utf8),
      milliseconds: 1)
    #expect(answer.excerpt == String(repeating: "许", count: 166))
  }
}
