import Cryptography
import Foundation

/// What a copy is of, and how to know that it is whole.
package struct BackupManifest: Codable, Sendable {
  package var engine: String
  package var origin: String
  package var taken_at: String
  /// Beside the manifest.
  package var file: String
  package var sha256: String
  /// How many persons have, or had, a key.
  package var persons: Int
  /// The ledger's signed checkpoint from just before; absent while the ledger was empty.
  package var checkpoint: String?

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// SHA-256 of a file of any size, in hexadecimal.
  static func digest(of path: String) throws -> String {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let digest = RunningDigest(.international)
    while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
      piece.withUnsafeBytes { digest.add($0) }
    }
    return digest.finish().hex
  }
}
