import Domain
import Storage

/// One unit of the tree: what it is or was on a day, what is below it, what it was before, and, for those
/// who may see the registers there, what belongs to it.
package struct ShowUnit: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Detail: Sendable {
    package let unit: Unit
    /// The day that is shown; nil for today.
    package let day: Day?
    /// From the root to the unit itself, by the names of the day.
    package let line: [Unit]
    package let children: [Unit]
    /// Whether it was there on the day.
    package let wasThere: Bool
    package let codes: [UnitHistory.Code]
    package let changes: [UnitChange]
    /// Units that were merged into it.
    package let predecessors: [Unit]
    /// The unit that stands for it.
    package let successor: Unit?
    package let actors: [Actor: String]
    /// Names of units that changes tell of.
    package let names: [UnitID: String]
    /// Nil where the registers of this place are not the account's, or another day is shown.
    package let registers: Registers?
  }

  package struct Registers: Sendable {
    package let profile: VillageProfile?
    package let contact: ShownContact?
    package let uses: UnitUses
    /// Some of those who work in the unit itself.
    package let officials: [ShownOfficial]
    /// The latest that concern it or that it has, open ones first.
    package let problems: [ProblemSummary]
    /// Of a township or village.
    package let story: RegisterStory?
  }

  /// So many officials are shown on the page itself.
  package static let shownOfficials = 20

  /// - Parameters:
  ///   - day: nil for today.
  ///   - withRegisters: whether to look for what belongs to it, where the account may see that.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func callAsFunction(
    _ id: UnitID, on day: Day?, withRegisters: Bool = true, for account: Account
  ) async throws -> Detail {
    guard account.may(.seeUnits) else { throw UseCaseError.forbidden }
    let vault = platform.vault
    // Today is no other day.
    let day = day == platform.now().day ? nil : day
    return try await platform.database.read { connection in
      try ShowUnit.detail(
        id, on: day, inFull: false, withRegisters: withRegisters, for: account, vault,
        in: connection)
    }
  }

  /// With the contact in full; the ledger says who looked at which.
  /// - Throws: `UseCaseError.forbidden`, `.notFound`
  package func inFull(_ id: UnitID, for account: Account) async throws -> Detail {
    guard account.may(.seeUnits) else { throw UseCaseError.forbidden }
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      let scope = try RegisterAccess.scope(of: account, .seePersonalData, in: connection)
      guard let stored = try UnitRows.find(id, in: connection), stored.path.hasPrefix(scope) else {
        throw UseCaseError.notFound
      }
      try DisclosureRows.look(
        at: id.value, of: "villages", at: now, by: account.actor, in: connection)
      return try ShowUnit.detail(id, on: nil, inFull: true, for: account, vault, in: connection)
    }
  }

  private static func detail(
    _ id: UnitID, on day: Day?, inFull: Bool, withRegisters: Bool = true, for account: Account,
    _ vault: Vault, in connection: any Connection
  ) throws -> Detail {
    guard let stored = try UnitRows.find(id, in: connection) else { throw UseCaseError.notFound }
    let changes = try UnitStory.changes(of: id, in: connection)
    let named = changes.flatMap(\.deeds).flatMap { deed -> [UnitID] in
      switch deed {
      case .created(let from): [from].compactMap { $0 }
      case .moved(let from, let to): [from, to].compactMap { $0 }
      case .merged(let into): [into]
      case .renamed, .recoded, .closed: []
      }
    }
    var line = try UnitRows.line(of: stored, in: connection).map(\.unit)
    var children: [Unit] = []
    var wasThere = true
    if let day {
      (line, wasThere) = try past(stored, on: day, in: connection)
      children = try UnitHistory.children(of: id, asOf: day, in: connection)
    } else {
      children = try UnitRows.children(of: id, in: connection).map(\.unit)
    }
    return Detail(
      unit: stored.unit, day: day, line: line, children: children, wasThere: wasThere,
      codes: try UnitHistory.codes(of: id, in: connection), changes: changes,
      predecessors: try UnitHistory.predecessors(of: id, in: connection),
      successor: try stored.successor.flatMap { try UnitRows.find($0, in: connection)?.unit },
      actors: try AccountRows.names(of: Set(changes.map(\.actor)), vault, in: connection),
      names: named.isEmpty ? [:] : try UnitRows.namePaths(of: named, in: connection),
      registers: day == nil && withRegisters
        ? try registers(stored, inFull: inFull, for: account, vault, in: connection) : nil)
  }

  /// The line of a day: each unit's name and parent as they were then.
  private static func past(
    _ stored: UnitRows.Stored, on day: Day, in connection: any Connection
  ) throws -> (line: [Unit], wasThere: Bool) {
    var line: [Unit] = []
    var current: UnitRows.Stored? = stored
    while let unit = current {
      guard let state = try UnitHistory.state(of: unit, on: day, in: connection) else { break }
      line.insert(unit.unit.named(state.name), at: 0)
      current = try state.parent.flatMap { try UnitRows.find($0, in: connection) }
    }
    return line.isEmpty ? ([stored.unit], false) : (line, true)
  }

  private static func registers(
    _ stored: UnitRows.Stored, inFull: Bool, for account: Account, _ vault: Vault,
    in connection: any Connection
  ) throws -> Registers? {
    guard account.may(.seeRegisters),
      stored.path.hasPrefix(try RegisterScope.path(of: account, in: connection))
    else { return nil }
    let id = stored.unit.id
    let isPlace = stored.unit.isVillageOrTownship
    let officials = try OfficialRows.of(id, limit: shownOfficials, vault, in: connection)
    let contact = isPlace ? try ContactRows.current(of: [.unit(id)], vault, in: connection) : [:]
    return Registers(
      profile: isPlace ? try VillageRows.find(id, in: connection)?.profile : nil,
      contact: contact[.unit(id)].map { ShownContact($0.contact, inFull: inFull) },
      uses: try UnitRows.uses(of: id, in: connection),
      officials: officials.map { ShownOfficial($0, unitPath: "") },
      problems: try RegisterProblems.latest(of: .unit(id), for: account, in: connection),
      story: isPlace
        ? try RegisterStory(RegisterHistory.streams(of: id, in: connection), vault, in: connection)
        : nil)
  }
}

extension Unit {
  fileprivate func named(_ name: String) -> Unit {
    Unit(
      id: id, parent: parent, kind: kind, level: level, name: name, divisionCode: divisionCode,
      validFrom: validFrom, validTo: validTo)
  }
}
