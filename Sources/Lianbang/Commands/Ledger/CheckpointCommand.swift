import ArgumentParser
import Cryptography
import HTTP
import Ledger
import Services
import Storage
import Web

struct CheckpointCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Print the signed checkpoint, to be kept where nobody can change it.")

  @Flag(help: "Print the verifier keys instead: what is needed to check the signatures.")
  var key = false

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let platform = try await options.openPlatform()
      let keys = platform.vault.verifierKeys.map(\.description)
      if key {
        if json {
          try printJSON(Keys(origin: platform.vault.origin, keys: keys))
        } else {
          try printOut(keys.map { $0 + "\n" }.joined())
        }
        return
      }
      guard let text = try await SignCheckpoint(platform)(),
        let note = SignedNote(parsing: text), let checkpoint = Checkpoint(note.text)
      else { throw ValidationError(console.catalogue.text("ledger.empty")) }
      if json {
        try printJSON(
          Output(
            origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root.hex,
            hash: platform.vault.suite.rawValue, note: text, keys: keys))
      } else {
        try printOut(text)
      }
    }
  }

  private struct Keys: Encodable {
    let origin: String
    let keys: [String]
  }

  private struct Output: Encodable {
    let origin: String
    let size: Int64
    let root: String
    let hash: String
    let note: String
    let keys: [String]
  }
}
