import Cryptography
import Foundation
import Services

/// The file with the master keys, for the owner only: one a line in base64, the current one first.
struct KeyFile: Sendable {
  let path: String

  enum Fault: Error, Equatable {
    /// Others may read it.
    case open(path: String)
    case unreadable(path: String)
    case notWritable(path: String)
  }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// - Throws: `Fault`; an absent file has no keys.
  func read() throws -> [MasterKey] {
    guard exists else { return [] }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let permissions = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard permissions & 0o077 == 0 else { throw Fault.open(path: path) }
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else { throw Fault.unreadable(path: path) }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    let keys = lines.map { MasterKey(text: String($0)) }
    guard !keys.isEmpty, !keys.contains(where: { $0 == nil }) else {
      throw Fault.unreadable(path: path)
    }
    return keys.compactMap { $0 }
  }

  /// Replaces the file in one step; it is on disk when this returns.
  /// - Throws: `Fault.notWritable`
  func write(_ keys: [MasterKey]) throws {
    guard DurableFile.write(content(keys), to: path) else { throw Fault.notWritable(path: path) }
  }

  /// Makes the file with a new key, unless another process was quicker: then its key is the one.
  /// - Throws: `Fault.notWritable`
  func create() throws {
    guard DurableFile.create(content([.random()]), at: path) || exists else {
      throw Fault.notWritable(path: path)
    }
  }

  private func content(_ keys: [MasterKey]) -> [UInt8] {
    let lines = ["# Master keys of Lianbang. Keep a copy where the database's backups are not."]
    return Array((lines + keys.map(\.text)).map { $0 + "\n" }.joined().utf8)
  }

  /// A key ring that looks into the file again when a key is missing.
  func ring() throws -> KeyRing {
    KeyRing(try read(), reload: { try read() })
  }
}
