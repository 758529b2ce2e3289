import Domain
import Storage

/// Proves that each configured rule can fire: every procedure's ladder is played through in memory.
package struct CheckRules: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Proof: Sendable {
    package let procedure: Procedure
    package let findings: [ProcedureRehearsal.Finding]
  }

  package struct Result: Sendable {
    package let proofs: [Proof]
    /// Timers that are due and were not worked off yet: none but a few while a server runs.
    package let backlog: Int

    package var holds: Bool { proofs.allSatisfy { $0.findings.allSatisfy(\.holds) } }
  }

  package func callAsFunction() async throws -> Result {
    let platform = platform
    let now = platform.now()
    return try await platform.database.read { connection in
      let calendar = try platform.calendar(in: connection)
      let proofs = platform.procedures.all.compactMap { procedure in
        platform.rules[procedure.clock].map { rule in
          Proof(
            procedure: procedure,
            findings: ProcedureRehearsal.findings(
              of: procedure, rule: rule, calendar: calendar, start: now))
        }
      }
      return Result(proofs: proofs, backlog: try TimerRows.backlog(now: now, in: connection))
    }
  }
}
