import Cryptography
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

  /// - Parameters:
  ///   - suite: of a new database.
  ///   - keys: the master keys; some new ones where a test does not care.
  package init(
    _ database: any Database, suite: CipherSuite = .international,
    keys: KeyRing = KeyRing([.random()]), signInRules: SignInRules = SignInRules(),
    gateways: MessageGateways = MessageGateways()
  ) async throws {
    let clock = TestClock()
    let vault = try await Vault.establish(on: database, keys, suite: suite, now: clock.now)
    platform = Platform(
      database: database, vault: vault, data: Self.data, signInRules: signInRules,
      gateways: gateways, now: { clock.now })
    self.clock = clock
  }

  /// Gives what is pending its place.
  package func sequence() async throws {
    try await Sequencer.run(on: platform.database, platform.vault, now: platform.now())
  }

  /// Hashed once: it is slow on purpose.
  private static let password = PasswordHash.make("correct horse")

  package func advance(days: Int64 = 0, seconds: Int64 = 0) {
    clock.advance(days * 86_400 + seconds)
  }

  /// Sets the clock, back as well, to `2026-02-13 09:00` in Asia/Shanghai.
  package func set(_ text: String) {
    let (day, time) = (Day(text.prefix(10))!, text.dropFirst(11).split(separator: ":"))
    clock.set(Instant(startOf: day) + Int64(time[0])! * 3600 + Int64(time[1])! * 60)
  }

  /// Loads the shipped sample; its official and its enterprise where a test does not bring its own.
  package func loadSample(withPeople: Bool = false) async throws {
    // The sample's problems were found in November 2026.
    clock.set(Instant(startOf: Day("2026-11-20")!) + 9 * 3600)
    _ = try await LoadSample(platform)(
      resources: Self.root + "/Resources",
      kinds: LoadSample.kinds.filter { withPeople || ![.officials, .enterprises].contains($0) })
  }

  /// An enterprise of the sample's county.
  package func enterprise() async throws -> EnterpriseID {
    let name = "清河县示例面粉厂"
    _ = try await importRows(
      .enterprises, "企业名称,县区,联系人,联系电话\n\(name),清河县,王示例,13800001002")
    return try await platform.database.read { try EnterpriseRows.only(named: name, in: $0)! }
  }

  /// A paired official of the sample's county.
  package func official() async throws -> OfficialID {
    _ = try await importRows(
      .officials, "姓名,单位,类型,手机号\n张示例,柳林镇,联乡帮村,13800001001")
    return try await platform.database.read { try OfficialRows.first(in: $0)! }
  }

  /// An account that can act at once, without link and password.
  package func account(
    _ role: Role, unit: String? = nil, official: OfficialID? = nil,
    enterprise: EnterpriseID? = nil, name: String = "测试员", phone: PhoneNumber? = nil
  ) async throws -> Account {
    let unitID = if let unit { try await FindUnit(platform)(unit) } else { UnitID?.none }
    let token = try await InviteAccount(platform)(
      name: name, phone: phone, role: role, unit: unitID, official: official,
      enterprise: enterprise,
      by: .system)
    let username = "user-" + UUID().uuidString.prefix(8).lowercased()
    let (now, vault) = (platform.now(), platform.vault)
    return try await platform.database.write { connection in
      let id = try AccountRows.invited(by: token, now: now, vault, in: connection)!.id
      try AccountRows.activate(
        id, username: username, password: Self.password, at: now, in: connection)
      return try AccountRows.find(username: username, vault, in: connection)!.account
    }
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
  package func withSample<T>(
    suite: CipherSuite = .international, _ body: (TestPlatform) async throws -> T
  ) async throws -> T {
    try await withDatabase { database in
      let platform = try await TestPlatform(database, suite: suite)
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
