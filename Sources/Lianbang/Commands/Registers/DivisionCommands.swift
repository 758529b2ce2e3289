import ArgumentParser
import Documents
import Domain
import Foundation
import HTTP
import Language
import Services
import Web

struct DivisionCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "divisions", abstract: "Follow the yearly changes of the division codes.",
    subcommands: [Propose.self])

  struct Propose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare the tree with a new edition, or a list of yearly changes.",
      discussion: """
        Writes one list. Where a division went under one code and came under another, it says why \
        they may be the same: answer 是 (yes) or 否 (no) in the last column, then run \
        lianbang import reorganisations LIST. Editions are of the 31 October of their year.
        """)

    @Argument(help: "An edition of the codes, or a list of changes between editions.")
    var file: String

    @Option(name: .customLong("on"), help: "From which day on an edition holds (default: today).")
    var day: DayArgument?

    @Option(help: "The list to write: .xlsx or .csv.")
    var out: String

    @Flag(help: "Answer yes to every proposal that only one division fits.")
    var confirmClear = false

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      try checkEnding(out, ["xlsx", "csv"])
      guard FileManager.default.fileExists(atPath: file) else {
        throw ValidationError("there is no file \(file)")
      }
    }

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        let answer = try await ProposeReorganisations(platform)(file: file, on: day?.day)
        if answer.report.hasErrors {
          console.show(answer.report)
          throw ExitCode(1)
        }
        let open = try WriteProposals(platform.words, console.sheetLanguage) {
          console.catalogue.text("divisions.ground.\($0.rawValue)")
        }(answer.proposals, to: out, confirmClear: confirmClear)
        print(
          console.catalogue.text(
            "divisions.proposed",
            ["n": "\(answer.proposals.count)", "open": "\(open)", "name": out]))
      }
    }
  }
}
