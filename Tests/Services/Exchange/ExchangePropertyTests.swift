import Cryptography
import Domain
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// Whatever the line and the servers do, in the end both sides of each link have the same: what was
/// written on one side stands once on the other, in its order, and nobody waits for an answer that was
/// given.
@Suite struct ExchangePropertyTests {
  /// Which engine each instance has, and the seed. The three are never all alike where there are two.
  static let cases: [(city: Engine, seed: UInt64)] = Engine.available.flatMap { engine in
    (1...(engine == .sqlite ? 8 : 4)).map { (engine, UInt64($0)) }
  }

  @Test(arguments: cases)
  func bothSidesEndEqual(city: Engine, seed: UInt64) async throws {
    try await Engine.sqlite.withDatabase { county in
      try await city.withDatabase { middle in
        try await Engine.available.last!.withDatabase { province in
          // One of them with 国密 algorithms: whoever checks a proof uses those of the other side.
          let world = try await ExchangeWorld(
            [.county: county, .city: middle, .province: province],
            suites: [.city: seed.isMultiple(of: 2) ? .national : .international], seed: seed)
          try await world.link(.county, to: .city)
          try await world.link(.city, to: .province)
          var play = ExchangePlay(world, seed: seed)
          world.line.turnHostile(60)
          for _ in 0..<120 { try await play.step() }
          try await world.settle()
          try await play.compare()
        }
      }
    }
  }
}

/// Random deeds of three offices, and what must have come of them.
struct ExchangePlay {
  private let world: ExchangeWorld
  private var generator: SplitMix
  private var ids: [ExchangeWorld.Place: [ProblemID]] = [:]
  private var done = 0

  init(_ world: ExchangeWorld, seed: UInt64) {
    self.world = world
    generator = SplitMix(state: seed &* 0x9E37)
  }

