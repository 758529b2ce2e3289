import ArgumentParser
import Lianbang
import Testing

/// What `lianbang pair` takes, and what it refuses before it looks at anything.
@Suite struct PairCommandTests {
  private func parse(_ line: String) throws {
    _ = try LianbangCommand.parseAsRoot(
      ["pair"] + line.split(separator: " ").map { String($0) })
  }

  @Test(arguments: [
    "solve x.json", "solve - --json", "verify x.json y.json", "verify - y.json --json",
    "verify x.json -",
  ])
  func taken(line: String) throws {
    try parse(line)
  }

  @Test(arguments: ["solve", "solve x.json y.json", "verify x.json", "verify - -", "solve --jsn x"])
  func refused(line: String) {
    #expect(throws: (any Error).self) { try parse(line) }
  }
}
