import ArgumentParser
import Cryptography
import Domain
import Foundation
import HTTP
import Ledger
import Services
import Storage
import Web

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the configuration and look whether all is well; exits with 1 if not.")

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    var config: Config?
    try await console.run { config = try options.resolved() }
    guard let config else { return }
    for entry in config.shown {
      let name = entry.setting.rawValue.padding(toLength: 18, withPad: " ", startingAt: 0)
      print("  \(name)\(entry.value)  (\(entry.source))")
    }
    let opening = Opening(config)
    let examination = Examination(config: config, opening: opening, catalogue: console.catalogue)
    var isWell = true
    for (name, check) in examination.checks {
      do {
        print("✓ \(name): \(try await check())")
      } catch {
        isWell = false
        print("✗ \(name): \(console.message(for: error) ?? "\(error)")")
      }
    }
    if !isWell { throw ExitCode(1) }
  }
}
