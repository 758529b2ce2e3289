import Domain
import Storage

/// Puts a plan into force on a day: what it ends ends, what it begins begins, everybody concerned is told.
package struct AdoptPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Result: Hashable, Sendable {
    package let kept: Int
    package let begun: Int
    package let ended: Int
  }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `PairingRefusal`; then nothing has changed.
  package func callAsFunction(
    _ id: PairingPlanID, on day: Day, by account: Account
  ) async throws -> Result {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let (now, platform) = (platform.now(), platform)
    return try await platform.database.write(exclusively: .adoptingPairing) { connection in
      guard let head = try PairingPlanRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      guard head.status == .draft, let detail = try PairingPlanRows.detail(of: id, in: connection)
      else { throw PairingRefusal.settled }
      let open = try PairingRows.open(head.track, in: connection)
      // The campaign may have begun before the platform; who is in charge today cannot end yesterday.
      if day < now.day, !open.isEmpty { throw PairingRefusal.past }
      if day > now.day + 366 { throw PairingRefusal.tooFar }
      // What it was compared with is not what holds any more: ids are in the order of time.
      if open.contains(where: { $0.id > head.id.value }) { throw PairingRefusal.superseded }
      // Those that a later plan has begun by then would have nobody before them.
      if let coming = open.map(\.pairing.begins).max(), coming > now.day, day < coming {
        throw PairingRefusal.beforeComing(coming)
      }
      let lines = try PlannedPairRows.all(of: id, in: connection)
      let chosen = lines.filter { $0.change != .ended }
      let wanted = wanted(head.kind, lines, open.map(\.pairing))
      try check(head, detail, wanted, connection)
      do {
        let result = try write(
          head, chosen, wanted, open, day, now, account.actor, connection)
        try PairingPlanRows.settle(
          head, .adopted, begins: day, at: now, by: account.actor, in: connection)
        return result
      } catch is LedgerRows.Conflict {
        throw StorageError.contention
      }
    }
  }

  /// What holds once the plan does. A repair says only what changes.
  private func wanted(
    _ kind: PairingPlanRows.Kind, _ lines: [PlannedPair], _ open: [Pairing]
  ) -> Set<PairingFacts.Current> {
    let chosen = lines.filter { $0.change != .ended }.map {
      PairingFacts.Current(official: $0.official, target: $0.target)
    }
    if kind == .plan { return Set(chosen) }
    let ending = lines.compactMap { line -> PairingFacts.Current? in
      switch line.change {
      case .ended: .init(official: line.official, target: line.target)
      case .replaced: line.previous.map { .init(official: $0, target: line.target) }
      case .new, .kept: nil
      }
    }
    return Set(open.map { PairingFacts.Current(official: $0.official, target: $0.target) })
      .subtracting(ending).union(chosen)
  }

  /// The rules, against what is so now: officials may have left and firms closed since it was computed.
  private func check(
    _ head: PairingPlanRows.Head, _ detail: PairingPlanRows.Detail,
    _ wanted: Set<PairingFacts.Current>,
    _ connection: any Connection
  ) throws {
    let rules = try PairingRulesFile.rules(Array(detail.rules.utf8))
    let basis = try PairingBasis.load(head.track, rules, platform, in: connection)
    let findings = PairingCheck.findings(
      Array(wanted), basis.facts, rules, track: head.track,
      engaged: try PairingRows.engaged(beside: head.track, in: connection))
    let against = findings.filter {
      // A repair leaves minima to the next plan.
      if case .belowMinimum = $0 { head.kind == .plan } else { true }
    }
    if !against.isEmpty { throw PairingRefusal.stale(against) }
  }

  private func write(
    _ head: PairingPlanRows.Head, _ lines: [PlannedPair],
    _ wanted: Set<PairingFacts.Current>, _ open: [PairingRows.Stored], _ day: Day, _ now: Instant,
    _ actor: Actor, _ connection: any Connection
  ) throws -> Result {
    var kept: Set<PairingFacts.Current> = []
    var ended: [Pairing] = []
    for stored in open {
      let pair = PairingFacts.Current(
        official: stored.pairing.official, target: stored.pairing.target)
      if wanted.contains(pair) {
        kept.insert(pair)
      } else {
        try PairingRows.end(stored, on: day, at: now, by: actor, in: connection)
        ended.append(stored.pairing)
      }
    }
    let begun = lines.filter {
      !kept.contains(PairingFacts.Current(official: $0.official, target: $0.target))
    }.map {
      Pairing(
        official: $0.official, target: $0.target, begins: day,
        cause: head.kind == .plan ? .plan : .repair, plan: head.id, reasons: $0.reasons)
    }
    try PairingRows.add(begun, at: now, by: actor, in: connection)
    try TellPeople(platform, in: connection).tell(
      begun: begun, ended: ended, at: now, by: actor)
    return Result(kept: kept.count, begun: begun.count, ended: ended.count)
  }
}

/// A draft that is not wanted.
package struct DiscardPairing: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  /// - Throws: `UseCaseError.forbidden`, `.notFound`, `PairingRefusal.settled`
  package func callAsFunction(_ id: PairingPlanID, by account: Account) async throws {
    guard account.may(.managePairing) else { throw UseCaseError.forbidden }
    let now = platform.now()
    try await platform.database.write { connection in
      guard let head = try PairingPlanRows.find(id, in: connection) else {
        throw UseCaseError.notFound
      }
      guard head.status == .draft else { throw PairingRefusal.settled }
      do {
        try PairingPlanRows.settle(
          head, .discarded, at: now, by: account.actor, in: connection)
      } catch is LedgerRows.Conflict {
        throw StorageError.contention
      }
    }
  }
}
