import Domain
import Ledger

/// The organisation tree against its streams.
package enum UnitReplay {
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var units: [UnitID: UnitRows.Created] = [:]
    try LedgerRows.streams(of: "unit", in: connection) { entry in
      guard let id = UnitID(String(entry.stream.dropFirst("unit/".count))) else {
        throw StorageError.unreadable("stream \(entry.stream)")
      }
      replay.entries += 1
      switch entry.kind {
      case "unit.created":
        units[id] = try Payload.decode(UnitRows.Created.self, entry.payload)
      case "unit.renamed":
        units[id]?.name = try Payload.decode(UnitRows.Renamed.self, entry.payload).to
      default: throw StorageError.unreadable("ledger kind \(entry.kind)")
      }
    }
    replay.streams += units.count
    func path(_ id: UnitID) -> String {
      (units[id]?.parent.map { path($0) } ?? "/") + "\(id)/"
    }
    replay.differences += try RowCheck(
      table: "units", key: ["id"],
      columns: ["parent_id", "kind", "level", "name", "path", "valid_from"]
    ).differences(
      units.map { id, unit in
        [id, unit.parent, unit.kind, unit.level, unit.name, path(id), unit.validFrom]
      }, where: "id > 0", [], in: connection)
    replay.differences += try RowCheck(
      table: "unit_division_codes", key: ["code"], columns: ["unit_id"]
    ).differences(
      units.compactMap { id, unit in unit.divisionCode.map { [$0, id] } }, where: "code <> ''",
      [], in: connection)
  }
}
