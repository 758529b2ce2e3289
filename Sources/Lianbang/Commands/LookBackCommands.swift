import ArgumentParser
import Cryptography
import Domain
import HTTP
import Services
import Storage
import Web

struct LookBackCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "look-back", abstract: "Samples of closed problems that are looked at again.",
    discussion: "docs/look-back.md tells how anybody repeats a draw.",
    subcommands: [Draw.self, List.self, Show.self, Verify.self])

  struct Draw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw a period's sample with the ledger's root; once for each scope.")

    @Option(help: "The period's first day, YYYY-MM-DD.") var from: String
    @Option(help: "Its last day.") var to: String
    @Option(help: "How many.") var count: Int?
    @Option(help: "Of a hundred, rounded up.") var percent: Int?
    @Option(help: "Only this track.") var track: Track?
    @Option(help: "Only what this unit handled, or one below it.") var unit: String?
    @OptionGroup var acting: ProblemCommands.Acting

    func validate() throws {
      guard Day(from) != nil, Day(to) != nil else {
        throw ValidationError("--from and --to: expected days such as 2026-11-01")
      }
      guard (count == nil) != (percent == nil), share != nil else {
        throw ValidationError("either --count of at least 1, or --percent from 1 to 100")
      }
    }

    private var share: LookBackShare? {
      LookBackShare(count.map { String($0) } ?? "\(percent ?? 0)%")
    }

    func run() async throws {
      try await acting.run { platform, account in
        let unit = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
        let id = try await DrawLookBack(platform)(
          LookBack.Scope(from: Day(from)!, to: Day(to)!, track: track, unit: unit), share!,
          by: account)
        try printJSON(LookBackOutput(try await ShowLookBack(platform)(id, for: account)))
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All draws, the newest first.")

    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        let all = try await ShowLookBack(platform).all(for: account)
        try printJSON(all.map { LookBackOutput($0) })
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A draw with its problems and what was found.")

    @Argument(help: "The draw's id.") var id: Int64
    @Flag(help: "Print the numbers of the whole population, a line each, and nothing else.")
    var population = false
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      try await acting.run { platform, account in
        let detail = try await ShowLookBack(platform)(LookBackID(id), for: account)
        if population {
          try printOut(
            String(decoding: LookBackDraw.bytes(of: detail.population), as: UTF8.self))
        } else {
          try printJSON(LookBackOutput(detail))
        }
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Repeat a draw from the ledger and compare; exits with 1 where it differs.")

    @Argument(help: "The draw's id.") var id: Int64
    @OptionGroup var acting: ProblemCommands.Acting

    func run() async throws {
      let console = try Console(acting.options)
      try await acting.run { platform, account in
        let findings = try await VerifyLookBack(platform)(LookBackID(id), for: account)
        for finding in findings {
          print(console.catalogue.text("look_back.finding.\(finding.rawValue)"))
        }
        if !findings.isEmpty { throw ExitCode(1) }
        print(console.catalogue.text("look_back.verified"))
      }
    }
  }
}
