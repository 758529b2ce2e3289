import ArgumentParser
import Cryptography
import Domain
import HTTP
import Services
import Web

struct AccountCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Let people in, find and erase them.",
    discussion: """
      Whoever may run this holds the database: what is done here works at once, without the security \
      administrator's grant.
      """,
    subcommands: [
      Invite.self, Link.self, Find.self, ResetSecondFactor.self, TokenCommands.self, Erase.self,
    ])

  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an account and print the one-time link with which its owner signs up.")

    @Option(help: "What the person is called.")
    var name: String

    @Option(help: "The person's telephone number; kept sealed.")
    var phone: String?

    @Option(help: "One of: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role: Role

    @Option(help: "Where the person works: a path, a unique name or a division code.")
    var unit: String?

    @Option(help: "The paired official's id in the register of officials.")
    var official: Int64?

    @Option(help: "The enterprise's credit code, exact name or id in the register.")
    var enterprise: String?

    @Option(help: "Where browsers reach the server (default: as configured).")
    var url: String?

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      if case .unit = role.link, unit == nil {
        throw ValidationError("\(role.rawValue) needs --unit")
      }
      if role == .official, official == nil {
        throw ValidationError("an official needs --official")
      }
      if role == .enterprise, enterprise == nil {
        throw ValidationError("an enterprise needs --enterprise")
      }
      if !role.takesUnit, unit != nil {
        throw ValidationError("\(role.rawValue) takes no --unit")
      }
      if name.trimmed.isEmpty { throw ValidationError("--name is empty") }
      guard name.unicodeScalars.count <= Problem.maximumTitle, name == name.singleLine else {
        throw ValidationError("--name is too long or not on one line")
      }
      if let phone, PhoneNumber(phone) == nil {
        throw ValidationError("--phone \(phone): expected 11 digits, or an area code and a number")
      }
    }

    func run() async throws {
      try await Console(options).run {
        let config = try options.resolved([.url: url])
        let platform = try await Opening(config).openPlatform()
        let unit = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
        let enterprise =
          if let enterprise { try await ReadSeat(platform).enterprise(enterprise) } else {
            EnterpriseID?.none
          }
        let token = try await InviteAccount(platform)(
          name: name.trimmed, phone: phone.flatMap { PhoneNumber($0) }, role: role, unit: unit,
          official: official.map { OfficialID($0) }, enterprise: enterprise, by: .system)
        print(config.address + Route.invitation(token.text).path)
      }
    }
  }
}

extension AccountCommands {
  struct Link: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a new one-time link; earlier ones are worth nothing then.",
      discussion: """
        Whoever has not signed up yet does so with it; whoever has sets a new password. The second factor \
        stays.
        """)

    @Argument(help: "The username, or the account's number as account find prints it.")
    var account: String

    @Option(help: "Where browsers reach the server (default: as configured).")
    var url: String?

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        let config = try options.resolved([.url: url])
        let platform = try await Opening(config).openPlatform()
        let token = try await RenewLink(platform)(for: FindAccount(platform)(reference: account))
        print(config.address + Route.invitation(token.text).path)
      }
    }
  }

  struct ResetSecondFactor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset-second-factor",
      abstract: "Take away a lost second factor; an administrator then sets up another.")

    @Argument(help: "The username, or the account's number as account find prints it.")
    var account: String

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        try await RemoveSecondFactor(platform)(of: FindAccount(platform)(reference: account))
        print(console.catalogue.text("account.reset.done", ["username": account]))
      }
    }
  }
}

extension AccountCommands {
  struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Find accounts by their owner's telephone number.")

    @Option(help: "The number, however it is written.")
    var phone: String

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        guard let number = PhoneNumber(phone) else {
          throw ValidationError(
            "--phone \(phone): expected 11 digits, or an area code and a number")
        }
        let found = try await FindAccount(options.openPlatform())(number)
        for account in found {
          print("\(account.id.value)  \(account.username ?? "–")  \(account.name)")
        }
        if found.isEmpty { throw ExitCode(1) }
      }
    }
  }

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Close an account and make its owner's personal data unreadable for ever.",
      discussion: """
        What the account did stays in the ledger, without a name. Run backup --keys-only afterwards \
        for each folder with backups.
        """)

    @Argument(help: "The username, or the account's number as account find prints it.")
    var account: String

    @Flag(help: "Needed, since nothing brings the data back.")
    var forEver = false

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      guard forEver else {
        throw ValidationError("nothing brings the data of \(account) back: say --for-ever")
      }
    }

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        try await EraseAccount(options.openPlatform())(account, by: .system)
        print(console.catalogue.text("account.erased", ["username": account]))
      }
    }
  }
}

extension Role: ExpressibleByArgument {}

extension Config {
  /// Where browsers reach the server.
  fileprivate var address: String { url ?? "http://\(host):\(port)" }
}
