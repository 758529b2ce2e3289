import Domain
import Storage

/// Fills a demo city's registers with as many problems as a bench wants: each takes a course of its own by the
/// rules, decided in memory, and many are written at once.
struct ScaleSet {
  let platform: Platform
  let city: DemoCity
  let script: ScaleScript
  let until: Day

  /// Problems written in one transaction.
  private static let together = 4_000

  func fill(_ count: Int) async throws {
    let cast = try await ScaleCast(city, platform, until)
    let player = try await ScalePlayer(platform, cast, script, until)
    var next = Task.detached { try player.rows(0..<min(count, Self.together)) }
    var first = 0
    while first < count {
      let rows = try await next.value
      first = min(count, first + Self.together)
      let following = first..<min(count, first + Self.together)
      // One core makes what the other writes.
      next = Task.detached { try player.rows(following) }
      try await OneTransaction.run(on: platform.database) { [platform] database in
        try await database.write { try ProblemStory.write(rows, in: $0) }
        // While they are at hand; millions at once would be a transaction of gigabytes.
        try await Sequencer.run(on: database, platform.vault, now: platform.now())
      }
    }
    next.cancel()
  }
}

/// Who acts in a scale set, and on what, looked up once.
struct ScaleCast: Sendable {
  let units: [String: (id: UnitID, isTownship: Bool)]
  let enterprises: [String: EnterpriseID]
  /// Where villages, by their path, and enterprises, by their name, lie.
  let areas: [String: Area]
  /// Who is in charge, by village and by enterprise.
  let charges: [Int64: OfficialID]
  let handlers: [UnitID: Actor]
  let officials: [OfficialID: Actor]
  let offices: [Actor]

  init(_ city: DemoCity, _ platform: Platform, _ day: Day) async throws {
    let (now, vault) = (platform.now(), platform.vault)
    let made = try await platform.database.write { connection in
      try ScaleCast.make(city, day, at: now, vault, in: connection)
    }
    self = made
  }

  private init(
    units: [String: (id: UnitID, isTownship: Bool)], enterprises: [String: EnterpriseID],
    areas: [String: Area], charges: [Int64: OfficialID], handlers: [UnitID: Actor],
    officials: [OfficialID: Actor],
    offices: [Actor]
  ) {
    (self.units, self.enterprises, self.charges) = (units, enterprises, charges)
    (self.handlers, self.officials, self.offices) = (handlers, officials, offices)
    self.areas = areas
  }

  private static func make(
    _ city: DemoCity, _ day: Day, at now: Instant, _ vault: Vault, in connection: any Connection
  ) throws -> ScaleCast {
    func account(_ seat: AccountSeat, _ name: String) throws -> Actor {
      .account(
        try InviteAccount.create(name, nil, seat, at: now, by: .system, vault, in: connection))
    }
    var units: [String: (id: UnitID, isTownship: Bool)] = [:]
    var handlers: [UnitID: Actor] = [:]
    var (areas, known) = ([String: Area](), UnitArea())
    for unit in try DemoCounts.units(in: connection) {
      units[unit.path] = (unit.id, unit.level == .township)
      if unit.level == .village {
        areas[unit.path] = try known.area(of: unit.id, in: connection)
      } else {
        handlers[unit.id] = try account(AccountSeat(.handler, unit: unit.id), unit.path)
      }
    }
    var enterprises: [String: EnterpriseID] = [:]
    var places: [String: UnitID] = [:]
    try EnterpriseRows.names(under: "/", in: connection) { id, name, unit in
      (enterprises[name], places[name]) = (id, unit)
    }
    for (name, unit) in places { areas[name] = try known.area(of: unit, in: connection) }
    let charges = try DemoCounts.charges(on: day, in: connection)
    var officials: [OfficialID: Actor] = [:]
    for id in Set(charges.values).sorted(by: { $0.value < $1.value }) {
      officials[id] = try account(AccountSeat(.official, official: id), "帮联干部")
    }
    let offices = try (0..<3).map { try account(AccountSeat(.office), "市活动办 \($0 + 1)") }
    return ScaleCast(
      units: units, enterprises: enterprises, areas: areas, charges: charges, handlers: handlers,
      officials: officials, offices: offices)
  }
}

/// Plays courses in memory.
struct ScalePlayer: Sendable {
  private let platform: Platform
  private let cast: ScaleCast
  private let script: ScaleScript
  private let end: Instant
  private let rules: ProblemRules
  private let surroundings: [Track: Problem.Surroundings]

