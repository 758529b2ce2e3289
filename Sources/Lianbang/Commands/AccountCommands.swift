import ArgumentParser
import Cryptography
import Domain
import Services
import Web

struct AccountCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Let people in.", subcommands: [Invite.self])

  struct Invite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make an account and print the one-time link with which its owner signs up.")

    @Option(help: "What the person is called.")
    var name: String

    @Option(help: "office or handler")
    var role: Role

    @Option(help: "Where the person works: a path, a unique name or a division code.")
    var unit: String?

    @Option(help: "Where browsers reach the server.")
    var url = "http://127.0.0.1:8080"

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      if role == .handler, unit == nil { throw ValidationError("a handler needs --unit") }
      if role == .office, unit != nil {
        throw ValidationError("an office account sees the whole city; --unit is for handlers")
      }
      if name.trimmed.isEmpty { throw ValidationError("--name is empty") }
      guard name.unicodeScalars.count <= Problem.maximumTitle, name == name.singleLine else {
        throw ValidationError("--name is too long or not on one line")
      }
      guard url.hasPrefix("http://") || url.hasPrefix("https://"), !url.hasSuffix("/") else {
        throw ValidationError("--url \(url): expected http://HOST or https://HOST")
      }
    }

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        let unit = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
        let token = try await InviteAccount(platform)(
          name: name.trimmed, role: role, unit: unit, by: .system)
        print(url + Route.invitation(token.text).path)
      }
    }
  }
}

extension Role: ExpressibleByArgument {}
