import Cryptography
import Domain
import Foundation
import Ledger
import Outgoing
import Services
import Storage
import TestSupport
import Testing

/// Groups in WeCom and DingTalk: whose they are, what they are told, how often.
@Suite struct RobotTests {
  private func text(_ request: OutgoingRequest) throws -> String {
    struct Message: Decodable {
      struct Content: Decodable { var content: String }
      var msgtype: String
      var text: Content
    }
    return try JSONDecoder().decode(Message.self, from: Data(request.body)).text.content
  }

  /// A group reads numbers, units and counts, never what somebody wrote.
  @Test(arguments: Engine.available)
  func aGroupReadsNothingPersonal(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      _ = try await world.robot()
      let problem = try await world.desk.assigned()
      #expect(try await world.pump().sent == 1)
      let number = try await world.number(of: problem)
      let said = try text(#require(world.carrier.requests.first))
      #expect(
        said.split(separator: "\n").map(String.init) == [
          "zh message.group n=2",
          "zh message.line n=1 problems=zh message.problem number=\(number) unit=清河县水利局 "
            + "what=zh message.kind.registered",
          "zh message.line n=1 problems=zh message.problem number=\(number) unit=清河县水利局 "
            + "what=zh message.kind.assigned",
          "zh message.open url=https://lianbang.test/inbox",
        ])
      #expect(!said.contains(problem.registration.title))
      // Computed by Python's hmac over "timestamp\\nSEC1".
      #expect(
        world.carrier.requests[0].url
          == "https://robot.test/send?access_token=abcd1234&timestamp=1795140000000"
          + "&sign=ed74bWZActabGU8jpBPilClK98yESH274xDq5842Yok%3D")
    }
  }

  /// Whatever people write into whatever field, a group reads none of it, nor who they are.
  @Test(arguments: Engine.available)
  func noWordAndNoNameLeavesTheHouse(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let (desk, words) = (world.desk, "王老五 13800009999")
      desk.test.set("2026-11-20 10:00")
      _ = try await world.robot(kinds: Robot.kinds)
      try await world.choose([.asked], for: .director)
      var problems: [ProblemID] = []
      for _ in 0..<2 {
        let id = try await RegisterProblem(world.platform)(
          Registration(
            track: "enterprise", title: words, detail: words, concerns: "清河县示例面粉厂",
            foundOn: ""), by: desk.account(.office))
        try await desk.act(
          .judge(category: "other", difficulty: .general, tier: "", note: words), on: id,
          by: .office)
        try await desk.act(desk.assignment(.water), on: id, by: .office)
        try await desk.act(.acknowledge(leg: 1), on: id, by: .water)
        problems.append(id)
      }
      try await desk.act(.object(leg: 1, text: words), on: problems[0], by: .water)
      try await desk.act(
        .claim(outcome: .solved, result: words, evidence: words), on: problems[1], by: .water)
      try await world.pump()
      let said = try world.carrier.requests.filter { $0.url.hasPrefix("https://robot.test") }
        .map(text).joined(separator: "\n")
      for kind in ["registered", "assigned", "asked", "claimed"] {
        #expect(said.contains("zh message.kind.\(kind)"))
      }
      let bodies = world.carrier.requests.map { String(decoding: $0.body, as: UTF8.self) }
      let mails = world.carrier.mails.map { String(decoding: $0.text, as: UTF8.self) }
      #expect(mails.count == 1)
      let names = desk.accounts.values.map(\.name)
      for hidden in ["王老五", "13800009999", "示例面粉厂"] + names {
        #expect(!said.contains(hidden))
        #expect(!bodies.contains { $0.contains(hidden) })
      }
      // A mail's text is base64.
      let mail = Base64.decode(
        mails[0].replacing("\r\n", with: "\n").split(separator: "\n\n", maxSplits: 1)[1]
          .filter { !$0.isNewline })
      let read = String(decoding: try #require(mail), as: UTF8.self)
      #expect(!read.contains("王老五") && !read.contains("13800009999"))
    }
  }

  /// Computed by the Python program on DingTalk's page 自定义机器人安全设置, with its secret.
  @Test func theSignatureIsDingTalks() async throws {
    try await MessageWorld.run(on: .sqlite) { world in
      world.desk.test.set("2026-11-20 10:00")
      var form = KeepRobots.Form()
      (form.name, form.kind, form.kinds) = ("群", .dingtalk, [.registered])
      (form.address, form.secret) = (
        "https://robot.test/robot/send?access_token=X", "this is secret"
      )
      let office = world.desk.account(.office)
      let id = try await KeepRobots(world.platform).make(form, language: "zh", by: office)
      try await KeepRobots(world.platform)(.trial, id, by: office)
      #expect(try await world.pump().sent == 1)
      #expect(
        world.carrier.requests[0].url
          == "https://robot.test/robot/send?access_token=X&timestamp=1795140000000"
          + "&sign=WS7U9JtJ5Foa8O%2BN8oHDiBgQ7iFh7PiBXuFy670dDaE%3D")
    }
  }

  /// DingTalk closes a robot for ten minutes: nothing is said before, and everything together after.
  @Test(arguments: Engine.available)
  func aClosedRobotIsLeftAlone(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      test.set("2026-11-20 10:00")
      _ = try await world.robot(kinds: [.registered])
      world.carrier.answer(200, #"{"errcode":130101,"errmsg":"send too fast"}"#)
      _ = try await world.desk.register()
      #expect(try await world.pump().failed == 1)
      world.carrier.answer(200, #"{"errcode":0}"#)
      _ = try await world.desk.register()
      // Nor does it speak for somebody who wants to see whether it works.
      let office = world.desk.account(.office)
      let id = try #require(try await KeepRobots(world.platform).list(by: office).first).robot.id
      try await KeepRobots(world.platform)(.trial, id, by: office)
      test.advance(seconds: 599)
      #expect(try await world.pump().sent == 0)
      test.advance(seconds: 1)
      #expect(try await world.pump().sent == 1)
      #expect(try text(world.carrier.requests[1]).hasPrefix("zh message.group n=3\n"))
    }
  }

  /// A minute of problems one by one: never more than the twenty that the group's server takes.
  @Test(arguments: Engine.available)
  func aRobotKeepsItsPace(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      _ = try await world.robot(.wecom, kinds: [.registered])
      for _ in 0..<40 {
        _ = try await world.desk.register()
        try await world.pump()
        world.desk.test.advance(seconds: 1)
      }
      #expect((10...17).contains(world.carrier.requests.count))
      world.desk.test.advance(seconds: 60)
      try await world.pump()
      #expect(try await world.outbox().allSatisfy { $0.hasPrefix("robot sent") })
    }
  }

  /// A robot that was taken out of its group is paused with the reason; its office lets it go on.
  @Test(arguments: Engine.available)
  func aRobotThatIsGoneIsPaused(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      world.desk.test.set("2026-11-20 10:00")
      let (robots, office) = (KeepRobots(world.platform), world.desk.account(.office))
      let id = try await world.robot(.wecom, kinds: [.registered])
      world.carrier.answer(200, #"{"errcode":93000,"errmsg":"invalid webhook url"}"#)
      _ = try await world.desk.register()
      #expect(try await world.pump().failed == 1)
      let paused = try #require(try await robots.list(by: office).first)
      #expect(paused.robot.state == .paused && paused.robot.reason == "errcode 93000")
      _ = try await world.desk.register()
      #expect(try await world.outbox() == ["robot failed 1"])
      world.carrier.answer(200, #"{"errcode":0}"#)
      try await robots(.resume, id, by: office)
      try await robots(.trial, id, by: office)
      #expect(try await world.pump().sent == 1)
      try await robots(.remove, id, by: office)
      #expect(try await robots.list(by: office).isEmpty)
      let kinds = try await world.platform.database.read { connection in
        try LedgerRows.stream("robot/\(id.value)", in: connection).map(\.kind)
      }
      #expect(kinds == ["robot.made", "robot.paused", "robot.resumed", "robot.removed"])
    }
  }

  /// A county's office has its own, which never hear of another county, and sees no others; what was filled in is
  /// sealed, shown masked, and the secret never.
  @Test(arguments: Engine.available)
  func aCountyHasItsOwn(engine: Engine) async throws {
    try await MessageWorld.run(on: engine) { world in
      let test = world.desk.test
      test.set("2026-11-20 10:00")
      try await test.importRows(
        .divisions, "code,name\n990122000000,白塔县\n990122101000,青龙镇\n990122101200,上河村")
      let here = try await test.account(.countyOffice, unit: "示例市/清河县")
      let there = try await test.account(.countyOffice, unit: "示例市/白塔县")
      let robots = KeepRobots(world.platform)
      var form = KeepRobots.Form()
      (form.name, form.kind, form.kinds) = ("县工作群", .dingtalk, [.registered])
      (form.address, form.secret) = ("https://robot.test/send?access_token=abcd1234", "SEC-of-it")
      let own = try await robots.make(form, language: "zh", by: here)
      let others = try await robots.make(form, language: "zh", by: there)
      let city = try await world.robot(kinds: [.registered])
      _ = try await world.desk.register(.village)
      let told = try await world.platform.database.read { connection in
        try connection.rows("select recipient_id from message_outbox order by recipient_id") {
          try $0.int(0)
        }
      }
      #expect(told == [own.value, city.value].sorted())
      #expect(try await robots.list(by: here).map(\.robot.id) == [own])
      #expect(try await robots.list(by: world.desk.account(.office)).count == 3)
      #expect(try await robots.list(by: here).map(\.address) == ["robot.test/…1234"])
      await #expect(throws: UseCaseError.self) { try await robots(.pause, others, by: here) }
      await #expect(throws: UseCaseError.self) {
        try await robots.list(by: world.desk.account(.water))
      }
      let stored = try await world.platform.database.read { connection in
        try connection.rows("select address || secret from message_robots") { try $0.text(0) }
      }
      #expect(!stored.joined().contains("abcd1234") && !stored.joined().contains("SEC-of-it"))
    }
  }

  @Test(arguments: [
    ("", "https://robot.test/", "s", Robot.Fault.noName),
    ("群", "http://robot.test/", "s", .badAddress), ("群", "https://10.0.0.1/", "s", .badAddress),
    ("群", "robot", "s", .badAddress), ("群", "https://robot.test/", "", .noSecret),
  ])
  func whatIsWrongIsSaid(
    _ name: String, _ address: String, _ secret: String, _ fault: Robot.Fault
  ) async throws {
    try await MessageWorld.run(on: .sqlite) { world in
      var form = KeepRobots.Form()
      (form.name, form.kind, form.kinds) = (name, .dingtalk, [.registered])
      (form.address, form.secret) = (address, secret)
      await #expect(throws: fault) {
        try await KeepRobots(world.platform).make(
          form, language: "zh", by: world.desk.account(.office))
      }
    }
  }
}
