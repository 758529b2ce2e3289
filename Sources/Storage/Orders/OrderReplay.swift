import Domain
import Ledger

/// The orders' tables against their streams, and their numbers against the rule that none is missing.
package enum OrderReplay {
  /// Orders whose rows are fetched at once.
  private static let batch = 500

  private struct Series: Hashable {
    let name: String
    let year: Int

    func row(_ number: Int) -> String { "\(name)/\(year)/\(number)" }
  }

  /// - Throws: `StorageError.unreadable` for an event this program does not know.
  package static func check(into replay: inout Replay, in connection: any Connection) throws {
    var orders: [Order] = []
    var numbers: [Series: [Int]] = [:]
    func finishBatch() throws {
      replay.differences += try differences(orders, in: connection)
      orders.removeAll(keepingCapacity: true)
    }
    try LedgerRows.wholeStreams(of: "order", in: connection) { entries in
      guard let order = try OrderHistory(entries)?.order else { return }
      orders.append(order)
      if let number = order.number {
        numbers[Series(name: number.series, year: number.year), default: []].append(number.number)
      }
      replay.streams += 1
      replay.entries += entries.count
      if orders.count == batch { try finishBatch() }
    }
    try finishBatch()
    replay.differences += try Difference.unknownRows(of: "orders", streams: "order", in: connection)
    for (series, numbers) in numbers { replay.differences += breaks(series, numbers.sorted()) }
    replay.differences += try RowCheck(
      table: "order_numbers", key: ["series", "year"], columns: ["last"]
    ).differences(
      numbers.map { [$0.key.name, $0.key.year, $0.value.max() ?? 0] }, where: "year > 0", [],
      in: connection)
  }

  private static func differences(
    _ orders: [Order], in connection: any Connection
  ) throws -> [Difference] {
    if orders.isEmpty { return [] }
    return try RowCheck(table: "orders", key: ["id"], columns: OrderRows.columns).differences(
      orders.map { [$0.id] + (try OrderRows.values(of: $0)) },
      where: "id in (\(places(orders.count)))", orders.map(\.id), in: connection)
  }

  /// Where numbers are missing, the first of each gap, or given twice.
  private static func breaks(_ series: Series, _ numbers: [Int]) -> [Difference] {
    var next = 1
    var found: [Difference] = []
    for number in numbers {
      if number > next {
        found.append(
          Difference(
            table: "orders", row: series.row(next), column: "number", expected: String(next),
            found: String(number)))
      } else if number < next {
        found.append(
          Difference(
            table: "orders", row: series.row(number), column: "number", expected: String(next),
            found: String(number)))
      }
      next = max(next, number + 1)
    }
    return found
  }
}
