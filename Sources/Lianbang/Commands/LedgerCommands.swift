import ArgumentParser
import Foundation
import Ledger
import Services
import Web

struct LedgerCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Check and export what happened.",
    subcommands: [Verify.self, Export.self])

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Recompute every hash and root; exits with 1 at the first that differs.")

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let report = try await VerifyLedger(options.openPlatform())()
        let fault = report.fault.map { LedgerCommands.describe($0) }
        if json {
          try printJSON(
            Output(
              ok: fault == nil, size: report.size, root: report.root,
              roots_checked: report.headsChecked, pending: report.pending, fault: fault?.code,
              leaf_index: fault?.leafIndex, id: fault?.id, stream: fault?.stream))
        } else if let fault {
          print(console.catalogue.text("ledger.\(fault.code)", fault.arguments))
        } else {
          print(
            console.catalogue.text(
              "ledger.ok",
              ["n": "\(report.size)", "heads": "\(report.headsChecked)", "root": report.root]))
          if report.pending > 0 {
            print(console.catalogue.text("ledger.pending", ["n": "\(report.pending)"]))
          }
        }
        if fault != nil { throw ExitCode(1) }
      }
    }

    private struct Output: Encodable {
      let ok: Bool
      let size: Int64
      let root: String
      let roots_checked: Int64
      let pending: Int
      let fault: String?
      let leaf_index: Int64?
      let id: String?
      let stream: String?
    }
  }

  private struct Description {
    let code: String
    var leafIndex: Int64?
    var id: String?
    var stream: String?
    var arguments: [String: String] = [:]
  }

  private static func describe(_ fault: LedgerAudit.Fault) -> Description {
    switch fault {
    case .entryChanged(let index, let id, let stream):
      let place = index.map { String($0) } ?? "–"
      return Description(
        code: "entry_changed", leafIndex: index, id: String(id), stream: stream,
        arguments: ["index": place, "id": String(id), "stream": stream])
    case .entryMissing(let index):
      return Description(
        code: "entry_missing", leafIndex: index, arguments: ["index": String(index)])
    case .rootDiffers(let size):
      return Description(code: "root_differs", arguments: ["size": String(size)])
    case .rootMissing(let size):
      return Description(code: "root_missing", arguments: ["size": String(size)])
    case .frontierDiffers:
      return Description(code: "frontier_differs")
    case .tailMissing(let found, let recorded):
      return Description(
        code: "tail_missing", leafIndex: found,
        arguments: ["found": String(found), "recorded": String(recorded)])
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the sequenced entries as JSON lines to standard output.")

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        try await ExportLedger(options.openPlatform())() { lines in
          let text = lines.map { $0 + "\n" }.joined()
          try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        }
      }
    }
  }
}
