import ArgumentParser
import Foundation
import HTTP
import Ledger
import Services
import Web

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every hash, root and signature; exits with 1 at the first that differs.",
    discussion: "Needs no master key. That the end was cut off shows only against a checkpoint "
      + "that was kept elsewhere.")

  @Option(help: "A file with a checkpoint that was kept elsewhere.")
  var checkpoint: String?

  @Option(
    help: "A verifier key that was kept elsewhere; may be repeated (default: the database's own).")
  var key: [String] = []

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let report = try await VerifyLedger(options.openPlatform())(
        keys: try keys(), checkpoint: try note())
      let fault = report.fault.map { FaultOutput($0, stream: report.stream) }
      if json {
        try printJSON(
          Output(
            ok: fault == nil, size: report.size, root: report.root,
            roots_checked: report.headsChecked, pending: report.pending, fault: fault?.code,
            leaf_index: fault?.leafIndex, id: fault?.id, stream: report.stream))
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

  private func keys() throws -> [VerifierKey]? {
    if key.isEmpty { return nil }
    return try key.map { text in
      guard let key = VerifierKey(text) else {
        throw ValidationError(
          "--key \(text): expected NAME+HASH+KEY, as ledger checkpoint --key prints")
      }
      return key
    }
  }

  private func note() throws -> SignedNote? {
    guard let checkpoint else { return nil }
    guard let data = FileManager.default.contents(atPath: checkpoint),
      let note = SignedNote(parsing: String(decoding: data, as: UTF8.self))
    else { throw ValidationError("--checkpoint \(checkpoint): no signed checkpoint") }
    return note
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

/// A fault of the ledger in words and for JSON.
struct FaultOutput {
  let code: String
  var leafIndex: Int64?
  var id: String?
  var arguments: [String: String] = [:]

  init(_ fault: LedgerAudit.Fault, stream: String? = nil) {
    switch fault {
    case .entryChanged(let index, let id):
      code = "entry_changed"
      leafIndex = index
      self.id = String(id)
      arguments = [
        "index": index.map { String($0) } ?? "–", "id": String(id), "stream": stream ?? "–",
      ]
    case .entryMissing(let index):
      code = "entry_missing"
      leafIndex = index
      arguments = ["index": String(index)]
    case .rootDiffers(let size):
      code = "root_differs"
      arguments = ["size": String(size)]
    case .signatureWrong(let size):
      code = "signature_wrong"
      arguments = ["size": String(size)]
    case .rootMissing(let size):
      code = "root_missing"
      arguments = ["size": String(size)]
    case .frontierDiffers:
      code = "frontier_differs"
    case .tailMissing(let found, let recorded):
      code = "tail_missing"
      leafIndex = found
      arguments = ["found": String(found), "recorded": String(recorded)]
    case .stranger(let name):
      code = "stranger"
      arguments = ["name": name]
    case .checkpointForeign:
      code = "checkpoint_foreign"
    case .checkpointDiffers(let size):
      code = "checkpoint_differs"
      arguments = ["size": String(size)]
    case .checkpointBeyond(let found, let size):
      code = "checkpoint_beyond"
      leafIndex = found
      arguments = ["found": String(found), "size": String(size)]
    }
  }
}
