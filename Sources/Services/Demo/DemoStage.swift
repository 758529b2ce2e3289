import Cryptography
import Domain
import Storage

/// A demo city while its story is played: what is known of those who act and of what they act on.
final class DemoStage {
  let city: DemoCity
  let script: DemoScript
  let cast: DemoCast
  let words: DemoProblemWords
  var dice: Dice
  var agenda = Agenda<Scene>()
  /// By the course's number.
  var problems: [Int: ProblemID] = [:]
  var courses: [ProblemID: Int] = [:]
  var rounds: [Int: DeedLines] = [:]
  var tokens: [Int: SecretToken] = [:]
  var batches: [Int: BatchID] = [:]
  /// Units by their path.
  var units: [String: UnitID] = [:]
  var enterprises: [String: EnterpriseID] = [:]
  /// Who is in charge, by the course's track and target; forgotten where pairings change.
  var charges: [Track: [Int: OfficialID]] = [:]

  /// What happens at an instant.
  enum Scene: Sendable {
    case registers(wave: Int)
    case villageTrack
    case whiteLists
    case timers
    case orders
    case month(Day)
    case visits(Day)
    case hold(VisitID, OfficialID)
    case register(Int)
    case deed(Int, Deed)
    case lookBack(Int)
    case batch(Int, BatchStep)
  }

  enum BatchStep: Sendable { case open, answer, verify, close }

  init(
    _ city: DemoCity, _ script: DemoScript, _ words: DemoProblemWords, names: DemoNames,
    _ dice: Dice
  ) {
    (self.city, self.script, self.words, self.dice) = (city, script, words, dice)
    cast = DemoCast(names)
  }

  /// Everything that is known beforehand.
  /// - Parameter isStory: without it only registers and pairings.
  func prepare(_ time: OfficeTime, until: Day, isStory: Bool = true) {
    for (number, wave) in city.plan.enterprises.enumerated() {
      agenda.add(.registers(wave: number), at: Instant(startOf: wave.day) + 9 * 3600)
    }
    agenda.add(.villageTrack, at: Instant(startOf: DemoPlan.villageBegins) + 9 * 3600)
    agenda.add(.whiteLists, at: Instant(startOf: Day("2022-04-01")!) + 10 * 3600)
    guard isStory else { return }
    var day = DemoPlan.begins + 1
    while day < until {
      if time.calendar.isWorkingDay(day) {
        for hour in [9, 11, 14, 16] as [Int64] {
          agenda.add(.timers, at: Instant(startOf: day) + hour * 3600 + 60)
        }
        if day.weekday == .monday { agenda.add(.orders, at: Instant(startOf: day) + 10 * 3600) }
      }
      if day.components.day == 1 {
        agenda.add(.month(day), at: Instant(startOf: day) + 60)
        agenda.add(.visits(day), at: Instant(startOf: day) + 8 * 3600)
      }
      day = day + 1
    }
    for (number, course) in script.courses.enumerated() {
      agenda.add(.register(number), at: course.registeredAt)
      for step in course.steps { agenda.add(.deed(number, step.deed), at: step.at) }
    }
    for (number, batch) in script.batches.enumerated() {
      agenda.add(.batch(number, .open), at: batch.opensAt)
      agenda.add(.batch(number, .answer), at: batch.answeredAt)
      agenda.add(.batch(number, .verify), at: batch.verifiedAt)
      agenda.add(.batch(number, .close), at: batch.closedAt)
    }
  }

  // MARK: Whom names stand for

  func unit(_ path: String, _ platform: Platform) async throws -> UnitID {
    if let known = units[path] { return known }
    let id = try await FindUnit(platform)(path)
    units[path] = id
    return id
  }

  func enterprise(_ target: Int, _ platform: Platform) async throws -> EnterpriseID {
    let name = city.enterprises[target].name
    if let known = enterprises[name] { return known }
    let id = try await platform.database.read { try EnterpriseRows.only(named: name, in: $0) }
    guard let id else { throw DemoFault(description: "demo: no enterprise \(name)") }
    enterprises[name] = id
    return id
  }

  /// Who is in charge of a course's village or enterprise.
  func charge(_ course: Course, _ platform: Platform) async throws -> OfficialID? {
    try await charge(course.track, course.target, platform)
  }

  func charge(_ track: Track, _ target: Int, _ platform: Platform) async throws -> OfficialID? {
    if let known = charges[track]?[target] { return known }
    var (village, firm): (UnitID?, EnterpriseID?)
    if track == .village {
      village = try await unit(city.villages[target].path, platform)
    } else {
      firm = try await enterprise(target, platform)
    }
    let (unit, enterprise, today) = (village, firm, platform.now().day)
    let id = try await platform.database.read {
      try PairingRows.officials(enterprise: enterprise, unit: unit, on: today, in: $0).first
    }
    if let id { charges[track, default: [:]][target] = id }
    return id
  }

  /// The office that has a problem: the county's, or the city's for what the city assigns.
  func office(_ course: Course, _ platform: Platform) async throws -> Account {
    if course.category == "petitions" || course.batch != nil {
      return try await cast.office(0, platform)
    }
    let county = city.counties[course.county]
    return try await cast.countyOffice(unit(county.path, platform), county.short, platform)
  }
}
