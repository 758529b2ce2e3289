import Cryptography
import Foundation
import Logging
import Testing

@testable import Lianbang

@Suite struct ConfigTests {
  private func config(
    _ options: [Setting: String] = [:], file: String? = nil, _ environment: [String: String] = [:]
  ) throws -> Config {
    guard let file else {
      return try Config(options: options, file: nil, environment: environment)
    }
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try file.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    return try Config(options: options, file: path.path, environment: environment)
  }

  private func faults(
    _ options: [Setting: String] = [:], file: String? = nil, _ environment: [String: String] = [:]
  ) -> [String] {
    do {
      _ = try config(options, file: file, environment)
      return []
    } catch {
      return (error as? ConfigFaults)?.lines ?? ["\(error)"]
    }
  }

  @Test func optionsBeforeEnvironmentBeforeFileBeforeDefaults() throws {
    let file = "# ours\nport = 1\nconnections=3\n\n log-level = debug \n"
    let both = try config([.port: "3"], file: file, ["LIANBANG_PORT": "2"])
    #expect(both.port == 3 && both.connections == 3 && both.logLevel == .debug)
    let environment = try config(file: file, ["LIANBANG_PORT": "2"])
    #expect(environment.port == 2)
    let fromFile = try config(file: file)
    #expect(fromFile.port == 1 && fromFile.host == "127.0.0.1")
    let plain = try config()
    #expect(plain.port == 8080 && plain.keyPath == "var/lianbang.sqlite.key")
    #expect(plain.attachments == "attachments")
  }

  /// One start tells everything that is wrong, and where it stands.
  @Test func allMistakesAreToldTogether() {
    let lines = faults(
      [.port: "70000", .database: "mysql://x"],
      file: "colour = red\nconnections = many\nmaster-key = AAAA\nport = 1\nport = 2\nnonsense\n",
      ["LIANBANG_HASH": "md5", "LIANBANG_PROT": "1", "LIANBANG_MASTER_KEY": "c2VjcmV0"])
    #expect(lines.count == 10)
    for part in [
      "port 70000 (option)", "database mysql://x (option)", ":1: colour", "connections many",
      ":3: master-key", ":5: port", ":6: nonsense", "hash md5 ($LIANBANG_HASH)", "$LIANBANG_PROT",
      "master-key … ($LIANBANG_MASTER_KEY)",
    ] {
      #expect(lines.contains { $0.contains(part) }, "\(part)")
    }
    #expect(!lines.joined().contains("c2VjcmV0"))
  }

  @Test func whatIsMissingOrDoesNotFit() {
    #expect(faults([.replica: "postgres://x/y"]) == ["replica: only PostgreSQL has replicas"])
    #expect(faults([.url: "https://x/"]).count == 1)
    #expect(faults([.assets: "/nowhere"]).count == 1)
    #expect(faults([.attachments: "files/"]).count == 1)
    #expect(faults([.attachments: "Public/../Public/files"]).count == 1)
    let missing = faults([:], file: nil, ["LIANBANG_CONFIG": "/nowhere"])
    #expect(missing == ["config: cannot read /nowhere, or it is not UTF-8"])
  }

  @Test(arguments: [
    ("postgres://lianbang:geheim@db/x", "postgres://lianbang:…@db/x"),
    (
      "postgres://db/x?user=a&password=geheim&sslmode=require",
      "postgres://db/x?user=a&password=…&sslmode=require"
    ),
    ("postgres://u:a:b@c@db/x", "postgres://u:…@db/x"), ("postgres://db/x", "postgres://db/x"),
  ])
  func passwordsAreMasked(text: String, shown: String) {
    #expect(Config.masked(text) == shown)
  }

  @Test func masterKeysFromTheEnvironment() throws {
    let keys = [MasterKey.random(), MasterKey.random()]
    let config = try config(
      [:], file: nil, ["LIANBANG_MASTER_KEY": keys.map(\.text).joined(separator: ",")])
    #expect(config.masterKeys.map(\.id) == keys.map(\.id))
    let shown = config.shown.map(\.value).joined()
    #expect(!shown.contains(keys[0].text) && shown.contains(keys[0].id))
  }

  @Test func keyFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = KeyFile(path: folder.appendingPathComponent("a/key").path)
    #expect(try file.read().isEmpty)
    let keys = [MasterKey.random(), MasterKey.random()]
    try file.write(keys)
    #expect(try file.read().map(\.id) == keys.map(\.id))
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    #expect(throws: KeyFile.Fault.open(path: file.path)) { try file.read() }
    try Data("AAAA\n".utf8).write(to: URL(fileURLWithPath: file.path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect(throws: KeyFile.Fault.unreadable(path: file.path)) { try file.read() }
  }
}
