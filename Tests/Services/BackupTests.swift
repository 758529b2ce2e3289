import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import StoragePostgres
import StorageSQLite
import TestSupport
import Testing

/// Copies of a database in use, put into an empty place and checked.
@Suite struct BackupTests {
  private let phone = PhoneNumber("13800138000")!

  /// A platform with the sample and two people in it, a folder for copies and an empty place.
  private func withPlaces(
    _ engine: Engine,
    _ body: (TestPlatform, _ folder: String, _ target: any RestoreTarget, _ ring: KeyRing)
      async throws -> Void
  ) async throws {
    let ring = KeyRing([.random()])
    let folder = FileManager.default.temporaryDirectory.path + "/backup-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await engine.withOwnDatabase { address in
      try await engine.withOwnDatabase { place in
        let database = try engine.open(address)
        try await Migrations.apply(to: database, now: .reference)
        let platform = try await TestPlatform(database, keys: ring)
        try await platform.loadSample()
        for name in ["张三", "李四"] {
          let token = try await InviteAccount(platform.platform)(
            name: name, phone: phone, role: .office, unit: nil, by: .system)
          _ = try await AcceptInvitation(platform.platform)(
            token, username: name, password: "correct horse", repeated: "correct horse")
        }
        let target: any RestoreTarget =
          engine == .sqlite ? SQLiteRestore(path: place) : PostgresRestore(url: place)
        try await body(platform, folder, target, ring)
        await database.close()
        if let restored = try? engine.open(place) { await restored.close() }
      }
    }
  }

  private func restore(
    _ manifest: String, keys: String? = nil, _ target: any RestoreTarget, _ ring: KeyRing
  ) async throws -> RestoreBackup.Report {
    try await RestoreBackup()(
      manifest, keys: keys, to: target, ring, campaign: TestPlatform.data, now: .reference)
  }

  /// Written to all the while; what the copy has is verified, and people's names can be read.
  @Test(arguments: Engine.available)
  func aCopyOfADatabaseInUse(engine: Engine) async throws {
    try await withPlaces(engine) { platform, folder, target, ring in
      let office = try await FindAccount(platform.platform)(username: "张三")
      let stop = Flag()
      let writing = Task {
        var count = 0
        while !stop.isRaised {
          _ = try await RegisterProblem(platform.platform)(
            Registration(
              track: "enterprise", title: "缺电", detail: "", concerns: "某厂",
              foundOn: "2026-11-19"), by: office)
          count += 1
        }
        return count
      }
      let manifest = try await BackUp(platform.platform)(to: folder)
      stop.raise()
      let written = try await writing.value
      let report = try await restore(manifest, target, ring)
      // 27 of the sample and two each of two accounts; each problem is one.
      #expect((31...31 + Int64(written)).contains(report.size) && written > 0)
      #expect(report.persons == 2 && report.erased == 0)
      let permissions = ["person-keys"].map { name in
        (try? FileManager.default.attributesOfItem(atPath: folder + "/" + name))?[
          .posixPermissions] as? Int
      }
      #expect(permissions == [0o600])
      // A second time there is something in the place.
      await #expect(throws: RestoreFault.self) { try await restore(manifest, target, ring) }
    }
  }

  /// Erased after the copy was made: erased in the copy too, once its folder's keys are replaced.
  @Test(arguments: Engine.available)
  func erasureReachesOlderCopies(engine: Engine) async throws {
    try await withPlaces(engine) { platform, folder, target, ring in
      let manifest = try await BackUp(platform.platform)(to: folder)
      let wrapped = try await platform.platform.database.read { connection in
        try connection.rows("select wrapped from person_keys order by person_id") {
          try $0.bytes(0)
        }
      }
      // The copy itself holds nobody's key, not even among what was deleted.
      let copy = try #require(
        FileManager.default.contents(
          atPath: manifest.replacing(".json", with: "." + engine.rawValue)))
      for key in wrapped { #expect(copy.range(of: Data(key)) == nil) }
      try await EraseAccount(platform.platform)("张三", by: .system)
      try await BackUp(platform.platform).writeKeys(to: folder)
      let report = try await restore(manifest, target, ring)
      #expect(report.persons == 1 && report.erased == 1)
    }
  }

  /// The keys of another database, and keys that somebody took away, are not written over those of a
  /// folder.
  @Test(arguments: Engine.available)
  func aFoldersKeysAreKept(engine: Engine) async throws {
    try await withPlaces(engine) { platform, folder, _, _ in
      try await BackUp(platform.platform).writeKeys(to: folder)
      let file = folder + "/person-keys"
      let before = try #require(FileManager.default.contents(atPath: file))
      try await engine.withDatabase { other in
        let another = try await TestPlatform(other)
        await #expect(throws: BackUp.Fault.otherInstance(file)) {
          try await BackUp(another.platform)(to: folder)
        }
      }
      try await platform.platform.database.write {
        try $0.run(
          "update person_keys set wrapped = null, master_key_id = null, erased_at = created_at")
      }
      await #expect(throws: BackUp.Fault.self) { try await BackUp(platform.platform)(to: folder) }
      #expect(FileManager.default.contents(atPath: file) == before)
    }
  }

  /// A copy from before the master key was rotated: the folder's keys are wrapped with the new one, and
  /// the old one is gone.
  @Test(arguments: Engine.available)
  func aCopyFromBeforeARotation(engine: Engine) async throws {
    try await withPlaces(engine) { platform, folder, target, ring in
      let manifest = try await BackUp(platform.platform)(to: folder)
      let new = MasterKey.random()
      let both = KeyRing([new, try ring.current()])
      let rotated = try await TestPlatform(platform.platform.database, keys: both)
      _ = try await RotateMasterKey(rotated.platform)()
      try await BackUp(rotated.platform).writeKeys(to: folder)
      await #expect(throws: KeyRing.Fault.none) { try await restore(manifest, target, KeyRing([])) }
      let report = try await restore(manifest, target, KeyRing([new]))
      #expect(report.persons == 2)
    }
  }

  @Test(arguments: Engine.available)
  func whatIsNotSoundIsNotRestored(engine: Engine) async throws {
    try await withPlaces(engine) { platform, folder, target, ring in
      let oldKeys = folder + "/old-keys"
      try await BackUp(platform.platform).writeKeys(to: folder + "/old")
      try FileManager.default.moveItem(atPath: folder + "/old/person-keys", toPath: oldKeys)
      _ = try await platform.account(.office)
      let manifest = try await BackUp(platform.platform)(to: folder)
      await #expect(throws: RestoreBackup.Fault.keysMissing) {
        try await restore(manifest, keys: oldKeys, target, ring)
      }
      await #expect(throws: RestoreBackup.Fault.unreadable(folder + "/nothing")) {
        try await restore(folder + "/nothing", target, ring)
      }
      await #expect(throws: KeyRing.Fault.self) {
        try await restore(manifest, target, KeyRing([.random()]))
      }
      // A byte in the middle of the copy.
      let file = manifest.replacing(".json", with: "." + engine.rawValue)
      var bytes = try #require(FileManager.default.contents(atPath: file))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: file))
      await #expect(throws: RestoreBackup.Fault.changed(file)) {
        try await restore(manifest, target, ring)
      }
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(fileURLWithPath: file))
      // The place is still empty.
      _ = try await restore(manifest, target, ring)
    }
  }

  /// Somebody who can write the copy, and its manifest, but has no key.
  @Test func aForgedCopyIsNotRestored() async throws {
    try await withPlaces(.sqlite) { platform, folder, target, ring in
      let manifest = try await BackUp(platform.platform)(to: folder)
      let file = manifest.replacing(".json", with: ".sqlite")
      let before = try #require(FileManager.default.contents(atPath: file))
      let forged = try Engine.sqlite.open(file)
      try await forged.write { try $0.run("update ledger set at = at + 1 where leaf_index = 3") }
      await forged.close()
      let after = try #require(FileManager.default.contents(atPath: file))
      #expect(before != after)
      let digest = { (data: Data) in Digest.sha256([UInt8](data)).hex }
      let text = try String(contentsOfFile: manifest, encoding: .utf8)
      try text.replacing(digest(before), with: digest(after))
        .write(toFile: manifest, atomically: true, encoding: .utf8)
      await #expect {
        try await restore(manifest, target, ring)
      } throws: { error in
        guard case RestoreBackup.Fault.ledger(.entryChanged(leafIndex: 3, _)) = error else {
          return false
        }
        return true
      }
    }
  }

  /// A place that is not empty, and cannot be reached at first: nothing in it is taken away.
  @Test(.enabled(if: Engine.available.contains(.postgres)))
  func aPlaceInUseIsLeftAlone() async throws {
    try await withPlaces(.postgres) { platform, folder, _, ring in
      let manifest = try await BackUp(platform.platform)(to: folder)
      try await Engine.postgres.withOwnDatabase { other in
        let database = try Engine.postgres.open(other)
        try await database.write { try $0.runScript("create table precious (id bigint)") }
        let target = PostgresRestore(url: other)
        await #expect(throws: RestoreFault.notEmpty("precious")) {
          try await restore(manifest, target, ring)
        }
        await target.discard()
        let count = try await database.read {
          try $0.row("select count(*) from precious") { try $0.int(0) }
        }
        #expect(count == 0)
        await database.close()
      }
    }
  }

  /// A copy that is a link to another file: that file is neither taken nor touched.
  @Test func aLinkInsteadOfACopy() async throws {
    try await withPlaces(.sqlite) { platform, folder, target, ring in
      let files = FileManager.default
      let manifest = try await BackUp(platform.platform)(to: folder)
      let (copy, other) = (manifest.replacing(".json", with: ".sqlite"), folder + "/other")
      try files.moveItem(atPath: copy, toPath: other)
      try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: other)
      try files.createSymbolicLink(atPath: copy, withDestinationPath: other)
      await #expect(throws: RestoreBackup.Fault.unreadable(copy)) {
        try await restore(manifest, target, ring)
      }
      let attributes = try files.attributesOfItem(atPath: other)
      #expect(attributes[.posixPermissions] as? Int == 0o644)
    }
  }

  /// A log left behind by a database that was moved away would be played into the restored one.
  @Test func aLogLeftBehind() async throws {
    try await withPlaces(.sqlite) { platform, folder, _, ring in
      let manifest = try await BackUp(platform.platform)(to: folder)
      let place = folder + "/place.sqlite"
      _ = FileManager.default.createFile(atPath: place + "-wal", contents: Data([1]))
      await #expect(throws: RestoreFault.notEmpty(place + "-wal")) {
        try await restore(manifest, SQLiteRestore(path: place), ring)
      }
    }
  }
}
