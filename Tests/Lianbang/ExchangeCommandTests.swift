import ArgumentParser
import Lianbang
import Testing

/// What `lianbang exchange` takes, and what it refuses before it looks at anything.
@Suite struct ExchangeCommandTests {
  private func parse(_ line: String) throws {
    _ = try LianbangCommand.parseAsRoot(
      ["exchange"] + line.split(separator: " ").map { String($0) })
  }

  @Test(arguments: [
    "offer county", "offer county --role lower --url https://city.example",
    "join https://city.example#secret --name city", "status", "status --json", "send",
    "close city",
  ])
  func taken(line: String) throws {
    try parse(line)
  }

  @Test(arguments: [
    "offer", "offer county --role both", "join https://city.example#secret", "join --name city",
    "close",
  ])
  func refused(line: String) {
    #expect(throws: (any Error).self) { try parse(line) }
  }
}