  init(
    _ platform: Platform, _ cast: ScaleCast, _ script: ScaleScript, _ until: Day
  ) async throws {
    (self.platform, self.cast, self.script) = (platform, cast, script)
    end = Instant(startOf: until)
    let begin = platform.now()
    (rules, surroundings) = try await platform.database.read { connection in
      (
        try platform.loop(in: connection),
        [
          .village: try platform.surroundings(of: .village, at: begin, in: connection),
          .enterprise: try platform.surroundings(of: .enterprise, at: begin, in: connection),
        ]
      )
    }
  }

  func rows(_ numbers: Range<Int>) throws -> ProblemStory.Rows {
    ProblemStory.rows(try numbers.map { try story($0) }, rules, platform.database.suite)
  }

  private func story(_ number: Int) throws -> ProblemStory {
    let course = script.course(number)
    var surroundings = surroundings[course.track]!
    surroundings.now = course.registeredAt
    var event = ProblemEvent.Registered(
      number: Int64(number + 1), track: course.track, title: course.title, detail: course.detail,
      concerns: "", foundOn: course.foundOn,
      sources: course.channel.isEmpty
        ? nil : [.init(channel: course.channel, number: course.sourceNumber)],
      due: Problem.dueFromRegistration(in: surroundings))
    var charge: OfficialID?
    if course.track == .village {
      event.concerns = script.city.villages[course.target].path
      event.concernsUnit = cast.units[event.concerns]?.id
      charge = event.concernsUnit.flatMap { cast.charges[$0.value] }
    } else {
      event.concerns = script.city.enterprises[course.target].name
      event.concernsEnterprise = cast.enterprises[event.concerns]
      charge = event.concernsEnterprise.flatMap { cast.charges[$0.value] }
    }
    event.area = cast.areas[event.concerns]
    let registrar =
      course.registrar == .office ? nil : charge.flatMap { cast.officials[$0] }
    var story = try ProblemStory(
      event, at: course.registeredAt, by: registrar ?? cast.offices[0])
    for step in course.steps where step.at < end {
      surroundings.now = step.at
      try take(step.deed, of: charge, &story, surroundings)
    }
    return story
  }

  private func take(
    _ deed: Deed, of charge: OfficialID?, _ story: inout ProblemStory,
    _ surroundings: Problem.Surroundings
  ) throws {
    let lines = DeedLines(story.problem)
    let actor = actor(of: deed, lines)
    let command: ProblemCommand
    switch deed {
    case .assign(let unit, let others, let note):
      // Only villages have a second line.
      let official = story.problem.track == .village ? charge : nil
      command = .assign(
        .init(
          lead: try self.charge(unit), coHandlers: try others.map { try self.charge($0) },
          official: official, note: note))
    case .askRating:
      guard story.problem.state == .verified, let round = story.problem.round else { return }
      return try story.record(
        [.evaluationLinkIssued(.init(round: round.number, contact: nil))], at: surroundings.now,
        by: actor)
    case .rate(let rating, let text): command = .evaluate(rating: rating, text: text)
    default:
      guard let found = deed.command(lines, today: surroundings.now.day) else { return }
      command = found
    }
    let who = Problem.Who(
      actor: actor, actions: Set(ProblemAction.allCases), isDirector: true,
      answersFor: { _ in true })
    do {
      let events = try story.problem.decide(command, by: who, in: surroundings)
      try story.record(events, at: surroundings.now, by: actor)
    } catch let refused as Problem.Refused where !deed.isOptional {
      throw DemoFault(description: "demo \(surroundings.now) \(deed): \(refused.reasons)")
    } catch is Problem.Refused {
      return
    }
  }

  private func charge(_ path: String) throws -> ProblemCommand.Charge {
    guard let unit = cast.units[path] else { throw DemoFault(description: "demo: no \(path)") }
    return .init(unit: unit.id, isTownship: unit.isTownship)
  }

  private func actor(of deed: Deed, _ lines: DeedLines) -> Actor {
    switch deed {
    case .acknowledge, .feedback, .object, .askExtension, .claim:
      lines.lead.flatMap { cast.handlers[$0] } ?? cast.offices[1]
    case .answer, .feedbackOnLine:
      lines.official.flatMap { cast.officials[$0.id] } ?? cast.offices[1]
    case .answerAsCoHandler: lines.coHandler.flatMap { cast.handlers[$0.unit] } ?? cast.offices[1]
    case .rate: .system
    default: cast.offices[0]
    }
  }
}
