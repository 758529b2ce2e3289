import ArgumentParser
import Foundation
import HTTP
import Services
import Storage
import Web

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the sequenced entries as JSON lines to standard output.",
    discussion: "scripts/verify-ledger.py computes the root from them.")

  @Flag(help: "Accepted for symmetry: the output is JSON always.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let platform = try await options.openPlatform()
      if !platform.vault.hasKey { console.warn(console.catalogue.text("ledger.not_sequenced")) }
      try await ExportLedger(platform)() { lines in
        try printOut(lines.map { $0 + "\n" }.joined())
      }
    }
  }
}
