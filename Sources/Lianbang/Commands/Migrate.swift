import ArgumentParser
import Domain
import HTTP
import Storage
import Web

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database schema up to date.")

  @Flag(
    help: "Only show what was applied and what would be; exits with 1 where something is pending.")
  var status = false

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    let console = try Console(options)
    try await console.run {
      let opening = Opening(try options.resolved())
      if status {
        let steps = try await Migrations.status(of: opening.openExisting())
        for step in steps {
          let state =
            step.appliedAt.map { $0.description } ?? console.catalogue.text("migration.pending")
          print("\(step.number)  \(step.name)  \(state)")
        }
        if steps.contains(where: { $0.appliedAt == nil }) { throw ExitCode(1) }
      } else {
        let done = try await Migrations.apply(to: opening.openDatabase(), now: .now)
        _ = try await opening.makePlatform()
        for migration in done { print("\(migration.number)  \(migration.name)") }
        if done.isEmpty { print(console.catalogue.text("migration.none")) }
      }
    }
  }
}
