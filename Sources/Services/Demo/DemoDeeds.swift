import Domain
import Storage

/// Does what a course says, by those who would do it.
extension DemoStage {
  func register(_ number: Int, _ platform: Platform) async throws {
    let course = script.courses[number]
    var concerns: String
    var account: Account?
    if course.track == .village {
      concerns = city.villages[course.target].path
    } else {
      concerns = city.enterprises[course.target].name
    }
    switch course.registrar {
    case .official:
      if let official = try await charge(course, platform) {
        account = try await cast.official(official, platform)
      }
    case .village:
      let village = city.villages[course.target]
      let unit = try await unit(village.path, platform)
      account = try await cast.clerk(unit, village.name, platform)
    case .enterprise:
      let id = try await enterprise(course.target, platform)
      account = try await cast.enterprise(id, concerns, platform)
    case .office: break
    }
    var registration = Registration(
      track: course.track.rawValue, title: course.title, detail: course.detail,
      concerns: concerns, foundOn: course.foundOn.description)
    (registration.channel, registration.sourceNumber) = (course.channel, course.sourceNumber)
    let by = if let account { account } else { try await office(course, platform) }
    let id = try await RegisterProblem(platform)(registration, by: by)
    problems[number] = id
    courses[id] = number
  }

  /// - Throws: what a use case throws, but where the deed may be left undone.
  func perform(_ deed: Deed, _ number: Int, _ platform: Platform) async throws {
    guard let id = problems[number] else { return }
    do {
      switch deed {
      case .askRating: return try await askRating(number, id, platform)
      case .rate(let rating, let text):
        return try await rate(rating, text, number, id, platform)
      default: break
      }
      guard let request = try await request(deed, number, platform) else { return }
      let account = try await actor(of: deed, number, platform)
      let problem = try await ActOnProblem(platform)(request, on: id, seen: nil, by: account)
      rounds[number] = DeedLines(problem)
    } catch UseCaseError.refused(let reasons) {
      if !deed.isOptional {
        throw DemoFault(
          description: "demo \(platform.now()) \(script.courses[number].title) \(deed): \(reasons)")
      }
    }
  }

  private func askRating(_ number: Int, _ id: ProblemID, _ platform: Platform) async throws {
    let office = try await office(script.courses[number], platform)
    tokens[number] = try await IssueEvaluationLink(platform)(id, by: office)
  }

  private func rate(
    _ rating: Rating, _ text: String, _ number: Int, _ id: ProblemID, _ platform: Platform
  ) async throws {
    guard let token = tokens.removeValue(forKey: number) else { return }
    try await EvaluateProblem(platform)(token, rating: rating, text: text)
    if rating == .dissatisfied { try await look(number, id, platform) }
  }

  /// Sees who has it now, after a step that does not say.
  func look(_ number: Int, _ id: ProblemID, _ platform: Platform) async throws {
    let problem = try await platform.database.read { try ProblemHistory.load(id, in: $0)?.problem }
    if let problem { rounds[number] = DeedLines(problem) }
  }

  private func actor(
    of deed: Deed, _ number: Int, _ platform: Platform
  ) async throws -> Account {
    let course = script.courses[number]
    switch deed {
    case .acknowledge, .feedback, .object, .askExtension, .claim:
      if let lead = rounds[number]?.lead { return try await cast.handler(lead, platform) }
    case .answer, .feedbackOnLine:
      if let line = rounds[number]?.official { return try await cast.official(line.id, platform) }
    case .answerAsCoHandler:
      if let line = rounds[number]?.coHandler { return try await cast.handler(line.unit, platform) }
    case .shelve, .reviewShelving: return try await cast.director(platform)
    default: break
    }
    return try await office(course, platform)
  }

  /// - Returns: nil where nothing is left to be done.
  private func request(
    _ deed: Deed, _ number: Int, _ platform: Platform
  ) async throws -> ActOnProblem.Request? {
    switch deed {
    case .assign(let unit, let others, let note):
      return .assign(.init(unit: unit, coHandlers: others, note: note))
    case .merge(let text):
      guard let twin = script.courses[number].twin.flatMap({ problems[$0] }) else { return nil }
      let master = try await platform.database.read {
        try ProblemHistory.load(twin, in: $0)?.problem.registration.number
      }
      return master.map { .merge(into: $0, text: text) }
    default: return deed.command(rounds[number], today: platform.now().day).map { .command($0) }
    }
  }
}
