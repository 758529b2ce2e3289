import Domain
import Storage

/// Problems join a batch, by their numbers as people quote them, or leave it.
package struct ChangeBatch: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Line: Sendable {
    package let number: Int64
    /// Why it stayed where it was; none where it moved.
    package let reasons: [Problem.Refusal]
  }

  /// Numbers that are taken in one go.
  package static let limit = 200

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func join(
    _ numbers: [Int64], to batch: BatchID, text: String, by account: Account
  ) async throws -> [Line] {
    try await each(numbers, of: batch, by: account) { work in
      let request = ActOnProblem.Request.joinBatch(batch, text: text)
      try work.act(
        try ActOnProblem.command(
          request, on: work.problem, today: work.now.day, in: work.connection))
    }
  }

  /// - Throws: `UseCaseError.notFound`, `.forbidden`
  package func leave(
    _ numbers: [Int64], from batch: BatchID, text: String, by account: Account
  ) async throws -> [Line] {
    try await each(numbers, of: batch, by: account) { work in
      guard work.problem.batch == batch else { throw UseCaseError.refused([.notInBatch]) }
      try work.act(.leaveBatch(text: text))
    }
  }

  /// Each under its own rules, all in one transaction.
  private func each(
    _ numbers: [Int64], of batch: BatchID, by account: Account,
    _ step: @escaping @Sendable (inout ProblemWork) throws -> Void
  ) async throws -> [Line] {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    let platform = platform
    let now = platform.now()
    let asked = numbers.prefix(ChangeBatch.limit)
    return try await platform.database.write { connection in
      guard try BatchRows.find(batch, in: connection) != nil else { throw UseCaseError.notFound }
      return try asked.map { number in
        do {
          guard let id = try ProblemHistory.find(number: number, in: connection) else {
            throw UseCaseError.notFound
          }
          var work = try ProblemWork(id, for: account, at: now, platform, in: connection)
          try step(&work)
          return Line(number: number, reasons: [])
        } catch UseCaseError.refused(let reasons) {
          return Line(number: number, reasons: reasons)
        } catch UseCaseError.notFound {
          return Line(number: number, reasons: [.unknownProblem])
        }
      }
    }
  }
}
