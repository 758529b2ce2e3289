import Domain
import Storage

/// Many problems of one cause are to be studied and answered together.
package struct OpenBatch: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.refused`, `.unknownTrack`
  package func callAsFunction(
    track: Track, title: String, cause: String, by account: Account
  ) async throws -> BatchID {
    guard account.may(.manageBatches) else { throw UseCaseError.forbidden }
    guard platform.procedures[track] != nil else { throw UseCaseError.unknownTrack(track) }
    let (title, cause) = (title.singleLine.trimmed, cause.trimmed)
    if title.isEmpty || cause.isEmpty { throw UseCaseError.refused([.textMissing]) }
    guard title.unicodeScalars.count <= Problem.maximumTitle,
      cause.unicodeScalars.count <= Problem.maximumText
    else { throw UseCaseError.refused([.textTooLong]) }
    let now = platform.now()
    return try await platform.database.write { connection in
      try BatchRows.open(
        .init(track: track, title: title, cause: cause), at: now, by: account.actor,
        in: connection)
    }
  }
}
