import Cryptography
import Domain
import Foundation
import Services
import Storage
import StoragePostgres
import StorageSQLite

/// Eight clients that register problems until they are killed: `scripts/chaos.py` counts what was
/// acknowledged. The master key is in the environment.
struct Hammer {
  let address: String

  func run() async throws {
    let database: any Database =
      address.hasPrefix("postgres")
      ? try PostgresDatabase(url: address) : try SQLiteDatabase(path: address)
    let key = ProcessInfo.processInfo.environment["LIANBANG_MASTER_KEY"].flatMap {
      MasterKey(text: $0)
    }
    let platform = try await Bench.platform(database, KeyRing(key.map { [$0] } ?? []))
    let register = RegisterProblem(platform)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          while true {
            let id = try await register(Bench.registration, by: Bench.office)
            let line = Array("\(id.value)\n".utf8)
            _ = line.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
          }
        }
      }
      group.addTask {
        while true {
          try await Sequencer.run(on: database, platform.vault, now: Bench.now)
          try await Task.sleep(for: .milliseconds(20))
        }
      }
      try await group.waitForAll()
    }
  }
}
