import ArgumentParser
import Services

struct TimerCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timers", abstract: "Reminders and orders that come with time.",
    subcommands: [Run.self])

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Work off what is due now, as a server does all the time.")

    @Option(help: "For rehearsals: act as if it were this instant.") var at: String?
    @OptionGroup var options: PlatformOptions

    func validate() throws { _ = try ProblemCommands.instant(at) }

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform(at: ProblemCommands.instant(at))
        var total = TimersOutput()
        while true {
          let done = try await FireTimers(platform)()
          total.add(done)
          if done.fired + done.dropped == 0 { break }
        }
        try printJSON(total)
      }
    }
  }
}

private struct TimersOutput: Encodable {
  var fired = 0
  var dropped = 0
  var postponed = 0

  mutating func add(_ result: FireTimers.Result) {
    fired += result.fired
    dropped += result.dropped
    postponed += result.postponed
  }
}
