import ArgumentParser
import Domain
import HTTP
import Services
import Web

/// Both need to be told that nothing brings the data back.
struct ForEver: ParsableArguments {
  @Flag(help: "Needed, since nothing brings the data back.")
  var forEver = false

  func validate() throws {
    guard forEver else { throw ValidationError("nothing brings the data back: say --for-ever") }
  }
}

struct OfficialCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "official", abstract: "Erase an official's personal data.",
    subcommands: [Erase.self])

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make name, phone and ID number unreadable for ever.",
      discussion: "Run backup --keys-only afterwards for each folder with backups.")

    @Argument(help: "The official's number, as search prints it.")
    var official: Int64

    @OptionGroup var forEver: ForEver
    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        try await EraseOfficial(options.openPlatform())(OfficialID(official), by: .system)
        print(console.catalogue.text("official.erased"))
      }
    }
  }
}

struct ContactCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "Erase a contact's personal data.",
    subcommands: [Erase.self])

  struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make name and phone of contacts unreadable for ever.",
      discussion: "Run backup --keys-only afterwards for each folder with backups.")

    @Option(help: "Their telephone number.")
    var phone: String?

    @Option(help: "Or all contacts of an enterprise or unit, by its number as search prints it.")
    var of: Int64?

    @OptionGroup var forEver: ForEver
    @OptionGroup var options: PlatformOptions

    func validate() throws {
      if let phone, PhoneNumber(phone) == nil {
        throw ValidationError("--phone \(phone): expected 11 digits, or an area code and a number")
      }
      guard (phone == nil) != (of == nil) else {
        throw ValidationError("say --phone or --of")
      }
    }

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let erase = EraseContact(try await options.openPlatform())
        if let of { _ = try await erase(of: of, by: .system) }
        if let number = phone.flatMap({ PhoneNumber($0) }) {
          _ = try await erase(number, by: .system)
        }
        print(console.catalogue.text("official.erased"))
      }
    }
  }
}
