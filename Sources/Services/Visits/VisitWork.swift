import Domain
import Storage

/// What the use cases that change visits have in common: decide, save, let those follow who come along, and
/// tell whom it concerns, in one transaction.
struct VisitWork {
  let platform: Platform
  let account: Account
  let now: Instant
  let connection: any Connection

  /// Runs a change. One at a time in all servers: of two that count what a month has, each sees the other.
  static func run<T: Sendable>(
    _ platform: Platform, by account: Account,
    _ body: @escaping @Sendable (VisitWork) throws -> T
  ) async throws -> T {
    let now = platform.now()
    return try await platform.database.write(exclusively: .planningVisits) { connection in
      do {
        return try body(
          VisitWork(platform: platform, account: account, now: now, connection: connection))
      } catch is LedgerRows.Conflict {
        // The enterprise was merged meanwhile. Run again: then what is loaded sees it.
        throw StorageError.contention
      }
    }
  }

  /// What decisions about an enterprise's visits on a day may look at.
  /// - Parameter id: a visit that does not count.
  func surroundings(
    of enterprise: EnterpriseID, on day: Day?, except id: VisitID? = nil
  ) throws -> Visit.Surroundings {
    try VisitWork.surroundings(
      of: enterprise, on: day, except: id, platform, at: now, in: connection)
  }

  static func surroundings(
    of enterprise: EnterpriseID, on day: Day?, except id: VisitID? = nil, _ platform: Platform,
    at now: Instant, in connection: any Connection
  ) throws -> Visit.Surroundings {
    var surroundings = Visit.Surroundings(today: now.day, platform.visitRules)
    guard let day else { return surroundings }
    surroundings.load = try VisitRows.load(
      of: enterprise, in: VisitMonth(of: day), except: id, in: connection)
    surroundings.isQuiet =
      try QuietRows.current(of: enterprise, on: now.day, in: connection)?.quiet.covers(day)
      ?? false
    return surroundings
  }

  /// A visit that is planned or asked for.
  @discardableResult
  func add(_ visit: Visit) throws -> VisitRows.Stored {
    if try VisitRows.isPlanned(visit, in: connection) { throw Visit.Refused([.doubled]) }
    let stored = try VisitRows.add(visit, at: now, by: account.actor, in: connection)
    let own = try VisitScope.visitor(of: account, platform.vault, in: connection)
    let notices = try Notice.planned(
      visit, host: host(of: visit), isArranged: own == nil,
      paired: visit.status == .asked
        ? PairingRows.officials(enterprise: visit.enterprise, on: now.day, in: connection) : [])
    try tell(notices, of: visit)
    return stored
  }

  @discardableResult
  func apply(
    _ command: VisitCommand, to stored: VisitRows.Stored
  ) throws -> VisitRows.Stored {
    let visit = stored.visit
    let next = try visit.deciding(
      command,
      in: surroundings(of: visit.enterprise, on: command.day, except: stored.id))
    // Before it changes: those that came along still say so.
    let guests = try VisitRows.guests(of: stored.id, in: connection)
    let saved = try save(stored, next, command.action.rawValue)
    try follow(guests, saved)
    try tell(Notice.of(command.action, next, host: host(of: next)), of: next)
    return saved
  }

  private func save(
    _ stored: VisitRows.Stored, _ next: Visit, _ verb: String
  ) throws -> VisitRows.Stored {
    try VisitRows.change(
      stored, to: next, verb: verb, at: now, by: account.actor, in: connection)
  }

  /// Those that come along move, end and are declined with their host; where the host stays away, the first
  /// of them takes its place.
  private func follow(_ guests: [VisitRows.Stored], _ host: VisitRows.Stored) throws {
    var heir: VisitRows.Stored?
    for guest in guests {
      var next = guest.visit.following(host.visit)
      if let heir { next = next.following(heir.visit, as: heir.id) }
      if next == guest.visit { continue }
      let saved = try save(guest, next, "followed")
      if next.status == .planned, heir == nil { heir = saved }
      try tell(Notice.followed(next), of: next)
    }
  }

  private func tell(_ notices: [Notice], of visit: Visit) throws {
    try TellPeople(platform, in: connection).tell(
      notices, of: .enterprise(visit.enterprise), at: now, by: account.actor
    ) { try EnterpriseRows.unit(of: visit.enterprise, in: connection) }
  }

  private func host(of visit: Visit) throws -> Visit? {
    try visit.joinedInto.flatMap { try VisitRows.find($0, in: connection)?.visit }
  }
}
