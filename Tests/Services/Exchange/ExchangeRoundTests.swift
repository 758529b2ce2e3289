import Cryptography
import Domain
import Services
import Storage
import TestSupport
import Testing

/// Links are made by a code; a problem goes up twice and its answer comes down twice.
@Suite struct ExchangeRoundTests {
  private func withThree(
    _ engine: Engine, _ body: (ExchangeWorld) async throws -> Void
  ) async throws {
    try await engine.withDatabase { county in
      try await Engine.sqlite.withDatabase { city in
        try await Engine.sqlite.withDatabase { province in
          try await body(
            ExchangeWorld(
              [.county: county, .city: city, .province: province], suites: [.city: .national]))
        }
      }
    }
  }

  private let enterprise = """
    企业名称,县区,信用代码,联系人,联系电话
    NAME,清河县,91350100M000100Y43,王示例,13800001002
    """

  @Test(arguments: Engine.available)
  func upTwiceAndDownTwice(engine: Engine) async throws {
    try await withThree(engine) { world in
      try await world.link(.county, to: .city)
      try await world.link(.city, to: .province)
      // The same enterprise by its code, whatever each register calls it.
      for (place, name) in [
        (ExchangeWorld.Place.county, "清河面粉有限公司"), (.city, "清河面粉厂"), (.province, "清河面粉"),
      ] {
        try await world[place].importRows(
          .enterprises, enterprise.replacing("NAME", with: name))
      }
      let own = try await world.register(
        "用电增容", "清河面粉有限公司", track: "enterprise", at: .county)
      try await world.act(
        .judge(category: "utilities", difficulty: .complex, tier: "", note: ""), on: own,
        at: .county)
      try await world.act(
        .refer(.superior, to: "city", text: "变电站在市里"), on: own, at: .county)
      try await world.settle()
      let waiting = try await world.problem(own, at: .county)
      #expect(waiting.state == .referred && waiting.lane == .superior)
      let middle = try #require(
        try await world.arrived(waiting.handing!, of: .county, at: .city))
      let there = try await world.problem(middle, at: .city)
      #expect(there.registration.title == "用电增容" && there.state == .registered)
      #expect(
        there.sources == [.init(channel: "county", number: "\(waiting.registration.number)")])
      let enterpriseThere = try await world[.city].platform.database.read {
        try EnterpriseRows.only(named: "清河面粉厂", in: $0)
      }
      #expect(there.registration.concernsEnterprise == enterpriseThere)
      try await world.act(
        .refer(.superior, to: "province", text: "主网规划"), on: middle, at: .city)
      try await world.settle()
      let handing = try await world.problem(middle, at: .city).handing!
      let top = try #require(try await world.arrived(handing, of: .city, at: .province))
      try await close(top, world)
      try await world.settle()
      // Passed on as it is: whoever is in the middle need not type it again.
      for (id, place) in [(middle, ExchangeWorld.Place.city), (own, .county)] {
        let answers = try await world.history(id, at: place).steps.compactMap { step -> String? in
          if case .referralAnswered(let told) = step.event { told.text } else { nil }
        }
        #expect(answers == ["新建台区已送电"])
        #expect(try await world.problem(id, at: place).handing == nil)
      }
      #expect(
        try await steps(of: own, world)
          == ["registered", "handed_on", "answered"])
      for place in ExchangeWorld.Place.allCases {
        #expect(try await ReplayLedger(world[place].platform)().differences == [])
      }
    }
  }

  /// The province's own work on it, to the end.
  private func close(_ id: ProblemID, _ world: ExchangeWorld) async throws {
    let platform = world[.province]
    let handler = try await platform.account(.handler, unit: "清河县水利局")
    try await world.act(
      .judge(category: "utilities", difficulty: .general, tier: "", note: ""), on: id, at: .province
    )
    _ = try await ActOnProblem(platform.platform)(
      .assign(.init(unit: "清河县水利局")), on: id, seen: nil, by: world.office(.province))
    for command in [
      ProblemCommand.acknowledge(leg: nil),
      .claim(outcome: .solved, result: "新建台区已送电", evidence: "照片"),
    ] {
      _ = try await ActOnProblem(platform.platform)(
        .command(command), on: id, seen: nil, by: handler)
    }
    try await world.act(.verify(passed: true, text: "属实"), on: id, at: .province)
    world.pass(seconds: 30 * 86_400)
    try await world.act(
      .returnVisit(rating: .satisfied, text: "电话回访"), on: id, at: .province)
    try await world.act(.close, on: id, at: .province)
  }

  /// What the county was told of a problem, in order.
  private func steps(of id: ProblemID, _ world: ExchangeWorld) async throws -> [String] {
    try await world[.county].platform.database.read { connection in
      try ReceivedRows.about(id, in: connection).compactMap { shown in
        switch ReadEntry(shown.entry)?.message {
        case .progressed(let progress): progress.step.rawValue
        case .answered: "answered"
        default: nil
        }
      }
    }
  }

  /// Whom a problem concerns is found by its code, else by its name, else it stays in words.
  @Test(arguments: Engine.available)
  func whatCannotBeRegisteredIsAnswered(engine: Engine) async throws {
    try await withThree(engine) { world in
      try await world.link(.county, to: .city)
      let id = try await world.register("机井损坏", at: .county)
      try await world.act(.refer(.superior, to: "city", text: "请协调"), on: id, at: .county)
      // A name that no register there has, and no code with it.
      let now = world[.county].platform.now()
      let message = try await world[.county].platform.database.write { connection in
        let link = try LinkRows.find(name: "city", in: connection)!.link.id
        let sent = try ExchangeOutbox.message(1, link, in: connection)!
        guard case .handedUp(var handed) = sent else { return sent }
        (handed.concerns, handed.title) = (.init(name: "别处的村"), "别处的机井")
        try ExchangeOutbox.append(
          .handedUp(handed), as: 2, to: link, at: now, in: connection)
        // A track that nobody there works on.
        handed.track = Track(rawValue: "nowhere")!
        try ExchangeOutbox.append(
          .handedUp(handed), as: 3, to: link, at: now, in: connection)
        return sent
      }
      guard case .handedUp(let handed) = message else { return }
      #expect(handed.concerns.divisionCode != nil)
      try await world.settle()
      let found = try await (1...2).asyncMap { sequence in
        let id = try await world.arrived(
          .init(link: LinkID(0), sequence: sequence), of: .county, at: .city)
        return try await world.problem(try #require(id), at: .city).registration
      }
      #expect(found[0].concernsUnit != nil && found[0].concerns == "示例市/清河县/柳林镇/河湾村")
      #expect(found[1].concernsUnit == nil && found[1].concerns == "别处的村")
      #expect(
        try await world.arrived(
          .init(link: LinkID(0), sequence: 3), of: .county, at: .city) == nil)
      #expect(try await world.link(.county, at: .city).refused == 1)
    }
  }

  /// A hundred messages a request, and each is a ledger entry of its own.
  @Test(arguments: Engine.available)
  func manyMessagesGoInBatches(engine: Engine) async throws {
    try await withThree(engine) { world in
      try await world.link(.county, to: .city)
      let id = try await world.register("机井损坏", at: .county)
      try await world.act(.refer(.superior, to: "city", text: "请协调"), on: id, at: .county)
      for number in 1...250 {
        try await SupplementProblem(world[.county].platform)(
          id, text: "补充 \(number)", by: world.office(.county))
      }
      let before = world.line.carried
      try await world.settle()
      #expect(world.line.carried - before == 4)
      #expect(try await world.link(.county, at: .city).stored.received == 251)
      let handing = try await world.problem(id, at: .county).handing!
      let there = try #require(try await world.arrived(handing, of: .county, at: .city))
      let told = try await world.history(there, at: .city).steps.compactMap { step -> String? in
        if case .supplemented(let told) = step.event { told.text } else { nil }
      }
      #expect(told == (1...250).map { "补充 \($0)" })
    }
  }

  // MARK: Joining

  @Test(arguments: Engine.available)
  func aCodeJoinsOnce(engine: Engine) async throws {
    try await withThree(engine) { world in
      let (city, county, province) = (
        world[.city].platform, world[.county].platform, world[.province].platform
      )
      let code = try await OfferLink(city)(
        "county", role: .upper, url: "http://city.test/", by: .system)
      #expect(code.hasPrefix("http://city.test#"))
      await #expect(throws: OfferLink.Fault.nameTaken) {
        try await OfferLink(city)("county", role: .upper, url: "http://city.test", by: .system)
      }
      // The answer gets lost: the same command again gives the same link.
      let line = world.line
      let cut = JoinLink(county) { request in
        _ = try await line.send(request)
        throw HostileLine.Fault.answerLost
      }
      await #expect(throws: HostileLine.Fault.answerLost) {
        try await cut(code, name: "city", url: "http://county.test", by: .system)
      }
      let join = JoinLink(county, line: world.line.send)
      let first = try await join(code, name: "city", url: "http://county.test", by: .system)
      let again = try await join(code, name: "city", url: "http://county.test", by: .system)
      #expect(first == again && first.role == .lower)
      // Nobody else can use it, and nobody joins themselves or twice.
      await #expect(throws: JoinLink.Fault.refused(401, "unauthorised")) {
        try await JoinLink(province, line: world.line.send)(
          code, name: "city", url: "http://province.test", by: .system)
      }
      let second = try await OfferLink(city)(
        "again", role: .upper, url: "http://city.test", by: .system)
      await #expect(throws: JoinLink.Fault.refused(409, "already_linked")) {
        try await join(second, name: "city 2", url: "http://county.test", by: .system)
      }
      await #expect(throws: JoinLink.Fault.refused(409, "already_linked")) {
        try await JoinLink(city, line: world.line.send)(
          second, name: "self", url: "http://city.test", by: .system)
      }
      await #expect(throws: JoinLink.Fault.badCode) {
        try await join("http://city.test", name: "x", url: "http://county.test", by: .system)
      }
    }
  }

  @Test(arguments: Engine.available)
  func aCodeEndsAfterAWeek(engine: Engine) async throws {
    try await withThree(engine) { world in
      let code = try await OfferLink(world[.city].platform)(
        "county", role: .upper, url: "http://city.test", by: .system)
      world.pass(seconds: 7 * 86_400)
      await #expect(throws: JoinLink.Fault.refused(401, "unauthorised")) {
        try await JoinLink(world[.county].platform, line: world.line.send)(
          code, name: "city", url: "http://county.test", by: .system)
      }
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var result: [T] = []
    for element in self { result.append(try await transform(element)) }
    return result
  }
}