  mutating func step() async throws {
    let place = ExchangeWorld.Place.allCases.randomElement(using: &generator)!
    world.pass(seconds: Int64.random(in: 1...900, using: &generator))
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<8: try await world.kill(place)
    case 8..<25: try await world[place].sequence()
    case 25..<55:
      try await world.send(from: place, isPatient: Bool.random(using: &generator))
    case 55..<65 where place == .county:
      let id = try await world.register("问题 \(done)", at: .county)
      ids[.county, default: []].append(id)
    default: try await act(at: place)
    }
    done += 1
  }

  /// The office does something; what its guard refuses has not happened.
  private mutating func act(at place: ExchangeWorld.Place) async throws {
    try await look(at: place)
    guard let id = ids[place]?.randomElement(using: &generator) else { return }
    let upper: ExchangeWorld.Place = place == .county ? .city : .province
    let commands: [ProblemCommand] = [
      .refer(.superior, to: upper.rawValue, text: "请上级协调"), .accept,
      .judge(category: "infrastructure", difficulty: .general, tier: "", note: ""),
      .refer(.legal, to: "法院", text: "依法处理"), .decline(reason: "不属实", instead: "可走信访"),
      .answerReferral(text: "已自行办妥"), .shelve(.funds, text: "待资金", reviewOn: Day("2027-03-01")!),
      .unshelve(text: "资金到位"), .reopen(text: "再办"),
    ]
    // Whoever has somebody above mostly hands up: that is what is looked at.
    let isHandingUp = place != .province && Bool.random(using: &generator)
    let command = isHandingUp ? commands[0] : commands.randomElement(using: &generator)!
    do {
      if Int.random(in: 0..<8, using: &generator) == 0 {
        try await SupplementProblem(world[place].platform)(
          id, text: "又坏了一眼", by: world.office(place))
      } else {
        try await world.act(command, on: id, at: place)
      }
    } catch UseCaseError.refused {
    }
  }

  /// What has arrived can be worked on.
  private mutating func look(at place: ExchangeWorld.Place) async throws {
    guard place != .county else { return }
    ids[place] = try await world[place].platform.database.read { connection in
      try connection.rows(
        "select problem_id from exchange_received where kind = 'exchange.handed_up' order by sequence"
      ) { try $0.problemID(0) }
    }
  }

  // MARK: In the end

  mutating func compare() async throws {
    for place in ExchangeWorld.Place.allCases { try await look(at: place) }
    try await compare(.county, below: .city)
    try await compare(.city, below: .province)
    for place in ExchangeWorld.Place.allCases {
      let platform = world[place].platform
      try await world[place].sequence()
      #expect(try await VerifyLedger(platform)().fault == nil)
      #expect(try await ReplayLedger(platform)().differences == [])
      for status in try await world.links(place) {
        #expect(status.link.state == .open && status.unconfirmed == 0 && status.unknown == 0)
        #expect(!status.isAlarming(at: platform.now() + 7 * 86_400))
      }
    }
  }

  private func compare(
    _ lower: ExchangeWorld.Place, below upper: ExchangeWorld.Place
  ) async throws {
    let up = try await world.link(upper, at: lower)
    let down = try await world.link(lower, at: upper)
    try await expectSame(sent: up, at: lower, received: down, at: upper)
    try await expectSame(sent: down, at: upper, received: up, at: lower)
    for id in ids[lower] ?? [] { try await expectAnswered(id, at: lower, above: upper) }
  }

  /// The entries of the one are the messages of the other, byte for byte.
  private func expectSame(
    sent: ShowLinks.Status, at sender: ExchangeWorld.Place, received: ShowLinks.Status,
    at receiver: ExchangeWorld.Place
  ) async throws {
    let (out, into) = (sent.link.id, received.link.id)
    let written = try await world[sender].platform.database.read { connection in
      try LedgerRows.stream(ExchangeOutbox.streamName(out), in: connection)
    }
    let arrived = try await world[receiver].platform.database.read { connection in
      try ReceivedRows.last(10_000, of: into, in: connection).reversed().map(\.entry)
    }
    #expect(written.map(\.bytes) == Array(arrived))
    #expect(written.map(\.version) == Array(1...max(1, written.count)).prefix(written.count) + [])
    #expect(sent.stored.confirmed == written.count && received.stored.received == written.count)
  }

  /// A problem that was handed up is one problem above, and waits exactly as long as nobody has answered.
  private func expectAnswered(
    _ id: ProblemID, at lower: ExchangeWorld.Place, above upper: ExchangeWorld.Place
  ) async throws {
    let history = try await world.history(id, at: lower)
    for step in history.steps {
      guard case .referred(let referred) = step.event, let handing = referred.handing else {
        continue
      }
      let above = try #require(try await world.arrived(handing, of: lower, at: upper))
      let fate = try await world.history(above, at: upper)
      #expect(fate.problem.registration.handing?.sequence == handing.sequence)
      #expect(
        fate.problem.sources.first
          == .init(channel: lower.rawValue, number: "\(history.problem.registration.number)"))
      let isWaiting = history.problem.handing == handing
      let isAnswered = fate.steps.contains { step in
        switch step.event {
        case .declined, .referralAnswered: true
        case .referred(let referred): referred.lane != .superior
        default: false
        }
      }
      #expect(!(isWaiting && isAnswered))
      if !isWaiting { try expectEnded(step.version, in: history, isAnswered: isAnswered) }
    }
  }

  /// One answer ended it: the first from above, or the office's own.
  private func expectEnded(
    _ version: Int, in history: ProblemHistory, isAnswered: Bool
  ) throws {
    let next = try #require(
      history.steps.first {
        guard $0.version > version, case .referralAnswered = $0.event else { return false }
        return true
      })
    let between = history.steps.filter { $0.version > version && $0.version < next.version }
    #expect(
      between.allSatisfy { if case .supplemented = $0.event { true } else { false } })
    #expect(isAnswered || next.actor != .system)
  }
}
