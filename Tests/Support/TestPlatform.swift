import Domain
import Foundation
import Services
import Storage
import Synchronization

/// A platform on a test's database, with a clock the test moves.
package struct TestPlatform: Sendable {
  package let platform: Platform
  private let clock: TestClock

  /// The source tree's folder, where `Resources` and `Public` are.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  package static let data = try! CampaignData(resources: root + "/Resources")

  package init(_ database: any Database) {
    let clock = TestClock()
    platform = Platform(
      database: database, calendar: Self.data.calendar, categories: Self.data.categories,
      now: { clock.now })
    self.clock = clock
  }

  package func advance(days: Int64 = 0, seconds: Int64 = 0) {
    clock.advance(days * 86_400 + seconds)
  }

  /// Loads the shipped sample.
  package func loadSample() async throws {
    // The sample's problems were found in November 2026.
    clock.set(Instant(startOf: Day("2026-11-20")!) + 9 * 3600)
    _ = try await LoadSample(platform)(resources: Self.root + "/Resources")
  }

  /// An account that can act at once, without link and password.
  package func account(_ role: Role, unit: String? = nil, name: String = "测试员") async throws
    -> Account
  {
    let unitID = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
    let token = try await InviteAccount(platform)(
      name: name, role: role, unit: unitID, by: .system)
    let username = "user-" + UUID().uuidString.prefix(8).lowercased()
    let session = try await AcceptInvitation(platform)(
      token, username: username, password: "correct horse", repeated: "correct horse")
    return try await SignIn(platform).account(of: session)!
  }
}

private final class TestClock: Sendable {
  private let value = Mutex(Instant.reference)

  var now: Instant { value.withLock { $0 } }
  func advance(_ seconds: Int64) { value.withLock { $0 = $0 + seconds } }
  func set(_ instant: Instant) { value.withLock { $0 = instant } }
}

extension Engine {
  /// Runs a test on a platform of its own with the sample county in it.
  package func withSample<T>(_ body: (TestPlatform) async throws -> T) async throws -> T {
    try await withDatabase { database in
      let platform = TestPlatform(database)
      try await platform.loadSample()
      return try await body(platform)
    }
  }
}

/// The folder with the public data used in trials, beside the project; nil where it is absent.
package let sharedData: String? = {
  let folder =
    URL(fileURLWithPath: TestPlatform.root).deletingLastPathComponent().path
    + "/shared/data"
  return FileManager.default.fileExists(atPath: folder) ? folder : nil
}()
