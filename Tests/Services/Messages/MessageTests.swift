import Cryptography
import Domain
import Outgoing
import Services
import Storage
import TestSupport
import Testing

/// What is told outside of the application, when, how often, and what never is.
@Suite struct MessageTests {
  /// The lines of a mail's text.
  private func lines(_ mail: OutgoingMail) -> [String] {
    let text = String(decoding: mail.text, as: UTF8.self)
    let body = text.components(after: "\r\n\r\n").replacing("\r\n", with: "")
    return String(decoding: Base64.decode(body) ?? [], as: UTF8.self)
      .replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
  }

  /// Who has chosen nothing is told in the inbox alone; what did not happen is told nobody.
  @Test(arguments: Engine.available)
  func itIsWrittenWithWhatItTellsOf(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      _ = try await world.desk.register()
      #expect(try await world.outbox() == [])
      try await world.choose([.registered], by: [.mail], for: .director)
      _ = try await world.desk.register()
      #expect(try await world.outbox() == ["mail waiting 0"])
      struct Refused: Error {}
      await #expect(throws: Refused.self) {
        try await world.platform.database.write { connection in
          try connection.run("update message_outbox set attempts = 7")
          throw Refused()
        }
      }
      // A deed that is refused, within the transaction that would have told of it.
      let desk = world.desk
      let problem = try await desk.register()
      await #expect(throws: UseCaseError.self) {
        try await desk.act(.acknowledge(leg: 1), on: problem.id, by: .office)
      }
      #expect(try await world.outbox() == ["mail waiting 0", "mail waiting 0"])
    }
  }

  /// Friday 2026-11-20 by day at once; what comes at night and at the weekend comes together on Monday.
  @Test(arguments: Engine.available)
  func quietHoursMakeADigest(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      try await world.choose([.supplemented, .draftWaiting, .asked], for: .director)
      test.set("2026-11-20 20:59")
      let problem = try await world.desk.assigned()
      try await world.desk.act(.acknowledge(leg: 1), on: problem.id, by: .water)
      try await world.desk.act(.object(leg: 1, text: "不归我"), on: problem.id, by: .water)
      test.set("2026-11-20 21:00")
      // Due a minute ago, and all the same not at night.
      #expect(try await world.pump().sent == 0)
      test.set("2026-11-21 10:00")
      let other = try await world.desk.assigned()
      try await world.desk.act(.acknowledge(leg: 1), on: other.id, by: .water)
      try await world.desk.act(.object(leg: 1, text: "也不归我"), on: other.id, by: .water)
      #expect(try await world.pump().sent == 0)
      test.set("2026-11-23 07:30")
      #expect(try await world.pump().sent == 1)
      let mail = try #require(world.carrier.mails.first)
      #expect(world.carrier.mails.count == 1)
      #expect(mail.to == "director@city.test")
      let numbers = [
        try await world.number(of: problem), try await world.number(of: other),
      ]
      #expect(
        lines(mail).contains(
          "zh message.line n=2 problems=zh message.problem number=\(numbers[0]) unit=清河县水利局"
            + "、zh message.problem number=\(numbers[1]) unit=清河县水利局 what=zh notice.asked"))
      #expect(try await world.outbox() == ["mail sent 1", "mail sent 1"])
    }
  }

  /// Ten minutes between two mails to one person: what happens meanwhile comes together. What was read in the
  /// application is not told again.
  @Test(arguments: Engine.available)
  func floodsBecomeDigests(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      test.set("2026-11-20 10:00")
      try await world.choose([.assigned], by: [.mail, .sms], for: .water)
      _ = try await world.desk.assigned()
      #expect(try await world.pump().sent == 1)
      for _ in 0..<5 { _ = try await world.desk.assigned() }
      #expect(try await world.pump().sent == 0)
      let read = try await world.desk.assigned()
      try await ReadNotices(world.platform)(of: read.id, by: world.desk.account(.water))
      test.advance(seconds: 601)
      #expect(try await world.pump().sent == 1)
      #expect(world.carrier.mails.count == 2)
      #expect(lines(world.carrier.mails[1])[0] == "zh message.head n=5")
      #expect(try await world.outbox().filter { $0.hasPrefix("mail dropped") }.count == 1)
    }
  }

  /// 1, 2, 4 … minutes while the server does not answer anybody; after a day it is given up and can be tried again.
  @Test(arguments: Engine.available)
  func failuresWaitAndAreGivenUp(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      test.set("2026-11-19 09:00")
      try await world.choose([.assigned], for: .water)
      try await world.choose([.assigned], for: .roads)
      world.carrier.answerMails(.unreachable)
      _ = try await world.desk.assigned()
      #expect(try await world.pump().failed == 1)
      // The channel is closed for all: nobody else is tried against a server that does not answer.
      let problem = try await world.desk.judged(.village)
      try await world.desk.act(
        world.desk.assignment(.roads, track: .village), on: problem.id, by: .office)
      #expect(try await world.pump().failed == 0)
      test.advance(seconds: 60)
      #expect(try await world.pump().failed == 2)
      test.advance(seconds: 119)
      #expect(try await world.pump().failed == 0)
      test.advance(seconds: 1)
      #expect(try await world.pump().failed == 2)
      let troubles = try await ListMessages(world.platform).troubles(for: nil)
      #expect(troubles.map(\.fault) == ["unreachable"])
      test.set("2026-11-20 09:10")
      #expect(try await world.pump().failed == 2)
      #expect(try await world.outbox() == ["mail failed 4", "mail failed 3"])
      let failed = try await ListMessages(world.platform)(.failed, for: nil).items
      #expect(failed.map(\.fault) == ["unreachable", "unreachable"])
      world.carrier.answerMails(nil)
      try await RetryMessage(world.platform)(failed[0].id)
      #expect(try await world.pump().sent == 1)
      #expect(try await ListMessages(world.platform).troubles(for: nil).isEmpty)
      await #expect(throws: UseCaseError.self) {
        try await RetryMessage(world.platform)(failed[0].id)
      }
    }
  }

  /// What waited for two days because no server ran is no failure: the day of patience begins with the first try.
  @Test(arguments: Engine.available)
  func standingStillIsNoFailure(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      test.set("2026-11-18 09:00")
      try await world.choose([.assigned], for: .water)
      _ = try await world.desk.assigned()
      world.carrier.answerMails(.unreachable)
      test.set("2026-11-20 10:00")
      #expect(try await world.pump().failed == 1)
      #expect(try await world.outbox() == ["mail waiting 1"])
      // On Friday evening, and over the weekend nobody tries.
      test.set("2026-11-20 20:59")
      #expect(try await world.pump().failed == 1)
      test.set("2026-11-23 09:59")
      #expect(try await world.pump().failed == 1)
      #expect(try await world.outbox() == ["mail waiting 3"])
      test.set("2026-11-23 11:00")
      #expect(try await world.pump().failed == 1)
      #expect(try await world.outbox() == ["mail failed 4"])
    }
  }

  /// A server that is stopped while it sends ends what it has begun and notes it: nobody is told twice.
  @Test(arguments: Engine.available)
  func stoppingNotesWhatWasSent(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      try await world.choose([.assigned], for: .water)
      _ = try await world.desk.assigned()
      let (begun, begin) = AsyncStream<Void>.makeStream()
      let slow = MessageCarrier(
        mail: { _ in
          begin.yield()
          try? await Task.sleep(for: .milliseconds(100))
          return Task.isCancelled ? .stopped : nil
        }, request: { _ in .failure(.unreachable) })
      let sending = Task {
        try await SendMessages(world.platform, slow, MessageWorld.words)()
      }
      for await _ in begun { break }
      sending.cancel()
      #expect(try await sending.value.sent == 1)
      #expect(try await world.outbox() == ["mail sent 1"])
    }
  }

  /// One mail that hangs, while others get through, closes the channel for nobody, and is not tried again at once.
  @Test(arguments: Engine.available)
  func oneThatHangsHoldsUpNobody(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let desk = world.desk
      desk.test.set("2026-11-20 10:00")
      for person in [Person.water, .roads] { try await world.choose([.assigned], for: person) }
      _ = try await desk.assigned()
      let other = try await desk.judged(.village)
      try await desk.act(desk.assignment(.roads, track: .village), on: other.id, by: .office)
      let carrier = MessageCarrier(
        mail: { $0.to.hasPrefix("water") ? .timedOut : nil },
        request: { _ in .failure(.unreachable) })
      let send = SendMessages(world.platform, carrier, MessageWorld.words)
      let done = try await send()
      #expect(done.sent == 1 && done.failed == 1)
      #expect(try await send().isIdle)
      #expect(try await ListMessages(world.platform).troubles(for: nil).isEmpty)
      #expect(try await world.outbox().sorted() == ["mail sent 1", "mail waiting 1"])
    }
  }

  /// Where the server does not let the platform speak under its address nobody's mailbox is to blame.
  @Test func aRefusedSenderIsTheOperators() async throws {
    try await MessageWorld.run(on: .sqlite) { world in
      world.desk.test.set("2026-11-20 10:00")
      try await world.choose([.assigned], for: .water)
      world.carrier.answerMails(.sender(553))
      _ = try await world.desk.assigned()
      #expect(try await world.pump().failed == 1)
      #expect(try await world.outbox() == ["mail waiting 1"])
      #expect(try await ListMessages(world.platform).troubles(for: nil).map(\.fault) == ["sender"])
    }
  }

  /// An address that the server does not know is given up at once and shown to its owner alone.
  @Test(arguments: Engine.available)
  func aWrongAddressIsShownToItsOwner(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      try await world.choose([.assigned], for: .water)
      world.carrier.answerMails(.broken("smtp 550"))
      _ = try await world.desk.assigned()
      #expect(try await world.pump().failed == 1)
      #expect(try await world.outbox() == ["mail failed 1"])
      let water = world.desk.account(.water)
      let settings = SetMessages(world.platform)
      #expect(try await settings.settings(of: water).faults == [.mail: "smtp 550"])
      try await settings(mail: "other@city.test", [:], language: "en", of: water)
      #expect(try await settings.settings(of: water).faults.isEmpty)
      await #expect(throws: SetMessages.Fault.self) {
        try await settings(mail: "no address", [:], language: "zh", of: water)
      }
    }
  }

  /// Four servers at once: everybody is told once.
  @Test(arguments: Engine.available)
  func severalServersTellOnce(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      for person in [Person.office, .colleague, .director] {
        try await world.choose([.draftWaiting, .asked, .claimed], for: person)
      }
      try await world.choose([.assigned], for: .water)
      let problem = try await world.desk.assigned()
      try await world.desk.act(.acknowledge(leg: 1), on: problem.id, by: .water)
      try await world.desk.act(.object(leg: 1, text: "不归我"), on: problem.id, by: .water)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await world.pump() } }
        try await group.waitForAll()
      }
      #expect(
        world.carrier.mails.map(\.to).sorted()
          == ["colleague", "director", "office", "water"].map { "\($0)@city.test" })
    }
  }

  /// Who may not see a problem any more is not told of it, and a closed account leaves no address behind.
  @Test(arguments: Engine.available)
  func whoIsGoneIsNotTold(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      try await world.choose([.assigned], by: [.mail, .sms], for: .water)
      _ = try await world.desk.assigned()
      try await CloseAccount(world.platform)(
        world.desk.account(.water).id, by: world.desk.test.account(.systemAdministrator))
      #expect(try await world.pump().sent == 0)
      #expect(world.carrier.mails.isEmpty)
      let left = try await world.platform.database.read { connection in
        try connection.row(
          "select (select count(*) from message_addresses) + (select count(*) from message_choices)"
        ) { try $0.int(0) }
      }
      #expect(left == 0)
    }
  }

  /// The gateway gets exactly the number and the text, encoded for its body; the text has neither name nor title.
  @Test(arguments: Engine.available)
  func smsByAnyGateway(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      let reader = try await world.desk.test.account(
        .handler, unit: Party.names[.water], phone: PhoneNumber("138 1234 5678"))
      try await SetMessages(world.platform)(
        mail: "", [.assigned: [.sms]], language: "zh", of: reader)
      let settings = try await SetMessages(world.platform).settings(of: reader)
      #expect(settings.channels == [.mail, .sms] && settings.phone == "…5678")
      _ = try await world.desk.assigned()
      #expect(try await world.pump().sent == 1)
      let request = try #require(world.carrier.requests.first)
      let body = String(decoding: request.body, as: UTF8.self)
      #expect(body.hasPrefix(#"{"to":"13812345678","text":"zh message.line n=1"#))
      #expect(!body.contains("机井"))
      #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
      world.carrier.answer(200, #"{"code":7}"#)
      world.desk.test.advance(seconds: 1801)
      _ = try await world.desk.assigned()
      #expect(try await world.pump().failed == 1)
    }
  }

  /// Expected values: Python's `email` for the date; RFC 2047's words decode to the subject, none is longer than 75.
  @Test func aMailIsPlainASCII() throws {
    let subject = "联帮：有 12 件事要告诉您，请登录平台查看详细情况并及时处理"
    let mail = MailText(
      from: "a@city.test", to: "b@city.test", subject: subject,
      body: String(repeating: "字\n", count: 50),
      at: Instant(startOf: Day("2026-11-21")!) + 16 * 3600 + 309, id: "7")
    let text = String(decoding: mail.bytes, as: UTF8.self)
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    #expect(lines[0] == "Date: Sat, 21 Nov 2026 16:05:09 +0800")
    #expect(lines.contains("Message-ID: <7@city.test>"))
    let words = MailText.encodedWords(subject).replacing("\r\n ", with: "\n").split(separator: "\n")
    #expect(words.count == 3 && words.allSatisfy { $0.utf8.count <= 75 })
    let decoded = words.compactMap { Base64.decode(String($0.dropFirst(10).dropLast(2))) }
    #expect(decoded.map { String(decoding: $0, as: UTF8.self) }.joined() == subject)
    #expect(MailText.encodedWords("a\r\nBcc: x") == MailText.encodedWords("aBcc: x"))
  }

  /// Placeholders are filled once, encoded as the template's form wants it.
  @Test(arguments: [
    (#"{"m":"{phone}","t":"{text}"}"#, #"{"m":"138","t":"a\"b\\c\u000a&{phone}"}"#),
    ("mobile={phone}&content={text}", "mobile=138&content=a%22b%5Cc%0A%26%7Bphone%7D"),
  ])
  func templates(_ body: String, _ filled: String) {
    let gateway = SMSGateway(url: "https://sms.test/?to={phone}", body: body)
    let request = gateway.request(to: "138", "a\"b\\c\n&{phone}")
    #expect(String(decoding: request.body, as: UTF8.self) == filled)
    #expect(request.url == "https://sms.test/?to=138")
  }
}

extension String {
  fileprivate func components(after mark: String) -> String {
    firstRange(of: mark).map { String(self[$0.upperBound...]) } ?? ""
  }
}
