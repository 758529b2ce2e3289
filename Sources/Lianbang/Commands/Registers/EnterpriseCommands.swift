import ArgumentParser
import Domain
import HTTP
import Language
import Services
import Storage
import Web

struct EnterpriseCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enterprise", abstract: "Review the register of enterprises.",
    subcommands: [Duplicates.self, Merge.self])

  struct Duplicates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List enterprises of one county whose names are nearly the same.")

    @Option(help: "How many pairs at most.")
    var limit = 500

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      guard (1...100_000).contains(limit) else { throw ValidationError("--limit: 1 to 100000") }
    }

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let answer = try await ReviewDuplicates(options.openPlatform())(limit: limit, by: nil)
        if json {
          try printJSON(answer.pairs.map(PairOutput.init))
        } else {
          for pair in answer.pairs {
            let reason = console.catalogue.text(
              pair.reason == .equal ? "enterprise.same_name" : "enterprise.one_edit")
            for stored in [pair.first, pair.second] {
              print(
                "\(stored.id.value)  \(stored.enterprise.code ?? "–")  \(stored.enterprise.name)")
            }
            print("  \(reason)")
          }
        }
        if answer.wasCut {
          console.warn(console.catalogue.text("enterprise.cut", ["n": "\(limit)"]))
        }
      }
    }
  }

  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Two entries are one enterprise: keep one, with the names of both.",
      discussion: "The entry that goes keeps its history and points to the other.")

    @Argument(help: "The entry that goes, by its number.")
    var gone: Int64

    @Option(help: "The entry that is kept.")
    var into: Int64

    @Flag(help: "Do it; without, only show the two.")
    var confirm = false

    @Option(name: .customLong("as"), help: "The username of whoever answers for it.")
    var username: String?

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        let merge = MergeEnterprises(platform)
        let account = try await FindAccount(platform)(optional: username)
        let (old, kept) = try await merge.preview(
          EnterpriseID(gone), into: EnterpriseID(into), by: account)
        print(
          console.catalogue.text("enterprise.preview", ["gone": old.name, "kept": kept.name]))
        guard confirm else {
          print(console.catalogue.text("unit.confirm"))
          return
        }
        try await merge(EnterpriseID(gone), into: EnterpriseID(into), by: account)
        print(console.catalogue.text("enterprise.merged"))
      }
    }
  }
}

private struct PairOutput: Encodable {
  struct Item: Encodable {
    let id: String
    let code: String?
    let name: String
  }

  let reason: String
  let enterprises: [Item]

  init(_ pair: ReviewDuplicates.Pair) {
    reason = pair.reason == .equal ? "equal" : "one_edit"
    enterprises = [pair.first, pair.second].map {
      Item(id: "\($0.id.value)", code: $0.enterprise.code, name: $0.enterprise.name)
    }
  }
}
