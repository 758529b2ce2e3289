import Domain
import Storage

/// Registers many problems, each in a transaction of its own: what is wrong with one stops none of the others.
package struct RegisterMany: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// What became of one of them.
  package enum Result: Sendable {
    case registered(ProblemID)
    case refused([Registration.Fault])
    /// The platform could not; it was not registered.
    case failed
  }

  /// - Returns: in the order they were given.
  /// - Throws: `UseCaseError.forbidden`
  package func callAsFunction(
    _ registrations: [Registration], by account: Account
  ) async throws -> [Result] {
    guard account.may(.registerProblems) else { throw UseCaseError.forbidden }
    var results: [Result] = []
    for registration in registrations.prefix(BulkDeed.most) {
      results.append(await register(registration, account))
    }
    return results
  }

  private func register(_ registration: Registration, _ account: Account) async -> Result {
    do {
      return .registered(try await RegisterProblem(platform)(registration, by: account))
    } catch UseCaseError.registration(let faults) {
      return .refused(faults.faults)
    } catch {
      // What became of the others must still be told.
      return .failed
    }
  }
}
