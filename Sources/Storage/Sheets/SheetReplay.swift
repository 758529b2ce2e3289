import Domain
import Ledger

/// The sheets' tables against their streams.
package enum SheetReplay {
  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var sheets: [CommentSheet] = []
    try LedgerRows.wholeStreams(of: "sheet", in: connection) { entries in
      guard let sheet = try SheetHistory(entries)?.sheet else { return }
      sheets.append(sheet)
      replay.streams += 1
      replay.entries += entries.count
    }
    replay.differences += try RowCheck(table: "sheets", key: ["id"], columns: SheetRows.columns)
      .differences(
        sheets.map { [$0.id] + (try SheetRows.values(of: $0)) }, where: "id > 0", [],
        in: connection)
    replay.differences += try RowCheck(
      table: "sheet_units", key: ["sheet_id", "unit_id"], columns: []
    ).differences(
      sheets.flatMap(SheetRows.units), where: "sheet_id > 0", [], in: connection)
  }
}
