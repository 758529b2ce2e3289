import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// Whoever changes the past behind the program's back is found out.
@Suite struct LedgerVerificationTests {
  @Test(
    arguments: Engine.available,
    [
      (
        "update ledger set payload = replace(payload, '河湾村', '河弯村') where leaf_index = 21",
        "changed 21"
      ),
      ("update ledger set at = at + 1 where leaf_index = 5", "changed 5"),
      ("update ledger set actor = 'account/1' where leaf_index = 0", "changed 0"),
      ("update ledger set version = version + 100 where leaf_index = 7", "changed 7"),
      ("update ledger set actor = 'account/007' where leaf_index = 0", "changed 0"),
      ("update ledger set payload = '' where leaf_index = 3", "changed 3"),
      ("update ledger_heads set root = leaf_hash from ledger where leaf_index = 1", "root 27"),
      ("update ledger_frontier set size = size - 1", "frontier"),
      ("delete from ledger_frontier", "frontier"), ("update ledger_heads set size = 28", "tail 27"),
      ("delete from ledger_heads", "no root 27"),
      (
        "insert into ledger_heads (size, root, at) select 26, root, at from ledger_heads", "root 26"
      ),
      (
        "update ledger_frontier set frontier = (select leaf_hash from ledger where leaf_index = 1)",
        "frontier"
      ),
      ("delete from ledger where leaf_index = 4", "missing 4"),
      ("delete from ledger where leaf_index >= 20", "tail 20"),
    ])
  func tampering(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withSample { platform in
      try await Sequencer.run(on: platform.platform.database, now: .reference)
      #expect(try await VerifyLedger(platform.platform)().fault == nil)
      try await platform.platform.database.write { try $0.run(change.sql) }
      let found =
        switch try await VerifyLedger(platform.platform)().fault {
        case .entryChanged(let index?, _, _): "changed \(index)"
        case .entryChanged(nil, let id, _): "changed pending \(id)"
        case .entryMissing(let index): "missing \(index)"
        case .rootDiffers(let size): "root \(size)"
        case .tailMissing(let found, _): "tail \(found)"
        case .rootMissing(let size): "no root \(size)"
        case .frontierDiffers: "frontier"
        case nil: "fine"
        }
      #expect(found == change.found)
    }
  }

  /// Changing an entry and its hash alike still leaves the recorded root.
  @Test(arguments: Engine.available)
  func aForgedHashLeavesTheRoot(engine: Engine) async throws {
    try await engine.withSample { platform in
      let database = platform.platform.database
      try await Sequencer.run(on: database, now: .reference)
      let stored = try #require(
        try await database.read { try LedgerRows.sequenced(from: 3, limit: 1, in: $0)[0].entry })
      let forged = LedgerEntry(
        id: stored.id, stream: stored.stream, version: stored.version, at: stored.at + 1,
        actor: stored.actor, kind: stored.kind, payload: stored.payload)
      try await database.write {
        try $0.run(
          "update ledger set at = ?2, leaf_hash = ?3 where id = ?1",
          [forged.id, forged.at, forged.leafHash])
      }
      guard case .rootDiffers = try await VerifyLedger(platform.platform)().fault else {
        Issue.record("the root was not missed")
        return
      }
    }
  }

  /// Bytes after a NUL, which a C string would not show: PostgreSQL refuses them itself.
  @Test func bytesBehindANul() async throws {
    try await Engine.sqlite.withSample { platform in
      let database = platform.platform.database
      try await Sequencer.run(on: database, now: .reference)
      try await database.write {
        try $0.run("update ledger set payload = payload || char(0) || 'x' where leaf_index = 2")
      }
      guard case .entryChanged(2, _, _) = try await VerifyLedger(platform.platform)().fault else {
        Issue.record("not found")
        return
      }
    }
  }

  /// An entry is vouched for by its own hash before it has its place.
  @Test(arguments: Engine.available)
  func pendingEntriesAreCheckedToo(engine: Engine) async throws {
    try await engine.withSample { platform in
      #expect(try await VerifyLedger(platform.platform)().pending == 27)
      try await platform.platform.database.write {
        try $0.run(
          "update ledger set kind = 'unit.closed' where stream = (select min(stream) from ledger)")
      }
      guard case .entryChanged(nil, _, _) = try await VerifyLedger(platform.platform)().fault else {
        Issue.record("not found")
        return
      }
    }
  }

  /// The export alone gives the root: hashes recomputed from its bytes, nothing of the database.
  @Test(arguments: Engine.available)
  func theExportGivesTheRoot(engine: Engine) async throws {
    try await engine.withSample { platform in
      struct Line: Decodable {
        let leaf_index: Int64
        let bytes: Data
        let leaf_hash: String
      }
      var tree = MerkleTree()
      try await ExportLedger(platform.platform)() { lines in
        for text in lines {
          let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
          let hash = MerkleTree.leafHash([UInt8](line.bytes))
          #expect(line.leaf_index == tree.size && line.leaf_hash == hash.hex)
          tree.append(hash)
        }
      }
      let report = try await VerifyLedger(platform.platform)()
      // 14 divisions, 7 units, 6 problems.
      #expect(tree.size == 27 && report.size == 27)
      #expect(tree.root.hex == report.root)
    }
  }
}
