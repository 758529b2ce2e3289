import Cryptography
import Domain
import Storage

/// Makes rows of problems anew: those a migration left, and the tasks and timers of open problems where
/// the calendar or a procedure is not the one they were computed with.
package struct RebuildProblems: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// One server at a time; the others find the work done.
  package func callAsFunction() async throws {
    let platform = platform
    while try await platform.database.write(
      exclusively: .rebuilding,
      { connection in
        try ProblemRebuild.next(rules: platform.loop(in: connection), in: connection)
      }) > 0
    {}
    let stamps = try await platform.database.read { connection in
      (new: try platform.loopStamp(in: connection), old: try ProblemRebuild.stamp(in: connection))
    }
    if stamps.new == stamps.old { return }
    var last: ProblemID?
    repeat {
      let after = last
      last = try await platform.database.write(exclusively: .rebuilding) { connection in
        try ProblemRebuild.refresh(
          after: after, rules: platform.loop(in: connection), in: connection)
      }
    } while last != nil
    try await platform.database.write { connection in
      try ProblemRebuild.setStamp(stamps.new, in: connection)
    }
  }
}

extension Platform {
  /// Changes with the calendar in force and with the procedures.
  fileprivate func loopStamp(in connection: any Connection) throws -> String {
    let calendar = try calendar(in: connection)
    let years = calendar.years.sorted { $0.key < $1.key }.map { year, entries in
      "\(year): " + entries.map { "\($0.day) \($0.isOff)" }.joined(separator: ", ")
    }
    let text = try Payload.encode(procedures.all) + years.joined(separator: "\n")
    return Digest.sha256(Array(text.utf8)).hex
  }
}
