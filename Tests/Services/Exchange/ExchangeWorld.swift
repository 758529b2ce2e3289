import Cryptography
import Domain
import Services
import Storage
import Synchronization
import TestSupport

/// Three instances, each with a database and keys of its own, and lines between them.
final class ExchangeWorld {
  enum Place: String, CaseIterable {
    case county, city, province
    var url: String { "http://\(rawValue).test" }
  }

  /// Databases and keys outlive a server; all else of it goes when it is killed.
  struct House {
    let database: any Database
    let keys: KeyRing
    let suite: CipherSuite
    var platform: TestPlatform
    let office: Account
  }

  private(set) var houses: [Place: House] = [:]
  let line: HostileLine
  private var elapsed: Int64 = 0

  /// - Parameter suites: where one has other algorithms than the rest.
  init(
    _ databases: [Place: any Database], suites: [Place: CipherSuite] = [:], seed: UInt64 = 1
  ) async throws {
    line = HostileLine(seed: seed)
    for (place, database) in databases {
      let (keys, suite) = (KeyRing([.random()]), suites[place] ?? .international)
      let platform = try await TestPlatform(database, suite: suite, keys: keys)
      try await platform.loadSample()
      houses[place] = House(
        database: database, keys: keys, suite: suite, platform: platform,
        office: try await platform.account(.office))
      line.connect(place.url, to: platform.platform)
    }
  }

  subscript(_ place: Place) -> TestPlatform { houses[place]!.platform }
  func office(_ place: Place) -> Account { houses[place]!.office }

  /// The server ends without a word, and another begins on what is in its database.
  func kill(_ place: Place) async throws {
    var house = houses[place]!
    house.platform = try await TestPlatform(house.database, suite: house.suite, keys: house.keys)
    house.platform.set("2026-11-20 09:00")
    house.platform.advance(seconds: elapsed)
    houses[place] = house
    line.connect(place.url, to: house.platform.platform)
  }

  func pass(seconds: Int64) {
    elapsed += seconds
    for house in houses.values { house.platform.advance(seconds: seconds) }
  }

  /// The upper one calls the lower one by its name, and the other way round.
  func link(_ lower: Place, to upper: Place) async throws {
    let code = try await OfferLink(self[upper].platform)(
      lower.rawValue, role: .upper, url: upper.url, by: .system)
    let joined = try await JoinLink(self[lower].platform, line: line.send)(
      code, name: upper.rawValue, url: lower.url, by: .system)
    guard joined.role == .lower else { throw HostileLine.Fault.dropped }
  }

  func register(
    _ title: String, _ concerns: String = "柳林镇/河湾村", track: String = "village", at place: Place
  ) async throws -> ProblemID {
    try await RegisterProblem(self[place].platform)(
      Registration(
        track: track, title: title, detail: "三眼机井坏了", concerns: concerns,
        foundOn: "2026-11-19"), by: office(place))
  }

  @discardableResult
  func act(
    _ command: ProblemCommand, on id: ProblemID, at place: Place
  ) async throws -> Problem {
    try await ActOnProblem(self[place].platform)(
      .command(command), on: id, seen: nil, by: office(place))
  }

  func problem(_ id: ProblemID, at place: Place) async throws -> Problem {
    try await ShowProblem(self[place].platform)(id, for: office(place)).problem
  }

  func history(_ id: ProblemID, at place: Place) async throws -> ProblemHistory {
    try await self[place].platform.database.read { try ProblemHistory.load(id, in: $0)! }
  }

  func links(_ place: Place) async throws -> [ShowLinks.Status] {
    try await ShowLinks(self[place].platform)()
  }

  func link(_ name: Place, at place: Place) async throws -> ShowLinks.Status {
    try await links(place).first { $0.link.name == name.rawValue }!
  }

