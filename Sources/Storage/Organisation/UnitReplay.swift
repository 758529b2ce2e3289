import Domain
import Ledger

/// The organisation tree against its entries. A merger moves the children of another unit, so the
/// entries are taken in the order of time, not stream by stream.
package enum UnitReplay {
  private struct State {
    var parent: UnitID?
    let kind: String
    let level: String
    var name: String
    let validFrom: Day
    var since: Day
    var validTo: Day?
    var successor: UnitID?
    var children: Set<UnitID> = []
    /// The codes of today.
    var codes: Set<String> = []
    /// Units that were merged into it, at whatever remove.
    var standsFor: [UnitID] = []
  }

  private struct Code {
    let code: String
    let unit: UnitID
    let from: Day
    var to: Day?
  }

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var entries: [LedgerEntry] = []
    try LedgerRows.streams(of: "unit", in: connection) { entries.append($0) }
    var tree = Tree()
    for entry in entries.sorted(by: { $0.id < $1.id }) { try tree.take(entry) }
    replay.entries += entries.count
    replay.streams += tree.units.count
    replay.differences += try tree.differences(in: connection)
  }

  private struct Tree {
    var units: [UnitID: State] = [:]
    private var codes: [Code] = []
    private var codesOf: [String: Int] = [:]
    private var history: [[any SQLConvertible]] = []

    mutating func take(_ entry: LedgerEntry) throws {
      guard let id = UnitID(String(entry.stream.dropFirst("unit/".count))) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      switch entry.kind {
      case "unit.created", "unit.split":
        try create(id, try Payload.decode(UnitEvents.Created.self, entry.payload))
      case "unit.renamed":
        units[id]?.name = try Payload.decode(UnitEvents.Renamed.self, entry.payload).to
      case "unit.changed":
        change(id, try Payload.decode(UnitEvents.Changed.self, entry.payload))
      case "unit.merged":
        let event = try Payload.decode(UnitEvents.Merged.self, entry.payload)
        for child in units[id]?.children ?? [] where units[child]?.validTo == nil {
          put(child, under: event.into, on: event.on)
        }
        let codes = end(id, on: event.on)
        if (units[event.into]?.codes ?? []).isEmpty {
          for code in codes { begin(code, event.into, event.on) }
        }
        place(id, under: event.into)
        for other in [id] + (units[id]?.standsFor ?? []) {
          units[other]?.successor = event.into
          units[event.into]?.standsFor.append(other)
        }
      case "unit.closed":
        _ = end(id, on: try Payload.decode(UnitEvents.Closed.self, entry.payload).on)
      default: throw StorageError.unreadable("ledger kind \(entry.kind)")
      }
    }

    private mutating func create(_ id: UnitID, _ event: UnitEvents.Created) throws {
      units[id] = State(
        kind: event.kind, level: event.level, name: event.name, validFrom: event.validFrom,
        since: event.validFrom)
      place(id, under: event.parent)
      for code in [event.divisionCode].compactMap({ $0 }) + (event.otherCodes ?? []) {
        begin(code, id, event.validFrom)
      }
      for child in event.children ?? [] { put(child, under: id, on: event.validFrom) }
    }

    private mutating func change(_ id: UnitID, _ event: UnitEvents.Changed) {
      remember(id, until: event.on)
      if let name = event.name { units[id]?.name = name.to }
      if let parent = event.parent { place(id, under: parent.to) }
      if let code = event.code {
        if let from = code.from { endCode(from, on: event.on) }
        begin(code.to, id, event.on)
      }
    }

    private mutating func put(_ id: UnitID, under parent: UnitID, on day: Day) {
      remember(id, until: day)
      place(id, under: parent)
    }

    private mutating func place(_ id: UnitID, under parent: UnitID?) {
      if let old = units[id]?.parent { units[old]?.children.remove(id) }
      units[id]?.parent = parent
      if let parent { units[parent]?.children.insert(id) }
    }

    private mutating func remember(_ id: UnitID, until day: Day) {
      guard let unit = units[id] else { return }
      if day > unit.since { history.append([id, unit.since, day, unit.parent, unit.name]) }
      units[id]?.since = day
    }

    /// - Returns: the codes it had.
    private mutating func end(_ id: UnitID, on day: Day) -> Set<String> {
      remember(id, until: day)
      units[id]?.validTo = day
      let codes = units[id]?.codes ?? []
      for code in codes { endCode(code, on: day) }
      return codes
    }

    private mutating func begin(_ code: String, _ id: UnitID, _ day: Day) {
      codesOf[code] = codes.count
      codes.append(Code(code: code, unit: id, from: day))
      units[id]?.codes.insert(code)
    }

    private mutating func endCode(_ code: String, on day: Day) {
      guard let index = codesOf.removeValue(forKey: code) else { return }
      codes[index].to = day
      units[codes[index].unit]?.codes.remove(code)
    }

    func differences(in connection: any Connection) throws -> [Difference] {
      var paths: [UnitID: String] = [:]
      func path(_ id: UnitID) -> String {
        if let known = paths[id] { return known }
        let path = (units[id]?.parent.map { path($0) } ?? "/") + "\(id)/"
        paths[id] = path
        return path
      }
      var found = try RowCheck(
        table: "units", key: ["id"],
        columns: [
          "parent_id", "kind", "level", "name", "path", "valid_from", "valid_to", "since",
          "successor_id",
        ]
      ).differences(
        units.map { id, unit in
          [
            id, unit.parent, unit.kind, unit.level, unit.name, path(id), unit.validFrom,
            unit.validTo, unit.since, unit.successor,
          ]
        }, where: "id > 0", [], in: connection)
      found += try RowCheck(
        table: "unit_codes", key: ["code", "valid_from"], columns: ["unit_id", "valid_to"]
      ).differences(
        // What lasted no whole day left no row.
        codes.filter { $0.to != $0.from }.map { [$0.code, $0.from, $0.unit, $0.to] },
        where: "code <> ''", [], in: connection)
      found += try RowCheck(
        table: "unit_history", key: ["unit_id", "from_day"],
        columns: ["to_day", "parent_id", "name"]
      ).differences(
        history.map { [$0[0], $0[1], $0[2], $0[3], $0[4]] }, where: "unit_id > 0", [],
        in: connection)
      return found
    }
  }
}
