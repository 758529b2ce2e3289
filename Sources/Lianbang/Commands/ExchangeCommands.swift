import ArgumentParser
import Domain
import HTTP
import Outgoing
import Services
import Storage
import Web

struct ExchangeCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exchange",
    abstract: "Links to other instances, county ↔ city ↔ province (docs/exchange.md).",
    subcommands: [Offer.self, Join.self, Status.self, Send.self, Close.self])

  struct Offer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a code with which the other side joins, once, within a week.",
      discussion: "Whoever has the code can make the link: hand it over as you would a password.")

    @Argument(help: "What the office here calls the other side.") var name: String

    @Option(
      help: "What this instance is in the link: upper answers, lower hands problems up.")
    var role: LinkRole = .upper

    @Option(help: "Where the other side reaches this instance (default: as configured).")
    var url: String?

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        let config = try options.resolved([.url: url])
        let code = try await OfferLink(Opening(config).openPlatform())(
          name, role: role, url: ExchangeCommands.url(config), by: .system)
        print(code)
      }
    }
  }

  struct Join: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Join the instance that made a code. May be repeated until it succeeds.")

    @Argument(help: "The code, as exchange offer printed it there.") var code: String

    @Option(help: "What the office here calls the other side.") var name: String

    @Option(help: "Where the other side reaches this instance (default: as configured).")
    var url: String?

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let config = try options.resolved([.url: url])
        let outgoing = Outgoing(rules: config.addressRules)
        defer { outgoing.stop() }
        let link = try await JoinLink(
          Opening(config).openPlatform(), line: SendExchange.line(through: outgoing))(
            code, name: name, url: ExchangeCommands.url(config), by: .system)
        print(
          console.catalogue.text(
            "exchange.joined", ["name": link.name, "origin": link.peer?.origin ?? "–"]))
      }
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How each link stands: what is not confirmed, and whether the proofs hold.",
      discussion:
        "Exits with 1 where somebody must see to a link: a fault, a proof that does not hold, "
        + "or more than a day without confirmation.")

    @Flag(help: "Print the result as JSON.") var json = false

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        let (links, now) = (try await ShowLinks(platform).details(), platform.now())
        if json {
          try printJSON(links.map { LinkOutput($0, now: now) })
        } else {
          let lines = LinkLines(catalogue: console.catalogue)
          for line in links.isEmpty ? lines.none : links.flatMap(lines.lines) { print(line) }
        }
        if links.contains(where: { $0.isAlarming(at: now) }) { throw ExitCode(1) }
      }
    }
  }

  struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Send what is not confirmed now, without waiting for the next try of a server.")

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        let config = try options.resolved()
        let platform = try await Opening(config).openPlatform()
        // What has no place in the ledger yet cannot be proven.
        try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
        let outgoing = Outgoing(rules: config.addressRules)
        defer { outgoing.stop() }
        let send = SendExchange(platform, line: SendExchange.line(through: outgoing))
        var output: [SendOutput] = []
        for status in try await ShowLinks(platform)() where status.link.state == .open {
          output.append(try await drain(status.link, send))
        }
        try printJSON(output)
      }
    }

    private func drain(_ link: ExchangeLink, _ send: SendExchange) async throws -> SendOutput {
      var output = SendOutput(name: link.name)
      while true {
        switch try await send(link.id, isPatient: false) {
        case .nothing: return output
        case .sent(let count): output.sent += count
        case .failed(let error):
          output.error = error
          return output
        case .stopped(let fault):
          output.fault = fault.rawValue
          return output
        }
      }
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a link for good. What it handed up stays referred until the office answers it."
    )

    @Argument(help: "What the office here calls the other side.") var name: String

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        try await CloseLink(options.openPlatform())(name, by: .system)
        print(console.catalogue.text("exchange.closed", ["name": name]))
      }
    }
  }

  /// Where this instance is reached from elsewhere, which nobody can guess.
  private static func url(_ config: Config) throws -> String {
    guard let url = config.url else {
      throw ValidationError("--url: where the other side reaches this instance")
    }
    return url
  }
}

extension LinkRole: ExpressibleByArgument {}

private struct SendOutput: Encodable {
  let name: String
  var sent = 0
  var error: String?
  var fault: String?
}
