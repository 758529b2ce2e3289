import Foundation
import Storage

/// PostgreSQL's own programs.
enum PostgresTool {
  /// Runs one to its end. The password goes by the environment, where other users do not see it.
  /// - Throws: `StorageError.unavailable` with what the program said.
  static func run(_ name: String, _ url: String, _ arguments: [String]) async throws {
    let (connection, password) = try ConnectionString(url).withoutPassword
    var environment = ProcessInfo.processInfo.environment
    if let password { environment["PGPASSWORD"] = password }
    let errors = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try path(of: name))
    process.arguments = arguments + ["--dbname=\(connection)"]
    process.environment = environment
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    let thread = OwnedThreads(count: 1)
    let (status, said) = try await thread.run {
      do {
        try process.run()
      } catch {
        throw StorageError.unavailable("\(name): \(error.localizedDescription)")
      }
      let said = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
    await thread.close()
    guard status == 0 else {
      let lines = said.split(separator: "\n").prefix(3).joined(separator: "; ")
      throw StorageError.unavailable("\(name): \(lines)")
    }
  }

  /// On the path, or where Debian keeps them.
  private static func path(of name: String) throws -> String {
    let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders =
      debian.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "/usr/lib/postgresql/\($0)/bin" }
      + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in folders
    where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw StorageError.unavailable("\(name) is not installed (package postgresql-client)")
  }
}
