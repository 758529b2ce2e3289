import ArgumentParser
import Cryptography
import HTTP
import Services
import Storage
import Web

struct KeysCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "The master key.", subcommands: [Rotate.self])

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace the master key in the key file and wrap all keys with the new one.",
      discussion: """
        Servers on other machines need the new file before this ends: run with --prepare, copy the \
        file to them, then run without. With $LIANBANG_MASTER_KEY put the new key before the old \
        one, restart the servers, run this, and take the old one away.
        """)

    @Flag(help: "Only put a new key into the file, before the old one.")
    var prepare = false

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      let console = try Console(options)
      try await console.run {
        let opening = Opening(try options.resolved())
        let file = KeyFile(path: opening.config.keyPath)
        let isOwnFile = opening.config.masterKeys.isEmpty
        if isOwnFile {
          let keys = try file.read()
          guard !keys.isEmpty else { throw KeyRing.Fault.none }
          // Two keys mean that a rotation was begun.
          if keys.count == 1 { try file.write([.random()] + keys) }
        }
        if prepare {
          print(console.catalogue.text("keys.prepared", ["name": file.path]))
          return
        }
        let platform = try await opening.openPlatform()
        let count = try await RotateMasterKey(platform)()
        if isOwnFile {
          // Unless somebody else has begun another rotation meanwhile.
          let newest = try file.read()[0]
          guard try newest.id == platform.vault.currentKeyID() else { throw KeyRing.Fault.none }
          try file.write([newest])
        }
        print(console.catalogue.text("keys.rotated", ["n": "\(count)"]))
      }
    }
  }
}
