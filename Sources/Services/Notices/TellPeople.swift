import Domain
import Storage

/// Writes who is told what of an event, in the event's own transaction.
struct TellPeople {
  let platform: Platform
  let connection: any Connection

  init(_ platform: Platform, in connection: any Connection) {
    (self.platform, self.connection) = (platform, connection)
  }

  /// - Parameter before: the problem before what happened.
  func tell(
    of event: ProblemEvent, _ problem: Problem, before: Problem, at: Instant, by actor: Actor
  ) throws {
    try tell(
      Notice.of(event, problem, before: before), of: problem.id, problem, at: at, by: actor)
  }

  func tell(of event: OrderEvent, _ order: Order, at: Instant, by actor: Actor) throws {
    let notices = Notice.of(event, order)
    if notices.isEmpty { return }
    let id = order.content.problem
    try tell(
      notices, of: id, ProblemHistory.load(id, in: connection)?.problem, order: order.id, at: at,
      by: actor)
  }

  private func tell(
    _ notices: [Notice], of id: ProblemID, _ problem: Problem?, order: OrderID? = nil,
    at: Instant, by actor: Actor
  ) throws {
    try tell(notices, of: .problem(id), order: order, at: at, by: actor) {
      try problem?.registration.place(in: connection)
    }
  }

  /// - Parameter place: where whom it is about lies, for the office that is told.
  func tell(
    _ notices: [Notice], of subject: Notice.Subject, order: OrderID? = nil, at: Instant,
    by actor: Actor, place: () throws -> UnitID?
  ) throws {
    if notices.isEmpty { return }
    let visible = try visible(from: at)
    // One id for the whole event: nobody is told of it twice.
    let noticeID = Identifiers.shared.next(at)
    for notice in notices {
      let new = NoticeRows.New(
        id: noticeID, kind: notice.kind, subject: subject, order: order, at: at,
        visible: visible, actor: actor)
      for recipient in notice.recipients {
        for audience in try audiences(of: recipient, place) {
          try NoticeRows.tell(new, to: audience, in: connection)
        }
      }
      try MessageRows.addForRobots(
        new, chain: { try place().map(chain) ?? [] }, in: connection)
    }
  }

  /// Tells of something else than a problem.
  /// - Parameter visible: `visible(from:)`, which many may share.
  func tell(
    _ kind: Notice.Kind, _ subject: Notice.Subject, _ audiences: [NoticeRows.Audience],
    at: Instant, visible: [Notice.Mode: Instant], by actor: Actor
  ) throws {
    let new = NoticeRows.New(
      id: Identifiers.shared.next(at), kind: kind, subject: subject, at: at, visible: visible,
      actor: actor)
    for audience in audiences { try NoticeRows.tell(new, to: audience, in: connection) }
  }

  /// From when on what happens now is shown.
  func visible(from at: Instant) throws -> [Notice.Mode: Instant] {
    let calendar = try platform.calendar(in: connection)
    return Dictionary(
      uniqueKeysWithValues: [Notice.Mode.on, .bundled].map {
        ($0, NoticeHours.visible(from: at, $0, calendar))
      })
  }

  private func audiences(
    of recipient: Notice.Recipient, _ place: () throws -> UnitID?
  ) throws -> [NoticeRows.Audience] {
    switch recipient {
    case .account(let id): return [.account(id)]
    case .official(let id): return [.official(id)]
    case .director: return [.role(.director)]
    case .handlers(let unit):
      // A village or a section without an account: whoever sees its tasks from above.
      let roles = [Role.handler]
      return try NoticeRows.staffed(chain(of: unit), roles, in: connection).map {
        [.unit($0, roles: roles)]
      } ?? []
    case .office: return try office(at: place())
    case .enterprise(let id): return [.enterprise(id)]
    case .village(let unit): return [.unit(unit, roles: [.villageClerk])]
    }
  }

  /// The office of the county that whom it concerns lies in; the city's where that county has none.
  private func office(at place: UnitID?) throws -> [NoticeRows.Audience] {
    let roles = [Role.countyOffice]
    let county = try place.flatMap {
      try NoticeRows.staffed(chain(of: $0), roles, in: connection)
    }
    if let county { return [.unit(county, roles: roles)] }
    return [.role(.office), .role(.director)]
  }

  /// The unit, or the one that stands for it since a merger, and those above it.
  private func chain(of unit: UnitID) throws -> [UnitID] {
    guard let present = try UnitRows.present(unit, in: connection) else { return [] }
    return present.path.split(separator: "/").compactMap { Int64($0).map { UnitID($0) } }.reversed()
  }
}
