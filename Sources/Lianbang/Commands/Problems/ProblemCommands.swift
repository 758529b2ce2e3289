import ArgumentParser
import Domain
import Services
import Storage

struct ProblemCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problem", abstract: "List, show, register and move problems.",
    subcommands: [
      List.self, Tasks.self, Show.self, Register.self, Act.self, Split.self,
      EvaluationLink.self, Evaluate.self,
    ])

  /// Who acts, when, on which database.
  struct Acting: ParsableArguments {
    @Option(name: .customLong("as"), help: "The username of whoever acts.")
    var username: String

    @Option(
      help: """
        For rehearsals in a scratch database: act as if it were this instant \
        (2026-11-21T09:00). The ledger keeps a mark that its clock was set.
        """)
    var at: String?

    @OptionGroup var options: PlatformOptions

    func validate() throws { _ = try ProblemCommands.instant(at) }

    /// - Parameter reading: whether it only looks.
    func run(
      reading: Bool = false, _ work: (Platform, Account) async throws -> Void
    ) async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform(
          at: ProblemCommands.instant(at), reading: reading)
        try await work(platform, FindAccount(platform)(username: username))
      }
    }
  }

  /// - Throws: `ValidationError` for what is no instant.
  static func instant(_ text: String?) throws -> Instant? {
    guard let text else { return nil }
    guard let instant = Day(text).map({ Instant(startOf: $0) }) ?? Instant(text: text) else {
      throw ValidationError("--at \(text): expected an instant such as 2026-11-21T09:00")
    }
    // Time never runs backwards within a problem: a slip of the keyboard would hold it for ever.
    guard (2000...Instant.now.day.year + 5).contains(instant.day.year) else {
      throw ValidationError("--at \(text): more than five years ahead, or before 2000")
    }
    return instant
  }

  /// A problem as people name it: its running number, or its id.
  struct Reference: ParsableArguments {
    @Argument(help: "The problem's number or id.") var problem: Int64

    func id(_ platform: Platform) async throws -> ProblemID {
      try await FindProblem(platform)(problem)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The newest problems, as JSON.")

    @Option var track: Track?
    @Option var state: ProblemState?
    @Option var category: String?
    @Flag(help: "Only those with an open milestone past its due time.") var overdue = false
    @Option(help: "Show what comes after this: next of the page before.") var before: ProblemCursor?
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run(reading: true) { platform, account in
        var filter = ProblemFilter()
        (filter.track, filter.state) = (track, state)
        (filter.category, filter.overdue) = (category, overdue)
        let page = try await ListProblems(platform)(
          filter, before: before, for: account)
        try printJSON(ProblemListOutput(page))
      }
    }
  }

  struct Tasks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What the account has to do now, the most urgent first, as JSON.")

    @Option(help: "At most so many.") var limit = 50
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run(reading: true) { platform, account in
        let lines = try await ShowTasks(platform)(for: account, limit: limit)
        try printJSON(TaskListOutput(lines, now: platform.now()))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One problem with its history and what may be done to it, as JSON.")

    @OptionGroup var reference: Reference
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run(reading: true) { platform, account in
        let id = try await reference.id(platform)
        let detail = try await ShowProblem(platform)(id, for: account)
        try printJSON(try ProblemOutput(detail, now: platform.now()))
      }
    }
  }

  struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "A problem enters the register.")

    @Option(help: "village, enterprise or another procedure's track") var track: String
    @Option var title: String
    @Option(help: "Village or township (path, unique name or code), or the enterprise's name.")
    var concerns: String
    @Option var detail = ""
    @Option(name: .customLong("found-on"), help: "YYYY-MM-DD (default: today)") var foundOn = ""
    @Option(help: "How it came in, such as 12345.") var channel = ""
    @Option(help: "The number it has there.") var sourceNumber = ""
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        var registration = Registration(
          track: track, title: title, detail: detail, concerns: concerns, foundOn: foundOn)
        (registration.channel, registration.sourceNumber) = (channel, sourceNumber)
        let id = try await RegisterProblem(platform)(registration, by: account)
        let detail = try await ShowProblem(platform)(id, for: account)
        try printJSON(try ProblemOutput(detail, now: platform.now()))
      }
    }
  }

  struct Split: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a part of a problem a problem of its own.")

    @OptionGroup var reference: Reference
    @Option(help: "The part's title.") var title: String
    @Option var detail = ""
    @Option var reason: String
    @OptionGroup var acting: Acting

    func run() async throws {
      try await acting.run { platform, account in
        let part = try await SplitProblem(platform)(
          reference.id(platform), title: title, detail: detail, reason: reason, by: account)
        let shown = try await ShowProblem(platform)(part, for: account)
        try printJSON(try ProblemOutput(shown, now: platform.now()))
      }
    }
  }
}

extension Track: ExpressibleByArgument {}
extension ProblemCursor: ExpressibleByArgument {}
extension ProblemState: ExpressibleByArgument {}
extension ProblemAction: ExpressibleByArgument {}
extension Difficulty: ExpressibleByArgument {}
extension Outcome: ExpressibleByArgument {}
extension Rating: ExpressibleByArgument {}
extension ShelvingReason: ExpressibleByArgument {}
extension Lane: ExpressibleByArgument {}
