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
  private static let changes: [(sql: String, found: String)] = [
    // One byte, in each of the columns.
    (
      "update ledger set payload = replace(payload, '河湾村', '河弯村') where leaf_index = 21",
      "changed 21"
    ),
    ("update ledger set at = at + 1 where leaf_index = 5", "changed 5"),
    ("update ledger set actor = 'account/1' where leaf_index = 0", "changed 0"),
    ("update ledger set actor = 'account/007' where leaf_index = 0", "changed 0"),
    ("update ledger set kind = 'unit.closed' where leaf_index = 2", "changed 2"),
    ("update ledger set stream = 'unit/1' where leaf_index = 9", "changed 9"),
    ("update ledger set version = version + 100 where leaf_index = 7", "changed 7"),
    ("update ledger set id = id + 1 where leaf_index = 26", "changed 26"),
    ("update ledger set payload = '' where leaf_index = 3", "changed 3"),
    (
      """
      update ledger set leaf_hash = (select leaf_hash from ledger where leaf_index = 1)
      where leaf_index = 6
      """, "changed 6"
    ),
    // Rows removed, moved, put in.
    ("delete from ledger where leaf_index = 4", "missing 4"),
    ("delete from ledger where leaf_index >= 20", "tail 20"),
    ("update ledger set leaf_index = leaf_index + 1 where leaf_index = 26", "missing 26"),
    (
      """
      insert into ledger (id, stream, version, at, actor, kind, payload, leaf_hash, leaf_index)
      select 1, 'x', 1, at, actor, kind, payload, leaf_hash, 27 from ledger where leaf_index = 0
      """, "changed 27"
    ),
    // What the sequencer recorded.
    ("update ledger_heads set root = leaf_hash from ledger where leaf_index = 1", "root 27"),
    ("update ledger_frontier set size = size - 1", "frontier"),
    ("delete from ledger_frontier", "frontier"),
    ("update ledger_heads set size = 28", "tail 27"),
    ("delete from ledger_heads", "no root 27"),
    (
      """
      insert into ledger_heads (size, root, at, note) select 26, root, at, note from ledger_heads
      """, "root 26"
    ),
    (
      "update ledger_frontier set frontier = (select leaf_hash from ledger where leaf_index = 1)",
      "frontier"
    ),
    ("update ledger_heads set note = null", "signature 27"),
    ("update ledger_heads set note = 'x'", "signature 27"),
    ("update ledger_heads set note = replace(note, 'lianbang/', 'lianbanh/')", "signature 27"),
  ]

  @Test(arguments: Engine.available, changes)
  func tampering(engine: Engine, change: (sql: String, found: String)) async throws {
    try await engine.withSample { platform in
      try await platform.sequence()
      let before = try await fault(platform)
      #expect(before == "fine")
      try await platform.platform.database.write { try $0.run(change.sql) }
      let found = try await fault(platform)
      #expect(found == change.found)
    }
  }

  private func fault(_ platform: TestPlatform, checkpoint: SignedNote? = nil) async throws -> String
  {
    switch try await VerifyLedger(platform.platform)(checkpoint: checkpoint).fault {
    case .entryChanged(let index?, _): "changed \(index)"
    case .entryChanged(nil, _): "changed pending"
    case .entryMissing(let index): "missing \(index)"
    case .rootDiffers(let size): "root \(size)"
    case .signatureWrong(let size): "signature \(size)"
    case .tailMissing(let found, _): "tail \(found)"
    case .rootMissing(let size): "no root \(size)"
    case .frontierDiffers: "frontier"
    case .stranger(let name): name
    case .checkpointForeign: "foreign"
    case .checkpointDiffers(let size): "checkpoint \(size)"
    case .checkpointBeyond(let found, _): "beyond \(found)"
    case nil: "fine"
    }
  }

  /// By a view or a trigger a table can be one thing for an auditor and another for a page.
  @Test(arguments: Engine.available)
  func viewsAndTriggers(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.sequence()
      try await platform.platform.database.write {
        try $0.runScript("create view seen as select * from problems")
      }
      let view = try await fault(platform)
      #expect(view == "view seen")
      try await platform.platform.database.write { connection in
        try connection.runScript("drop view seen")
        switch connection.dialect {
        case .sqlite:
          try connection.runScript(
            "create trigger t after update on units begin select 1; end")
        case .postgres:
          try connection.runScript(
            """
            create function f() returns trigger language plpgsql as 'begin return new; end';
            create trigger t after update on units for each row execute function f()
            """)
        }
      }
      let trigger = try await fault(platform)
      #expect(trigger == "trigger t")
    }
  }

  /// A pending entry whose hash is not its own, or that was put in by hand with none that is right, is
  /// not signed.
  @Test(arguments: Engine.available)
  func aPendingEntryIsCheckedBeforeItIsSigned(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.platform.database.write {
        try $0.run("update ledger set at = at + 1 where stream = (select min(stream) from ledger)")
      }
      await #expect(throws: Sequencer.Tampered.self) { try await platform.sequence() }
    }
  }

  /// What cannot be read as one of our entries is still exported, byte by byte.
  @Test(arguments: Engine.available)
  func strangeEntriesAreExported(engine: Engine) async throws {
    try await engine.withSample { platform in
      let entry = LedgerEntry(
        id: 1, stream: "odd", version: 1, at: .reference, actor: .system, kind: "x", payload: "{}")
      try await platform.platform.database.write { try LedgerRows.append(entry, to: $0) }
      let strange = CipherSuite.international.hash([
        [0],
        Array(
          String(decoding: entry.bytes, as: UTF8.self)
            .replacing("system", with: "nobody").utf8),
      ])
      try await platform.platform.database.write {
        try $0.run(
          "update ledger set actor = 'nobody', leaf_hash = ?1 where stream = 'odd'", [strange])
      }
      var lines = 0
      try await ExportLedger(platform.platform)() { lines += $0.count }
      #expect(lines == 28)
      let found = try await fault(platform)
      #expect(found == "fine")
    }
  }

  /// Two rows that change places.
  @Test(arguments: Engine.available)
  func swappedRows(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.sequence()
      try await platform.platform.database.write { connection in
        for (from, to) in [(3, 1000), (8, 3), (1000, 8)] {
          try connection.run(
            "update ledger set leaf_index = ?2 where leaf_index = ?1", [from, to])
        }
      }
      // Each hash is right for its entry: it is the root that tells.
      let found = try await fault(platform)
      #expect(found == "root 27")
    }
  }

  /// The tail cut off with everything that recorded it: seen against a checkpoint kept elsewhere, and
  /// not without one.
  @Test(arguments: Engine.available)
  func theTailCutAfterACheckpoint(engine: Engine) async throws {
    try await engine.withSample { platform in
      let database = platform.platform.database
      try await platform.sequence()
      let early = try await note(platform)
      _ = try await platform.account(.office)
      try await platform.sequence()
      let late = try await note(platform)
      let checkpoints = [
        try await fault(platform, checkpoint: early), try await fault(platform, checkpoint: late),
      ]
      #expect(checkpoints == ["fine", "fine"])
      let frontier = try await database.read { try LedgerHeads.frontier(in: $0) }
      #expect(frontier.size == 29)
      // As an intruder would who knows the tables well.
      var tree = MerkleTree(.international)
      let entries = try await database.read {
        try LedgerLeaves.stored(from: 0, limit: 27, in: $0)
      }
      for entry in entries { tree.append(MerkleTree.leafHash(entry.bytes, .international)) }
      let cut = tree
      try await database.write { connection in
        try connection.run("delete from ledger where leaf_index >= 27")
        try connection.run("delete from ledger_heads where size > 27")
        try connection.run(
          "update ledger_frontier set size = 27, frontier = ?1", [cut.frontierBytes])
      }
      let found = [
        try await fault(platform), try await fault(platform, checkpoint: early),
        try await fault(platform, checkpoint: late),
      ]
      #expect(found == ["fine", "fine", "beyond 27"])
    }
  }

  private func note(_ platform: TestPlatform) async throws -> SignedNote {
    let text = try await SignCheckpoint(platform.platform)()
    return try #require(SignedNote(parsing: text ?? ""))
  }

  @Test(arguments: Engine.available)
  func foreignAndForgedCheckpoints(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.sequence()
      let vault = platform.platform.vault
      let other = try #require(SigningKey(seed: Array(repeating: 1, count: 32)))
      let root = CipherSuite.international.hash([[1]])
      let forged = Checkpoint(origin: vault.origin, size: 5, root: root)
        .signed(by: [.ed25519(name: vault.origin, other)])
      // Signed by the ledger's own key, as if it had once been otherwise.
      let own = Checkpoint(origin: vault.origin, size: 5, root: root).signed(
        by: try vault.signers())
      let found = [
        try await fault(platform, checkpoint: forged), try await fault(platform, checkpoint: own),
      ]
      #expect(found == ["foreign", "checkpoint 5"])
      let keys = [VerifierKey.ed25519(name: vault.origin, other.publicKey)]
      let report = try await VerifyLedger(platform.platform)(keys: keys)
      #expect(report.fault == .signatureWrong(size: 27))
    }
  }

  /// Somebody who can write the database but has no master key rewrites an entry and everything that
  /// follows from it: the signature is what he cannot make.
  @Test(arguments: Engine.available, CipherSuite.allCases)
  func aWholeForgedHistory(engine: Engine, suite: CipherSuite) async throws {
    try await engine.withSample(suite: suite) { platform in
      let database = platform.platform.database
      try await platform.sequence()
      var tree = MerkleTree(suite)
      var forged: [(id: Int64, at: Instant, hash: Digest)] = []
      let streams = try await database.read { connection in
        try connection.rows("select stream from ledger order by leaf_index") { try $0.text(0) }
      }
      for stream in streams {
        // The sample's streams have one entry each.
        let entry = try #require(
          await database.read { try LedgerRows.stream(stream, in: $0) }.first)
        let other = LedgerEntry(
          id: entry.id, stream: entry.stream, version: entry.version, at: entry.at + 1,
          actor: entry.actor, kind: entry.kind, payload: entry.payload)
        forged.append((other.id, other.at, other.leafHash(suite)))
        tree.append(other.leafHash(suite))
      }
      let (entries, end) = (forged, tree)
      try await database.write { connection in
        for entry in entries {
          try connection.run(
            "update ledger set at = ?2, leaf_hash = ?3 where id = ?1",
            [entry.id, entry.at, entry.hash])
        }
        try connection.run("update ledger_heads set root = ?1", [end.root])
        try connection.run("update ledger_frontier set frontier = ?1", [end.frontierBytes])
      }
      let found = try await fault(platform)
      #expect(found == "signature 27")
      // Nor does the sequencer build on it, with the old signature or with none.
      _ = try await platform.account(.office)
      await #expect(throws: Sequencer.Tampered.self) { try await platform.sequence() }
      try await database.write { try $0.run("update ledger_heads set note = null") }
      await #expect(throws: Sequencer.Tampered.self) { try await platform.sequence() }
      // A running server does not take an empty ledger for a new one either.
      try await database.write { connection in
        try connection.run("delete from ledger_heads")
        try connection.run("delete from ledger_frontier")
        try connection.run("update ledger set leaf_index = null")
      }
      await #expect(throws: Sequencer.Tampered.self) { try await platform.sequence() }
    }
  }

  /// A ledger that is written to and sequenced meanwhile is not taken for a damaged one.
  @Test(arguments: Engine.available)
  func verifyingWhileOthersWrite(engine: Engine) async throws {
    try await engine.withSample { platform in
      let database = platform.platform.database
      let stop = Flag()
      let writing = Task {
        var version = 0
        while !stop.isRaised {
          version += 1
          let entry = LedgerEntry(
            id: Identifiers.shared.next(.reference), stream: "test/1", version: version,
            at: .reference, actor: .system, kind: "test.done", payload: "{}")
          try await database.write { try LedgerRows.append(entry, to: $0) }
          if version % 20 == 0 { try await platform.sequence() }
        }
      }
      for _ in 0..<20 {
        let found = try await fault(platform)
        #expect(found == "fine")
      }
      stop.raise()
      _ = try await writing.value
    }
  }

  /// Bytes after a NUL, which a C string would not show: PostgreSQL refuses them itself.
  @Test func bytesBehindANul() async throws {
    try await Engine.sqlite.withSample { platform in
      try await platform.sequence()
      try await platform.platform.database.write {
        try $0.run("update ledger set payload = payload || char(0) || 'x' where leaf_index = 2")
      }
      let found = try await fault(platform)
      #expect(found == "changed 2")
    }
  }

  /// An entry is vouched for by its own hash before it has its place.
  @Test(arguments: Engine.available)
  func pendingEntriesAreCheckedToo(engine: Engine) async throws {
    try await engine.withSample { platform in
      let pending = try await VerifyLedger(platform.platform)().pending
      #expect(pending == 27)
      try await platform.platform.database.write {
        try $0.run(
          "update ledger set kind = 'unit.closed' where stream = (select min(stream) from ledger)")
      }
      let found = try await fault(platform)
      #expect(found == "changed pending")
    }
  }

  /// More than the pages that are read side by side.
  @Test(arguments: Engine.available)
  func aLongLedger(engine: Engine) async throws {
    try await engine.withSample { platform in
      let database = platform.platform.database
      try await database.write { connection in
        try LedgerRows.append(
          (1...9000).map {
            LedgerEntry(
              id: Identifiers.shared.next(.reference), stream: "test/1", version: $0,
              at: .reference, actor: .system, kind: "test.done", payload: #"{"n":"\#($0)"}"#)
          }, to: connection)
      }
      try await platform.sequence()
      let report = try await VerifyLedger(platform.platform)()
      #expect(report.fault == nil && report.size == 9027 && report.headsChecked == 10)
      for index in [2000, 5999, 8500] {
        try await database.write {
          try $0.run("update ledger set at = at + 1 where leaf_index = ?1", [index])
        }
        let found = try await fault(platform)
        #expect(found == "changed \(index)")
        try await database.write {
          try $0.run("update ledger set at = at - 1 where leaf_index = ?1", [index])
        }
      }
    }
  }
}
