import ArgumentParser
import HTTP
import Services
import Storage
import Web

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Compute the tables from the ledger and compare; changes nothing.")

  @Flag(help: "Exit with 1 where a table says otherwise than the ledger.")
  var check = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  /// Differences shown; the number tells of the others.
  private static let shown = 50

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let replay = try await ReplayLedger(options.openPlatform())()
      if json {
        try printJSON(Output(replay))
      } else {
        for difference in replay.differences.prefix(Self.shown) {
          print(
            console.catalogue.text(
              "replay.difference",
              [
                "table": difference.table, "row": difference.row,
                "column": difference.column ?? "–", "expected": difference.expected ?? "–",
                "found": difference.found ?? "–",
              ]))
        }
        print(
          console.catalogue.text(
            replay.differences.isEmpty ? "replay.ok" : "replay.differs",
            [
              "streams": "\(replay.streams)", "entries": "\(replay.entries)",
              "n": "\(replay.differences.count)",
            ]))
      }
      if check, !replay.differences.isEmpty { throw ExitCode(1) }
    }
  }

  private struct Output: Encodable {
    struct Item: Encodable {
      let table: String
      let row: String
      let column: String?
      let expected: String?
      let found: String?
    }

    let ok: Bool
    let streams: Int
    let entries: Int
    let difference_count: Int
    let differences: [Item]

    init(_ replay: Replay) {
      ok = replay.differences.isEmpty
      (streams, entries) = (replay.streams, replay.entries)
      difference_count = replay.differences.count
      differences = replay.differences.prefix(shown).map {
        Item(
          table: $0.table, row: $0.row, column: $0.column, expected: $0.expected, found: $0.found)
      }
    }
  }
}
