import Storage

/// Recomputes the state from the events and compares it with the tables (`lianbang ledger replay`).
/// Changes nothing.
package struct ReplayLedger: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `StorageError.unreadable` for an event that cannot be applied.
  package func callAsFunction() async throws -> Replay {
    let platform = platform
    return try await platform.database.read(from: .replica) { connection in
      var replay = Replay()
      try UnitReplay.check(into: &replay, in: connection)
      try AccountReplay.check(into: &replay, in: connection)
      try ProblemReplay.check(into: &replay, platform.loop(in: connection), in: connection)
      try BatchRows.check(into: &replay, in: connection)
      try CalendarReplay.check(into: &replay, in: connection)
      try AttachmentReplay.check(into: &replay, in: connection)
      try LookBackReplay.check(into: &replay, in: connection)
      try OrderReplay.check(into: &replay, in: connection)
      try SheetReplay.check(into: &replay, in: connection)
      try ExchangeReplay.check(into: &replay, in: connection)
      for register in [
        OfficialRows.register, EnterpriseRows.register, WhiteListRows.register,
        VillageRows.register, ContactRows.register, PairingRows.register,
        PairingMarkRows.register, PairingPlanRows.register, VisitRows.register,
        QuietRows.register, OutlineRows.register, ReportRows.register,
        ReportRemarkRows.register, WebhookRows.register,
      ] {
        try register.check(into: &replay, in: connection)
      }
      return replay
    }
  }
}
