import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// What a stranger is handed, and checks without our program.
@Suite struct LedgerProofTests {
  @Test(arguments: Engine.available, CipherSuite.allCases)
  func everyEntryIsProven(engine: Engine, suite: CipherSuite) async throws {
    try await engine.withSample(suite: suite) { platform in
      try await platform.sequence()
      let prove = ProveLedger(platform.platform)
      let keys = platform.platform.vault.verifierKeys
      for index in Int64(0)..<27 {
        let inclusion = try await prove.inclusion(of: index)
        // From the entry's bytes, the path and the signed checkpoint alone.
        let leaf = suite.hash([[0], inclusion.entry.bytes])
        let note = try #require(SignedNote(parsing: inclusion.note ?? ""))
        let checkpoint = try #require(note.checkpoint(signedBy: keys))
        #expect(inclusion.proof.root(of: leaf, suite) == checkpoint.root)
      }
      await #expect(throws: ProveLedger.Fault.beyond(size: 27)) {
        try await prove.inclusion(of: 27)
      }
      await #expect(throws: ProveLedger.Fault.beyond(size: 27)) {
        try await prove.inclusion(of: -1)
      }
    }
  }

  @Test(arguments: Engine.available)
  func aLaterLedgerContainsAnEarlierOne(engine: Engine) async throws {
    try await engine.withSample { platform in
      let prove = ProveLedger(platform.platform)
      try await platform.sequence()
      let early = try await SignCheckpoint(platform.platform)()
      _ = try await platform.account(.office)
      let late = try await SignCheckpoint(platform.platform)()
      let (first, second) = try (checkpoint(early), checkpoint(late))
      #expect(first.size == 27 && second.size == 29)
      let consistency = try await prove.consistency(from: 27, to: nil)
      #expect(consistency.proof.verifies(first.root, second.root, .international))
      // Also to a size at which nothing was signed.
      let other = try await prove.consistency(from: 5, to: 20)
      #expect(other.note == nil)
      #expect(other.proof.verifies(other.firstRoot, other.secondRoot, .international))
      for (from, to) in [(0, nil), (30, nil), (1, 30)] as [(Int64, Int64?)] {
        await #expect(throws: ProveLedger.Fault.beyond(size: 29)) {
          try await prove.consistency(from: from, to: to)
        }
      }
    }
  }

  private func checkpoint(_ note: String?) throws -> Checkpoint {
    let signed = try #require(SignedNote(parsing: note ?? ""))
    return try #require(Checkpoint(signed.text))
  }

  @Test(arguments: Engine.available)
  func nothingIsProvenOfADamagedLedger(engine: Engine) async throws {
    try await engine.withSample { platform in
      try await platform.sequence()
      try await platform.platform.database.write {
        try $0.run("update ledger set at = at + 1 where leaf_index = 5")
      }
      await #expect(throws: ProveLedger.Fault.damaged) {
        try await ProveLedger(platform.platform).inclusion(of: 5)
      }
    }
  }

  /// `scripts/verify-ledger.py`, which knows nothing of our program, finds the same root in the
  /// export, and a byte that was changed.
  @Test(arguments: Engine.available, CipherSuite.allCases)
  func theScriptFindsTheRoot(engine: Engine, suite: CipherSuite) async throws {
    try await engine.withSample(suite: suite) { platform in
      var export = ""
      try await ExportLedger(platform.platform)() { export += $0.map { $0 + "\n" }.joined() }
      let note = try #require(await SignCheckpoint(platform.platform).last())
      let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      try note.write(to: file, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(at: file) }
      _ = try await platform.account(.office)
      try await ExportLedger(platform.platform)() { lines in
        export = lines.map { $0 + "\n" }.joined()
      }
      let report = try await VerifyLedger(platform.platform)()
      let arguments = ["--hash", suite.rawValue, "--checkpoint", file.path]
      let (status, output) = try script(export, arguments)
      #expect(status == 0 && output == "\(report.size) \(report.root)\n")
      let changed = export.replacing(#""leaf_index":3,"#, with: #""leaf_index":4,"#)
      #expect(changed != export)
      let (changedStatus, _) = try script(changed, arguments)
      #expect(changedStatus == 1)
      // The last entries cut off: the checkpoint is of 27.
      let cut = export.split(separator: "\n").prefix(26).map { $0 + "\n" }.joined()
      let (cutStatus, _) = try script(cut, arguments)
      #expect(cutStatus == 1)
    }
  }

  private func script(_ input: String, _ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", TestPlatform.root + "/scripts/verify-ledger.py"] + arguments
    let (stdin, stdout) = (Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = FileHandle.nullDevice
    try process.run()
    try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
