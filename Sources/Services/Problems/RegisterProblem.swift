import Cryptography
import Domain
import Storage

/// A problem enters the register (告知·登记·收集).
package struct RegisterProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Parameter formID: names the sheet that was filled in; the same sheet sent twice is one problem.
  /// - Throws: `UseCaseError.forbidden`, `.registration`
  package func callAsFunction(
    _ registration: Registration, formID: String = "", by account: Account
  ) async throws -> ProblemID {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    let platform = platform
    let now = platform.now()
    let values: Registration.Values
    switch registration.check(now: now, tracks: platform.procedures.tracks) {
    case .success(let checked): values = checked
    case .failure(let faults): throw UseCaseError.registration(faults)
    }
    let key: [UInt8]? =
      formID.isEmpty
      ? nil : Digest.sha256(Array("\(account.actor)\0form\0\(formID)".utf8)).bytes
    return try await platform.database.write { connection in
      if let key, let known = try ProblemHistory.registered(by: key, in: connection) {
        return known
      }
      var event = try RegisterProblem.event(
        values, platform, at: now, among: UnitsInDatabase(connection: connection),
        enterprise: { try EnterpriseRows.only(named: $0, in: connection) }, in: connection)
      event.origin = platform.definitions.origins.origin(
        ofChannels: event.sources?.map(\.channel) ?? [], by: account.role)
      if let own = account.enterprise {
        event.concernsEnterprise = own
        event.concerns = try EnterpriseRows.find(own, in: connection)?.enterprise.name ?? ""
      }
      try RegisterProblem.check(event, isFor: account, in: connection)
      event.number = try ProblemHistory.nextNumber(in: connection)
      do {
        let problem = try ProblemHistory.register(
          event, importKey: key, at: now, by: account.actor, platform.loop(in: connection),
          in: connection
        ).problem
        try TellPeople(platform, in: connection).tell(
          of: .registered(event), problem, before: problem, at: now, by: account.actor)
        return problem.id
      } catch StorageError.notUnique where key != nil {
        // The same sheet was sent twice at once. Run again: then the first is found above.
        throw StorageError.contention
      }
    }
  }

  /// Whom a problem may concern that this account registers.
  /// - Throws: `UseCaseError.registration`
  private static func check(
    _ event: ProblemEvent.Registered, isFor account: Account, in connection: any Connection
  ) throws {
    let isTheirs =
      switch account.reach(of: .registerProblems) {
      case .all, nil: true
      case .subtree:
        try event.place(in: connection).map {
          try UnitRows.find($0, in: connection)?.path.hasPrefix(
            RegisterScope.path(of: account, in: connection)) ?? false
        } ?? true
      case .unit: event.concernsUnit == account.unit
      case .own: account.enterprise == nil || event.concernsUnit == nil
      }
    guard isTheirs else {
      throw UseCaseError.registration(.init([.init(.concerns, .notYours)]))
    }
  }

  /// The event of a checked registration, without its number, which is drawn when all is well. Whom it
  /// concerns is looked up where the procedure says so.
  static func event(
    _ values: Registration.Values, _ platform: Platform, at now: Instant,
    among units: some UnitSource, enterprise: (String) throws -> EnterpriseID?,
    in connection: any Connection
  ) throws -> ProblemEvent.Registered {
    let surroundings = try platform.surroundings(of: values.track, at: now, in: connection)
    var event = ProblemEvent.Registered(
      track: values.track, title: values.title, detail: values.detail, concerns: values.concerns,
      foundOn: values.foundOn, sources: values.source.map { [$0] },
      due: Problem.dueFromRegistration(in: surroundings))
    switch surroundings.procedure.concern {
    case .anyone: break
    case .place:
      switch try UnitReference(values.concerns).resolve(among: units) {
      case .one(let stored) where stored.unit.isVillageOrTownship:
        event.concernsUnit = stored.unit.id
        event.concerns = try UnitReference.path(of: stored, among: units)
      case .one, .none:
        throw UseCaseError.registration(.init([.init(.concerns, .unknown)]))
      case .several:
        throw UseCaseError.registration(.init([.init(.concerns, .ambiguous)]))
      }
    case .enterprise:
      // One that is not in the register yet is named in words.
      event.concernsEnterprise = try enterprise(values.concerns)
    }
    return event
  }
}
