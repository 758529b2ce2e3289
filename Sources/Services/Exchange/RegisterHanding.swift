import Cryptography
import Domain
import Storage

/// A problem that another instance hands up is registered here, with its number there as its source.
struct RegisterHanding {
  let platform: Platform
  let link: ExchangeLink
  let now: Instant
  let connection: any Connection

  init(
    _ platform: Platform, _ link: ExchangeLink, at now: Instant, in connection: any Connection
  ) {
    (self.platform, self.link, self.now) = (platform, link, now)
    self.connection = connection
  }

  func callAsFunction(
    _ handed: ExchangeMessage.HandedUp, _ sequence: Int
  ) throws -> (ExchangeEffect, ProblemID?) {
    // There the clock may be ahead.
    let found = min(handed.foundOn, now.day)
    var registration = Registration(
      track: handed.track.rawValue, title: handed.title, detail: handed.detail,
      concerns: handed.concerns.name, foundOn: found.description)
    (registration.channel, registration.sourceNumber) = (link.name, String(handed.number))
    let values: Registration.Values
    switch registration.check(now: now, tracks: platform.procedures.tracks) {
    case .success(let checked): values = checked
    case .failure(let faults): return try refuse(faults, sequence)
    }
    let problem = try register(values, handed, sequence)
    return (.applied, problem.id)
  }

  private func register(
    _ values: Registration.Values, _ handed: ExchangeMessage.HandedUp, _ sequence: Int
  ) throws -> Problem {
    let surroundings = try platform.surroundings(of: values.track, at: now, in: connection)
    var event = ProblemEvent.Registered(
      track: values.track, title: values.title, detail: values.detail, concerns: values.concerns,
      foundOn: values.foundOn, sources: values.source.map { [$0] },
      due: Problem.dueFromRegistration(in: surroundings), origin: handed.origin ?? .office,
      handing: .init(link: link.id, sequence: sequence))
    try find(handed.concerns, surroundings.procedure.concern, &event)
    event.number = try ProblemHistory.nextNumber(in: connection)
    let key = Digest.sha256(Array("exchange\0\(link.id.value)\0\(sequence)".utf8)).bytes
    let problem = try ProblemHistory.register(
      event, importKey: key, at: now, by: .system, platform.loop(in: connection), in: connection
    ).problem
    try TellPeople(platform, in: connection).tell(
      of: .registered(event), problem, before: problem, at: now, by: .system)
    try ExchangePost(platform, at: now, in: connection).report(.registered(event), problem)
    return problem
  }

  /// Whom it concerns in our registers, by code before name; where it is in none, in words.
  private func find(
    _ concern: ExchangeMessage.Concern, _ kind: Procedure.Concern,
    _ event: inout ProblemEvent.Registered
  ) throws {
    switch kind {
    case .anyone: break
    case .enterprise:
      let byCode = try concern.creditCode.flatMap {
        try EnterpriseRows.find(codes: [$0], in: connection).first?.id
      }
      event.concernsEnterprise =
        try byCode ?? EnterpriseRows.only(named: event.concerns, in: connection)
    case .place:
      for name in [concern.divisionCode, concern.name].compactMap(\.self) {
        guard case .one(let stored) = try UnitReference(name).resolve(in: connection),
          stored.unit.isVillageOrTownship
        else { continue }
        event.concernsUnit = stored.unit.id
        event.concerns = try UnitReference.path(of: stored, in: connection)
        return
      }
    }
  }

  /// The other side waits for an answer: this one says what is wrong with its registration.
  private func refuse(
    _ faults: Registration.Faults, _ sequence: Int
  ) throws -> (ExchangeEffect, ProblemID?) {
    let what = faults.faults.map { "\($0.field.rawValue): \($0.code.rawValue)" }
    try ExchangePost(platform, at: now, in: connection).send(
      .answered(
        .init(handing: sequence, nil, .declined, "上级平台未能登记 (\(what.joined(separator: ", ")))")),
      link.id)
    return (.refused, nil)
  }
}
