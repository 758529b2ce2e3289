import Domain
import Services
import Storage
import TestSupport

/// The people of the sample county who act in the tests of the loop.
enum Person: String, CaseIterable {
  case office, colleague, director
  /// Handlers of a department, of another one, and of a township with its villages.
  case water, roads, town
  case official

  var isOffice: Bool { self == .office || self == .colleague || self == .director }
}

/// Who may be charged with a leg.
enum Party: String, CaseIterable {
  case water, roads, town, village, official

  static let names: [Party: String] = [
    .water: "清河县水利局", .roads: "清河县交通运输局", .town: "示例市/清河县/柳林镇",
    .village: "柳林镇/河湾村",
  ]
}

/// The sample county with people in it, and short ways to make them act.
struct LoopDesk: Sendable {
  let test: TestPlatform
  let accounts: [Person: Account]
  let official: OfficialID
  let parties: [Leg.Party: Party]

  var platform: Platform { test.platform }

  init(_ test: TestPlatform) async throws {
    self.test = test
    try await test.importRows(
      .officials, "姓名,单位,类型,手机号\n李四,柳林镇,联乡帮村,13800000002")
    let official = try await test.platform.database.read { connection in
      OfficialID(try connection.row("select id from officials") { try $0.int(0) }!)
    }
    self.official = official
    accounts = [
      .office: try await test.account(.office), .colleague: try await test.account(.office),
      .director: try await test.account(.director),
      .water: try await test.account(.handler, unit: Party.names[.water]),
      .roads: try await test.account(.handler, unit: Party.names[.roads]),
      .town: try await test.account(.handler, unit: Party.names[.town]),
      .official: try await test.account(.official, official: official),
    ]
    var parties: [Leg.Party: Party] = [.official(official): .official]
    for (party, name) in Party.names {
      parties[.unit(try await FindUnit(test.platform)(name))] = party
    }
    self.parties = parties
  }

  static func run<T>(
    on engine: Engine, _ body: (LoopDesk) async throws -> T
  ) async throws -> T {
    try await engine.withSample { try await body(LoopDesk($0)) }
  }

  func account(_ person: Person) -> Account { accounts[person]! }

  func load(_ id: ProblemID) async throws -> Problem {
    try await platform.database.read { try ProblemHistory.load(id, in: $0)! }.problem
  }

  func steps(_ id: ProblemID) async throws -> [ProblemHistory.Step] {
    try await platform.database.read { try ProblemHistory.load(id, in: $0)!.steps }
  }

  /// The kinds of what happened, without what everybody does first.
  func kinds(_ id: ProblemID, after version: Int = 0) async throws -> [String] {
    try await steps(id).filter { $0.version > version }.map {
      String(ProblemEventCodec.kind(of: $0.event).dropFirst("problem.".count))
    }
  }

  func register(
    _ track: Track = .village, source: String = "", by person: Person = .office
  ) async throws -> Problem {
    var registration = Registration(
      track: track.rawValue, title: "机井损坏", detail: "",
      concerns: track == .village ? Party.names[.village]! : "清河县示例面粉厂", foundOn: "")
    if !source.isEmpty { (registration.channel, registration.sourceNumber) = ("12345", source) }
    return try await load(RegisterProblem(platform)(registration, by: account(person)))
  }

  @discardableResult
  func act(
    _ request: ActOnProblem.Request, on id: ProblemID, seen: Int? = nil, by person: Person
  ) async throws -> Problem {
    try await ActOnProblem(platform)(request, on: id, seen: seen, by: account(person))
  }

  @discardableResult
  func act(_ command: ProblemCommand, on id: ProblemID, by person: Person) async throws -> Problem {
    try await act(.command(command), on: id, by: person)
  }

  /// Why it was refused; none where it was done.
  func refusals(
    _ request: ActOnProblem.Request, on id: ProblemID, by person: Person
  ) async throws -> [Problem.Refusal] {
    do {
      try await act(request, on: id, by: person)
      return []
    } catch UseCaseError.refused(let reasons) {
      return reasons
    }
  }

  func refusals(
    _ command: ProblemCommand, on id: ProblemID, by person: Person
  ) async throws -> [Problem.Refusal] {
    try await refusals(.command(command), on: id, by: person)
  }

  func judged(
    _ track: Track = .enterprise, _ difficulty: Difficulty = .general, tier: String = ""
  ) async throws -> Problem {
    let id = try await register(track).id
    return try await act(
      .judge(category: "other", difficulty: difficulty, tier: tier, note: ""), on: id, by: .office)
  }

  func assigned(
    _ track: Track = .enterprise, _ difficulty: Difficulty = .general, with others: [Party] = []
  ) async throws -> Problem {
    let id = try await judged(track, difficulty).id
    return try await act(assignment(.water, others, track: track), on: id, by: .office)
  }

  func assignment(
    _ lead: Party, _ others: [Party] = [], track: Track = .enterprise, pushedDown: String = ""
  ) -> ActOnProblem.Request {
    .assign(
      .init(
        unit: Party.names[lead]!, coHandlers: others.map { Party.names[$0]! },
        official: track == .village ? official : nil, pushedDown: pushedDown))
  }

  /// Claimed by the lead handler and, where there is one, reported by the official.
  func claimed(_ track: Track = .enterprise) async throws -> Problem {
    try await claim(assigned(track))
  }

  func claim(_ problem: Problem) async throws -> Problem {
    for leg in problem.round?.openLegs ?? [] where leg.role == .official {
      try await act(.answer(leg: leg.number, text: "属实"), on: problem.id, by: .official)
    }
    return try await act(
      .claim(outcome: .solved, result: "已修好", evidence: "照片"), on: problem.id, by: .water)
  }

  func verify(_ problem: Problem, passed: Bool = true) async throws -> Problem {
    try await act(.verify(passed: passed, text: "已查看"), on: problem.id, by: .colleague)
  }

  /// The asker rates through a fresh link.
  func rate(_ problem: Problem, _ rating: Rating) async throws -> Problem {
    let link = try await IssueEvaluationLink(platform)(problem.id, by: account(.director))
    try await EvaluateProblem(platform)(link, rating: rating, text: "")
    return try await load(problem.id)
  }

  /// Fires until nothing is due.
  @discardableResult
  func fire() async throws -> Int {
    var fired = 0
    while true {
      let result = try await FireTimers(platform)()
      if result.isEmpty { return fired }
      fired += result.fired
      if result.fired + result.dropped == 0 { return fired }
    }
  }
}
