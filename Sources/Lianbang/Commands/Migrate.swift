import ArgumentParser
import Storage

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the database schema up to date.")

  @OptionGroup var options: PlatformOptions

  func run() async throws {
    try await Console(options).run {
      let applied = try await Migrations.apply(to: options.openDatabase(), now: .now)
      for migration in applied { print("\(migration.number) \(migration.name)") }
      if applied.isEmpty { print("up to date") }
    }
  }
}
