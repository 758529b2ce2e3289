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
    guard account.role.mayRegister else { throw UseCaseError.forbidden }
    let now = platform.now()
    let values: Registration.Values
    switch registration.check(now: now) {
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
      var event = try RegisterProblem.event(values, in: connection)
      event.number = try ProblemHistory.nextNumber(in: connection)
      do {
        return try ProblemHistory.register(
          event, importKey: key, at: now, by: account.actor, in: connection
        ).problem.id
      } catch StorageError.notUnique where key != nil {
        // The same sheet was sent twice at once. Run again: then the first is found above.
        throw StorageError.contention
      }
    }
  }

  /// The event of a checked registration, without its number, which is drawn when all is well; a village
  /// problem must concern a unit we know.
  static func event(
    _ values: Registration.Values, in connection: any Connection
  ) throws -> ProblemEvent.Registered {
    var (unit, concerns): (UnitID?, String) = (nil, values.concerns)
    if values.track == .village {
      switch try UnitReference(values.concerns).resolve(in: connection) {
      case .one(let stored) where stored.unit.isVillageOrTownship:
        unit = stored.unit.id
        concerns = try UnitReference.path(of: stored, in: connection)
      case .one, .none:
        throw UseCaseError.registration(.init([.init(.concerns, .unknown)]))
      case .several:
        throw UseCaseError.registration(.init([.init(.concerns, .ambiguous)]))
      }
    }
    return .init(
      number: 0, track: values.track,
      title: values.title, detail: values.detail, concernsUnit: unit, concerns: concerns,
      foundOn: values.foundOn)
  }
}
