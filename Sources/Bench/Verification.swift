import CCrypto
import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage

extension Bench {
  private static let entries = 1_000_000

  /// `ledger verify` of a million entries, beside libcrypto hashing the same bytes on one core: each
  /// entry's, and two children for each inner node.
  static func verify(_ name: String, _ database: any Database) async throws {
    let platform = try await platform(database, ring)
    var bytes: [[UInt8]] = []
    for batch in 0..<(entries / 10_000) {
      let now = now
      let made = (0..<10_000).map { number in
        LedgerEntry(
          id: Identifiers.shared.next(now), stream: "verify/\(batch)", version: number + 1, at: now,
          actor: .account(AccountID(455_710_290_740)), kind: "problem.judged", payload: payload)
      }
      try await database.write { try LedgerRows.append(made, to: $0) }
      if bytes.count < 10_000 { bytes = made.map(\.bytes) }
    }
    let sequencing = Date()
    let sequenced = try await Sequencer.run(on: database, platform.vault, now: now)
    report(
      "\(name): sequencing and signing",
      Double(sequenced) / Date().timeIntervalSince(sequencing), "entries/s")

    let start = Date()
    let result = try await VerifyLedger(platform)()
    let verifying = Date().timeIntervalSince(start)
    guard result.fault == nil else { fatalError("\(result)") }
    let size = Int(result.size)
    report("\(name): ledger verify of \(size) entries", verifying, "s")
    let hashing = hash(bytes, times: size)
    report("\(name): hashing the same bytes on one core", hashing, "s")
    report("\(name): verify / hashing, speed", hashing / verifying, "ratio")
    report("\(name): peak memory of the process", peakMemory(), "MiB")
  }

  /// Seconds libcrypto takes for so many leaves of these bytes and as many inner nodes.
  private static func hash(_ bytes: [[UInt8]], times: Int) -> Double {
    let context = EVP_MD_CTX_new()
    let method = EVP_MD_fetch(nil, "SHA256", nil)
    defer {
      EVP_MD_CTX_free(context)
      EVP_MD_free(method)
    }
    var digest = [UInt8](repeating: 0, count: 32)
    let node = [UInt8](repeating: 1, count: 65)
    let start = Date()
    for index in 0..<times {
      for text in [bytes[index % bytes.count], node] {
        EVP_DigestInit_ex(context, method, nil)
        EVP_DigestUpdate(context, text, text.count)
        EVP_DigestFinal_ex(context, &digest, nil)
      }
    }
    return Date().timeIntervalSince(start)
  }

  private static func peakMemory() -> Double {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0) / 1024
  }
}
