import Domain
import Storage

/// A problem by what people call it: its running number, or its id. Ids are far greater than numbers.
package struct FindProblem: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  private static let greatestNumber: Int64 = 1 << 40

  /// - Throws: `UseCaseError.notFound` where no problem has this number.
  package func callAsFunction(_ reference: Int64) async throws -> ProblemID {
    guard reference < FindProblem.greatestNumber else { return ProblemID(reference) }
    let found = try await platform.database.read { connection in
      try ProblemHistory.find(number: reference, in: connection)
    }
    guard let found else { throw UseCaseError.notFound }
    return found
  }
}
