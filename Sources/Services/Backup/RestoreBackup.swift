import Cryptography
import Domain
import Foundation
import Ledger
import Storage

/// Puts a copy into an empty place and checks it before it counts: the file's digest, the ledger
/// against the signed checkpoint, the tables against the ledger.
package struct RestoreBackup: Sendable {
  package init() {}

  package enum Fault: Error, Sendable, Equatable {
    /// Missing, or not what such a file holds.
    case unreadable(String)
    /// The copy is not the one the manifest tells of.
    case changed(String)
    case otherEngine(String)
    /// The keys file is older than the copy: somebody's key is not in it.
    case keysMissing
    case ledger(LedgerAudit.Fault)
    case tables(Difference)
  }

  package struct Report: Sendable {
    package let size: Int64
    package let root: String
    /// Persons whose fields can be read, and persons who were erased.
    package let persons: Int
    package let erased: Int
  }

  /// - Parameters:
  ///   - keys: the file `person-keys`; nil takes the one beside the manifest.
  ///   - ring: has the master key of the keys.
  /// - Throws: `Fault`, `RestoreFault`, `KeyRing.Fault`, `StorageError`; the place is as empty as
  ///   before then.
  package func callAsFunction(
    _ manifestPath: String, keys: String?, to target: any RestoreTarget, _ ring: KeyRing,
    campaign: CampaignData, now: Instant
  ) async throws -> Report {
    let folder = URL(fileURLWithPath: manifestPath).deletingLastPathComponent().path
    guard let json = FileManager.default.contents(atPath: manifestPath),
      let manifest = try? JSONDecoder().decode(BackupManifest.self, from: json),
      !manifest.file.contains("/")
    else { throw Fault.unreadable(manifestPath) }
    guard manifest.engine == target.dialect.rawValue else {
      throw Fault.otherEngine(manifest.engine)
    }
    let file = "\(folder)/\(manifest.file)"
    // A link would lead to somebody else's file.
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw Fault.unreadable(file)
    }
    guard let digest = try? BackupManifest.digest(of: file) else { throw Fault.unreadable(file) }
    guard digest == manifest.sha256 else { throw Fault.changed(file) }
    let persons = try PersonKeyCopies(file: keys ?? "\(folder)/person-keys")
    guard persons.rows.count >= manifest.persons else { throw Fault.keysMissing }
    do {
      let report = try await restore(file, manifest, persons, to: target, ring, campaign, now)
      try await target.keep()
      return report
    } catch let fault as RestoreFault {
      throw fault
    } catch {
      await target.discard()
      throw error
    }
  }

  private func restore(
    _ file: String, _ manifest: BackupManifest, _ persons: PersonKeyCopies,
    to target: any RestoreTarget, _ ring: KeyRing, _ campaign: CampaignData, _ now: Instant
  ) async throws -> Report {
    let database = try await target.restore(file) { connection in
      try persons.insert(in: connection)
    }
    do {
      // The copy may be older than this program.
      try await Migrations.apply(to: database, now: now)
      let report = try await check(database, manifest, persons, ring, campaign, now)
      await database.close()
      return report
    } catch {
      await database.close()
      throw error
    }
  }

  private func check(
    _ database: any Database, _ manifest: BackupManifest, _ persons: PersonKeyCopies,
    _ ring: KeyRing, _ campaign: CampaignData, _ now: Instant
  ) async throws -> Report {
    let vault = try await Vault.open(on: database, ring)
    guard vault.hasKey else { throw KeyRing.Fault.none }
    let platform = Platform(
      database: database, vault: vault, data: campaign, now: { now })
    let note = try manifest.checkpoint.map { text in
      guard let note = SignedNote(parsing: text) else { throw Fault.unreadable("checkpoint") }
      return note
    }
    let ledger = try await VerifyLedger(platform)(checkpoint: note)
    if let fault = ledger.fault { throw Fault.ledger(fault) }
    // Who was erased since the copy was made is erased in it too, and the ledger says so.
    try await database.write { connection in
      try AccountRows.closeErased(in: connection)
      try OfficialRows.closeErased(in: connection)
      try ContactRows.closeErased(in: connection)
    }
    if let difference = try await ReplayLedger(platform)().differences.first {
      throw Fault.tables(difference)
    }
    let readable = try await database.read { connection in
      try persons.rows.count { row in
        try PersonID(row.person).flatMap { try vault.key(of: $0, in: connection) } != nil
      }
    }
    return Report(
      size: ledger.size, root: ledger.root, persons: readable,
      erased: persons.rows.count - readable)
  }
}
