import Cryptography
import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Files of problems: stored once, sealed, checked when they are read.
@Suite struct AttachmentTests {
  private let text = Array("换了水泵，出水正常。\n".utf8)

  private struct Place {
    let platform: TestPlatform
    let store: AttachmentStore
    let office: Account
    let handler: Account
    let problem: ProblemID

    /// All files in the folder, without those that begin as drafts do.
    var files: [String] {
      let found = FileManager.default.enumerator(atPath: store.folder)
      return (found?.compactMap { $0 as? String } ?? []).filter { $0.contains("/") }
    }

    func add(_ bytes: [UInt8], _ name: String = "a.txt") async throws -> Domain.Attachment {
      try await AddAttachment(platform.platform, store)(
        bytes, name: name, to: problem, by: handler)
    }
  }

  private func withPlace(
    _ engine: Engine, suite: CipherSuite = .international, _ body: (Place) async throws -> Void
  ) async throws {
    let folder = ScratchFolder()
    try await engine.withSample(suite: suite) { platform in
      let office = try await platform.account(.office)
      let handler = try await platform.account(.handler, unit: "清河县水利局")
      let id = try await RegisterProblem(platform.platform)(
        Registration(
          track: "village", title: "机井损坏", detail: "", concerns: "柳林镇/河湾村",
          foundOn: "2026-11-19"), by: office)
      let act = ActOnProblem(platform.platform)
      _ = try await act(
        .command(.judge(category: "infrastructure", difficulty: .general, tier: "", note: "")),
        on: id,
        seen: nil, by: office)
      _ = try await act(.assign(.init(unit: "清河县水利局")), on: id, seen: nil, by: office)
      let store = AttachmentStore(
        folder: folder("files"), vault: platform.platform.vault)
      try await body(
        Place(platform: platform, store: store, office: office, handler: handler, problem: id))
    }
  }

