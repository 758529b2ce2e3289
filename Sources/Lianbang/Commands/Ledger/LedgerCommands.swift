import ArgumentParser
import Foundation
import Ledger
import Services

struct LedgerCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Check, prove and export what happened.",
    subcommands: [
      VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, ExportCommand.self,
      ReplayCommand.self,
    ])
}

/// Writes to standard output at once: what is piped to a file is there when the command ends.
func printOut(_ text: String) throws {
  try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
}
