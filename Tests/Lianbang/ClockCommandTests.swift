import ArgumentParser
import Lianbang
import Testing

/// What `lianbang clock due` takes, and what it refuses before it looks at anything.
@Suite struct ClockCommandTests {
  private func parse(_ line: String) throws {
    _ = try LianbangCommand.parseAsRoot(
      ["clock", "due"] + line.split(separator: " ").map { String($0) })
  }

  @Test(arguments: [
    "--start 2026-02-12 --budget 7d", "--start 2026-02-12T16:30 --budget 24h --rollover",
    "--start 2026-02-12T16:30:00Z --rule 13710 --no-rollover --json",
    "--start 2026-02-12 --rule 13710 --milestone acknowledge --cut-off 17:30",
    "--start 2026-02-12 --budget 1m --suspend 2026-02-13..2026-02-14 --suspend 2026-03-01..",
  ])
  func taken(line: String) throws {
    try parse(line)
  }

  @Test(arguments: [
    "--budget 7d", "--start 2026-02-12", "--start 2026-02-30 --budget 7d",
    "--start 2026-02-12T25:00 --budget 7d", "--start 2026-02-12 --budget 7x",
    "--start 2026-02-12 --budget 0d", "--start 2026-02-12 --budget 7d --cut-off 25:00",
    "--start 2026-02-12 --budget 7d --suspend 2026-02-14..2026-02-13",
    "--start 2026-02-12 --budget 7d --suspend 2026-02-14",
    "--start 2026-02-12 --budget 7d --milestone acknowledge",
    "--start 2026-02-12 --budget 7d --rule 13710 --milestone acknowledge",
    "--start 2026-02-12 --budget 7d --calendar x.json --database sqlite:x",
  ])
  func refused(line: String) {
    #expect(throws: (any Error).self) { try parse(line) }
  }
}
