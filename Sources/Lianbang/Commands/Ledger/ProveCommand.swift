import ArgumentParser
import Cryptography
import Domain
import Ledger
import Services
import Storage
import Web

struct ProveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract:
      "Prove that an entry is in the ledger, or that a later ledger only adds to an earlier.",
    discussion: "docs/ledger.md says how a stranger checks the proof.")

  @Option(help: "The leaf index of an entry.")
  var index: Int64?

  @Option(help: "Prove consistency from the ledger of this many entries.")
  var from: Int64?

  @Option(help: "The size of the later ledger (default: the last checkpoint's).")
  var size: Int64?

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var options: PlatformOptions

  func validate() throws {
    guard (index == nil) != (from == nil) else {
      throw ValidationError("either --index or --from")
    }
  }

  func run() async throws {
    try await Console(options).run {
      let prove = ProveLedger(try await options.openPlatform())
      if let index {
        let inclusion = try await prove.inclusion(of: index, size: size)
        let output = Inclusion(
          leaf_index: inclusion.proof.leafIndex, tree_size: inclusion.proof.treeSize,
          bytes: Base64.encode(inclusion.entry.bytes), path: inclusion.proof.path.map(\.hex),
          root: inclusion.root.hex, checkpoint: inclusion.note)
        if json { return try printJSON(output) }
        let entry = inclusion.entry
        try printOut(
          """
          \(output.leaf_index) of \(output.tree_size): \(entry.at) \(entry.actor) \(entry.kind) \
          \(entry.stream)
          path:
          \(output.path.map { "  \($0)\n" }.joined())root:
            \(output.root)
          \(inclusion.note.map { "\n" + $0 } ?? "")
          """)
      } else if let from {
        let consistency = try await prove.consistency(from: from, to: size)
        let output = Consistency(
          first: consistency.proof.first, second: consistency.proof.second,
          first_root: consistency.firstRoot.hex, second_root: consistency.secondRoot.hex,
          path: consistency.proof.path.map(\.hex), checkpoint: consistency.note)
        if json { return try printJSON(output) }
        try printOut(
          """
          \(output.first): \(output.first_root)
          \(output.second): \(output.second_root)
          path:
          \(output.path.map { "  \($0)\n" }.joined())\(consistency.note.map { "\n" + $0 } ?? "")
          """)
      }
    }
  }

  private struct Inclusion: Encodable {
    let leaf_index: Int64
    let tree_size: Int64
    let bytes: String
    let path: [String]
    let root: String
    let checkpoint: String?
  }

  private struct Consistency: Encodable {
    let first: Int64
    let second: Int64
    let first_root: String
    let second_root: String
    let path: [String]
    let checkpoint: String?
  }
}
