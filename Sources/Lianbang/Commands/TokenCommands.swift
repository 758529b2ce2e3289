import ArgumentParser
import Cryptography
import Domain
import HTTP
import Services
import Storage

/// Tokens for programs, by whoever holds the database.
struct TokenCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and revoke tokens for programs.",
    subcommands: [Make.self, List.self, Revoke.self])

  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a new token of an account; it is shown this once.")

    @Argument(help: "The username, or the account's number as account find prints it.")
    var account: String

    @Option(help: "What the program is called.")
    var name: String

    @Option(
      help:
        "How long it is good: \(TokenRules.lifetimes.map(String.init).joined(separator: ", ")) days."
    )
    var days = 30

    @Option(help: "problems:read, orders:write and so on, with commas; everything when left out.")
    var scopes: String?

    @OptionGroup var options: PlatformOptions

    func validate() throws {
      if let scopes, TokenScope.all(in: scopes.replacing(",", with: " ")) == nil {
        let areas = APIArea.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--scopes \(scopes): expected AREA:read or AREA:write of \(areas)")
      }
    }

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        let id = try await FindAccount(platform)(reference: account)
        let make = MakeToken(platform)
        let made =
          if let chosen = scopes.flatMap({ TokenScope.all(in: $0.replacing(",", with: " ")) }) {
            try await make(.init(name: name, days: days, scopes: chosen), for: id)
          } else {
            try await make.withAllScopes(name: name, days: days, for: id)
          }
        print(made.token.text)
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List an account's tokens: number, scopes, end, last use, name.")

    @Argument(help: "The username, or the account's number as account find prints it.")
    var account: String

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        let id = try await FindAccount(platform)(reference: account)
        for line in try await ListTokens(platform)(of: id) {
          let used = line.lastUsedAt.map { $0.description } ?? "–"
          print(
            "\(line.id)\t\(TokenScope.text(line.scopes))\t\(line.expiresAt)\t\(used)\t\(line.name)")
        }
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a token at once; on running servers within two seconds.")

    @Argument(help: "The token's number, as list prints it.")
    var token: Int64

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        try await RevokeToken(try await options.openPlatform())(token)
      }
    }
  }
}
