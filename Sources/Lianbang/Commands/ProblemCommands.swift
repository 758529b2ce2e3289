import ArgumentParser
import Domain
import Services
import Storage

struct ProblemCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problem", abstract: "List, show, register and move problems.",
    subcommands: [
      List.self, Show.self, Register.self, Accept.self, Decline.self, Judge.self, Assign.self,
      Acknowledge.self, Feedback.self, Claim.self, Verify.self, Visit.self, Close.self,
    ])

  /// Who acts, on which database.
  struct Acting: ParsableArguments {
    @Option(name: .customLong("as"), help: "The username of whoever acts.")
    var username: String

    @OptionGroup var options: PlatformOptions

    func run(_ work: (Platform, Account) async throws -> Void) async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        try await work(platform, FindAccount(platform)(username: username))
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The newest problems, as JSON.")

    @Option var track: Track?
    @Option var state: ProblemState?
    @Option var category: String?
    @Flag(help: "Only those with an open milestone past its due time.") var overdue = false
    @Option(help: "Show those before this id: the last of the page before.") var before: Int64?
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        var filter = ProblemFilter()
        (filter.track, filter.state) = (track, state)
        (filter.category, filter.overdue) = (category, overdue)
        let page = try await ListProblems(platform)(
          filter, before: before.map { ProblemID($0) }, for: account)
        try printJSON(ProblemListOutput(page))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One problem with its history, as JSON.")

    @Argument(help: "The problem's id.") var id: Int64
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        let detail = try await ShowProblem(platform)(ProblemID(id), for: account)
        try printJSON(ProblemOutput(detail.problem, history: detail.history))
      }
    }
  }

  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "A problem enters the register.")

    @Option(help: "village or enterprise") var track: String
    @Option var title: String
    @Option(help: "Village or township (path, unique name or code), or the enterprise's name.")
    var concerns: String
    @Option var detail = ""
    @Option(name: .customLong("found-on"), help: "YYYY-MM-DD (default: today)") var foundOn = ""
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        let registration = Registration(
          track: track, title: title, detail: detail, concerns: concerns, foundOn: foundOn)
        let id = try await RegisterProblem(platform)(registration, by: account)
        try printJSON(ProblemOutput(try await ShowProblem(platform)(id, for: account).problem))
      }
    }
  }
}

/// A command that moves one problem.
protocol ProblemActionCommand: AsyncParsableCommand {
  var id: Int64 { get }
  var acting: ProblemCommands.Acting { get }
  var request: ActOnProblem.Request { get }
}

extension ProblemActionCommand {
  func run() async throws {
    try await acting.run { platform, account in
      let problem = try await ActOnProblem(platform)(
        request, on: ProblemID(id), seen: nil, by: account)
      try printJSON(ProblemOutput(problem))
    }
  }
}

extension Track: ExpressibleByArgument {}
extension ProblemState: ExpressibleByArgument {}
extension Difficulty: ExpressibleByArgument {}
extension Outcome: ExpressibleByArgument {}
extension Rating: ExpressibleByArgument {}