  /// The problem that a handing up became; nil while it has not arrived.
  func arrived(
    _ handing: Problem.Handing, of lower: Place, at upper: Place
  ) async throws -> ProblemID? {
    let id = try await link(lower, at: upper).link.id
    return try await self[upper].platform.database.read {
      try ReceivedRows.problem(of: handing.sequence, id, in: $0)
    }
  }

  /// One turn of a server's sender over all its links.
  @discardableResult
  func send(from place: Place, isPatient: Bool = true) async throws -> [SendExchange.Result] {
    let send = SendExchange(self[place].platform, line: line.send)
    var results: [SendExchange.Result] = []
    for status in try await links(place) where status.link.state == .open {
      results.append(try await send(status.link.id, isPatient: isPatient))
    }
    return results
  }

  /// Heals the line and sends until nobody has anything to say.
  func settle() async throws {
    try await line.heal()
    for _ in 0..<200 {
      var isQuiet = true
      for place in Place.allCases where houses[place] != nil {
        try await self[place].sequence()
        for result in try await send(from: place, isPatient: false) where result != .nothing {
          isQuiet = false
        }
      }
      if isQuiet { return }
    }
    throw HostileLine.Fault.neverQuiet
  }
}

/// Carries requests between platforms in this process, and loses, doubles, spoils and holds them back.
final class HostileLine: Sendable {
  enum Fault: Error { case dropped, held, answerLost, noSuchHost, neverQuiet }

  private struct State {
    var doors: [String: ExchangeDoor] = [:]
    var late: [ExchangeRequest] = []
    var generator: SplitMix
    /// Of a hundred requests so many meet with something.
    var hostility = 0
    var carried = 0
  }

  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(generator: SplitMix(state: seed))) }

  func connect(_ url: String, to platform: Platform) {
    state.withLock { $0.doors[url] = ExchangeDoor(platform) }
  }

  func turnHostile(_ percent: Int) { state.withLock { $0.hostility = percent } }

  var carried: Int { state.withLock { $0.carried } }

  private enum Fate: Int, CaseIterable { case drop, cutAnswer, double, hold, spoil, lateFirst }

  var send: ExchangeLine {
    { [self] request in
      let fate = state.withLock { state -> Fate? in
        guard Int.random(in: 0..<100, using: &state.generator) < state.hostility else { return nil }
        return Fate.allCases.randomElement(using: &state.generator)
      }
      switch fate {
      case nil: return try await deliver(request)
      case .drop: throw Fault.dropped
      case .cutAnswer:
        _ = try await deliver(request)
        throw Fault.answerLost
      case .double:
        _ = try await deliver(request)
        return try await deliver(request)
      case .hold:
        state.withLock { $0.late.append(request) }
        throw Fault.held
      case .spoil: return try await deliver(spoiled(request))
      case .lateFirst:
        try await deliverLate()
        return try await deliver(request)
      }
    }
  }

  private func spoiled(_ request: ExchangeRequest) -> ExchangeRequest {
    var body = request.body
    state.withLock { state in
      let place = Int.random(in: 0..<body.count, using: &state.generator)
      body[place] = UInt8.random(in: 0...255, using: &state.generator)
    }
    return ExchangeRequest(
      url: request.url, token: request.token, contentType: request.contentType, body: body)
  }

  /// What was held back arrives, in any order.
  private func deliverLate() async throws {
    let late = state.withLock { state in
      defer { state.late = [] }
      return state.late.shuffled(using: &state.generator)
    }
    for request in late { _ = try await deliver(request) }
  }

  func heal() async throws {
    turnHostile(0)
    try await deliverLate()
  }

  private func deliver(_ request: ExchangeRequest) async throws -> ExchangeReply {
    let door = state.withLock { state in
      state.carried += 1
      return state.doors.first { request.url.hasPrefix($0.key) }?.value
    }
    guard let door else { throw Fault.noSuchHost }
    let answer =
      request.url.hasSuffix(ExchangePaths.links)
      ? try await door.links(request.token, request.body)
      : try await door.messages(request.token, request.body)
    return ExchangeReply(status: answer.status, body: answer.body)
  }
}