  /// The digest of what was stored is computed by sha256sum: `printf '换了水泵，出水正常。\n' | sha256sum`.
  @Test(arguments: Engine.available)
  func whatIsAddedCanBeRead(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let added = try await place.add(text, "../说明.log")
      #expect(added.name == "说明.log" && added.type == .text && added.round == 1)
      #expect(
        Hexadecimal.encode(added.digest)
          == "de972ccbe40fbcbc150e8fa618576b407487a347e53ad344826979c8d30b64ce")
      let content = try await ReadAttachment(place.platform.platform, place.store)(
        added.id, for: place.office)
      #expect(content.bytes == text && content.attachment == added)
      // The same again, elsewhere too, is one file, and within a problem one attachment.
      #expect(try await place.add(text, "b.txt") == added)
      #expect(place.files.count == 1)
      // Nothing of it can be read in the folder, and others may not try.
      let path = place.store.folder + "/" + place.files[0]
      let stored = try #require(FileManager.default.contents(atPath: path))
      #expect(stored.range(of: Data(text.prefix(12))) == nil)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      let replay = try await ReplayLedger(place.platform.platform)()
      #expect(replay.differences.isEmpty)
    }
  }

  /// With 国密 the digest is SM3's: `printf abc | openssl dgst -sm3`, GB/T 32905 annex A.
  @Test func theInstancesOwnAlgorithm() async throws {
    try await withPlace(.sqlite, suite: .national) { place in
      let added = try await place.add(Array("abc".utf8))
      #expect(
        Hexadecimal.encode(added.digest)
          == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
      let content = try await ReadAttachment(place.platform.platform, place.store)(
        added.id, for: place.handler)
      #expect(content.bytes == Array("abc".utf8))
    }
  }

  @Test(arguments: Engine.available)
  func whoMay(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let other = try await place.platform.account(.handler, unit: "清河县交通运输局")
      let added = try await place.add(text)
      let platform = place.platform.platform
      await #expect(throws: UseCaseError.self) {
        try await AddAttachment(platform, place.store)(
          text, name: "a", to: place.problem, by: other)
      }
      await #expect(throws: UseCaseError.self) {
        try await ListAttachments(platform)(of: place.problem, for: other)
      }
      await #expect(throws: AttachmentRefusal.unknown) {
        try await ReadAttachment(platform, place.store)(added.id, for: other)
      }
      await #expect(throws: AttachmentRefusal.unknown) {
        try await WithdrawAttachment(platform)(added.id, reason: "错", by: other)
      }
      await #expect(throws: UseCaseError.self) {
        try await PurgeAttachment(platform, place.store)(
          added.id, reason: "违法", by: place.handler)
      }
      // What the office added its handler cannot take away.
      let theirs = try await AddAttachment(platform, place.store)(
        text + text, name: "a", to: place.problem, by: place.office)
      await #expect(throws: AttachmentRefusal.notYours) {
        try await WithdrawAttachment(platform)(theirs.id, reason: "错", by: place.handler)
      }
    }
  }

  @Test(arguments: Engine.available)
  func withdrawnAndPurged(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let platform = place.platform.platform
      let added = try await place.add(text)
      let read = ReadAttachment(platform, place.store)
      await #expect(throws: AttachmentRefusal.reason) {
        try await WithdrawAttachment(platform)(added.id, reason: " \n", by: place.handler)
      }
      let withdrawn = try await WithdrawAttachment(platform)(
        added.id, reason: "传错了", by: place.handler)
      #expect(withdrawn.withdrawal?.reason == "传错了")
      #expect(
        try await ListAttachments(platform)(of: place.problem, for: place.office) == [withdrawn])
      await #expect(throws: AttachmentRefusal.withdrawn) {
        try await read(added.id, for: place.handler)
      }
      #expect(try await read(added.id, for: place.office).bytes == text)
      // Added once more, then destroyed: both entries lose it, and it is not taken again.
      let again = try await place.add(text)
      #expect(again.id != added.id)
      let purged = try await PurgeAttachment(platform, place.store)(
        again.id, reason: "违法内容", by: place.office)
      #expect(purged.map(\.id) == [added.id, again.id])
      #expect(purged.allSatisfy { $0.purgedAt != nil })
      #expect(purged.map { $0.withdrawal?.reason } == ["传错了", "违法内容"])
      #expect(place.files.isEmpty)
      await #expect(throws: AttachmentRefusal.purged) {
        try await read(again.id, for: place.office)
      }
      await #expect(throws: AttachmentRefusal.purged) { try await place.add(text) }
      #expect(place.files.isEmpty)
      #expect(try await ReplayLedger(platform)().differences.isEmpty)
    }
  }

  @Test(arguments: Engine.available)
  func limits(engine: Engine) async throws {
    try await withPlace(engine) { place in
      for number in 1...Attachment.maximumPerProblem {
        _ = try await place.add(Array("第 \(number) 个".utf8))
      }
      await #expect(throws: AttachmentRefusal.tooMany) { try await place.add(text) }
      await #expect(throws: AttachmentRefusal.tooLarge) {
        try await place.add([UInt8](repeating: 0x41, count: Domain.Attachment.maximumSize + 1))
      }
      await #expect(throws: AttachmentRefusal.active) { try await place.add(Array("<svg/>".utf8)) }
      let first = try await ListAttachments(place.platform.platform)(
        of: place.problem, for: place.office)[0]
      _ = try await WithdrawAttachment(place.platform.platform)(
        first.id, reason: "重复", by: place.office)
      _ = try await place.add(text)
    }
  }

  /// The same file sent several times at once is one.
  @Test(arguments: Engine.available)
  func severalAtOnce(engine: Engine) async throws {
    try await withPlace(engine) { place in
      let ids = try await withThrowingTaskGroup(of: AttachmentID.self) { group in
        for _ in 0..<6 {
          group.addTask { try await place.add(text).id }
        }
        return try await group.reduce(into: Set<AttachmentID>()) { $0.insert($1) }
      }
      #expect(ids.count == 1 && place.files.count == 1)
    }
  }

  /// What is missing, changed, moved to another name or nobody's is told, and mends with the next upload.
  @Test func theFolderIsChecked() async throws {
    try await withPlace(.sqlite) { place in
      let check = CheckAttachments(place.platform.platform, place.store)
      let read = ReadAttachment(place.platform.platform, place.store)
      let first = try await place.add(text)
      let path = place.store.folder + "/" + place.files[0]
      let second = try await place.add(text + text)
      let other = try #require(
        place.files.map { place.store.folder + "/" + $0 }.first { $0 != path })
      var report = try await check()
      #expect(report.isWell && report.sound == 2 && report.orphans.isEmpty)
      let whole = try #require(FileManager.default.contents(atPath: path))
      for change in 0..<3 {
        var bytes = [UInt8](whole)
        switch change {
        case 0: bytes[bytes.count - 1] ^= 1
        case 1: bytes.removeLast()
        default: bytes = [UInt8](try #require(FileManager.default.contents(atPath: other)))
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        report = try await check()
        #expect(report.changed == [Hexadecimal.encode(first.digest)] && report.sound == 1)
        await #expect(throws: AttachmentRefusal.changed) {
          try await read(first.id, for: place.office)
        }
      }
      _ = try await place.add(text)
      #expect(try await check().isWell)
      try FileManager.default.removeItem(atPath: other)
      try Data([1]).write(to: URL(fileURLWithPath: path + ".x"))
      report = try await check()
      #expect(report.missing == [Hexadecimal.encode(second.digest)] && report.strange.count == 1)
      await #expect(throws: AttachmentRefusal.missing) {
        try await read(second.id, for: place.office)
      }
    }
  }

  @Test(
    arguments: Engine.available,
    [
      ("update attachments set name = 'x'", "attachments name"),
      ("update attachments set reason = 'x'", "attachments reason"),
      ("delete from attachments", "attachments –"),
    ])
  func whatDiffersFromTheLedgerIsNamed(
    engine: Engine, change: (sql: String, found: String)
  ) async throws {
    try await withPlace(engine) { place in
      let added = try await place.add(text)
      _ = try await WithdrawAttachment(place.platform.platform)(
        added.id, reason: "错", by: place.office)
      try await place.platform.platform.database.write { try $0.run(change.sql) }
      let found = try await ReplayLedger(place.platform.platform)().differences
      #expect(found.map { "\($0.table) \($0.column ?? "–")" } == [change.found])
    }
  }

  /// New files are added to a folder of backups, purged ones destroyed there; the way back is checked.
  @Test(arguments: Engine.available)
  func copies(engine: Engine) async throws {
    let folder = ScratchFolder()
    try await withPlace(engine) { place in
      let platform = place.platform.platform
      let copy = CopyAttachments(platform, place.store)
      let first = try await place.add(text)
      _ = try await place.add(text + text)
      var report = try await copy(to: folder.path)
      #expect(report.copied == 2 && report.kept == 0)
      _ = try await place.add(text + text + text)
      _ = try await PurgeAttachment(platform, place.store)(
        first.id, reason: "违法", by: place.office)
      report = try await copy(to: folder.path)
      #expect(report.copied == 1 && report.kept == 1 && report.destroyed == 1)
      #expect(report.lost.isEmpty)
      // Into an empty place.
      let new = AttachmentStore(folder: folder("new"), vault: platform.vault)
      #expect(try await CopyAttachments(platform, new)(from: folder.path).copied == 2)
      #expect(try await CheckAttachments(platform, new)().sound == 2)
      // A damaged copy is not taken.
      let broken = folder.path + "/attachments/" + place.files[0]
      try Data([1, 2, 3]).write(to: URL(fileURLWithPath: broken))
      let another = AttachmentStore(folder: folder("another"), vault: platform.vault)
      report = try await CopyAttachments(platform, another)(from: folder.path)
      #expect(report.copied == 1 && report.lost.count == 1)
    }
  }
}
