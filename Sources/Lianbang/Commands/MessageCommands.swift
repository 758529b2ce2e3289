import ArgumentParser
import Domain
import Foundation
import Outgoing
import Services
import Storage

struct MessageCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages",
    abstract: "What is told by mail, SMS and the robots of groups (docs/messages.md).",
    subcommands: [List.self, Send.self, Retry.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What waits, was given up or was sent, the newest first, as JSON.")

    @Argument(help: "waiting, failed or sent.") var part: MessageList.Part = .waiting
    @Option(help: "How many.") var limit = 50
    @OptionGroup var options: PlatformOptions

    func validate() throws {
      guard (1...1000).contains(limit) else { throw ValidationError("--limit from 1 to 1000") }
    }

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        let page = try await ListMessages(platform)(part, limit: limit, for: nil)
        try printJSON(page.items.map(MessageOutput.init))
      }
    }
  }

  struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send what is due now, as a server does all the time.")

    @Flag(help: "One batch; otherwise until nothing is due.") var once = false
    @Option(help: "For rehearsals: act as if it were this instant.") var at: String?
    @OptionGroup var options: PlatformOptions

    func validate() throws { _ = try ProblemCommands.instant(at) }

    func run() async throws {
      try await Console(options).run {
        let opening = Opening(try options.resolved())
        let platform = try await options.openPlatform(at: ProblemCommands.instant(at))
        let outgoing = Outgoing(rules: platform.addressRules)
        let send = SendMessages(platform, MessageCarrier(outgoing), try opening.messageWords())
        var total = ["sent": 0, "failed": 0]
        while true {
          let done = try await send()
          total["sent", default: 0] += done.sent
          total["failed", default: 0] += done.failed
          if once || done.isIdle { break }
        }
        outgoing.stop()
        try printJSON(total)
      }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Let one that was given up be tried again.")

    @Argument(help: "Its number in the list.") var id: String
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        guard let id = MessageID(id) else { throw UseCaseError.notFound }
        try await RetryMessage(options.openPlatform())(id)
      }
    }
  }
}

extension MessageList.Part: ExpressibleByArgument {}

private struct MessageOutput: Encodable {
  let id: String
  let channel: String
  let kind: String
  let robot: String?
  let problem: Int64?
  let due: String
  let state: String
  let attempts: Int
  let fault: String?
  let settled: String?

  init(_ line: MessageList.Line) {
    (id, channel) = (line.id.description, line.channel.rawValue)
    (kind, robot, problem) = (line.kind?.rawValue ?? "trial", line.robot, line.number)
    (due, state, attempts) = (line.due.description, line.state.rawValue, line.attempts)
    (fault, settled) = (line.fault, line.settled?.description)
  }
}
