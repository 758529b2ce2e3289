import Cryptography
import Domain
import Foundation
import Storage

/// The folder with the contents of attachments, each in one sealed file named by the digest of what is
/// in it: `ab/cdef…`. It lies outside of the database's folder and of all that is served.
package struct AttachmentStore: Sendable {
  package let folder: String
  let vault: Vault

  package init(folder: String, vault: Vault) {
    self.folder = folder
    self.vault = vault
  }

  func path(of digest: Digest) -> String {
    let name = digest.hex
    return "\(folder)/\(name.prefix(2))/\(name.dropFirst(2))"
  }

  func has(_ digest: Digest) -> Bool { FileManager.default.fileExists(atPath: path(of: digest)) }

  /// Puts a content there, on disk when this returns. What is there already and sound stays; what is
  /// damaged is replaced.
  /// - Throws: `AttachmentRefusal.folder` where it cannot be written; `KeyRing.Fault.none`
  func write(_ content: [UInt8]) throws -> Digest {
    let digest = vault.suite.hash([content])
    if (try? read(digest)) != nil { return digest }
    try writeFile(try vault.sealFile(content, name: digest.hex), digest)
    return digest
  }

  /// Puts a sealed file there as it is.
  /// - Throws: `AttachmentRefusal.folder`
  func writeFile(_ file: [UInt8], _ digest: Digest) throws {
    let path = path(of: digest)
    let own = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(
      atPath: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // A name of its own: the same content may come twice at once.
    let draft = "\(path).\(Hexadecimal.encode(randomBytes(6)))"
    defer { unlink(draft) }
    guard DurableFile.write(file, to: draft), DurableFile.move(draft, to: path),
      DurableFile.sync(folder)
    else { throw AttachmentRefusal.folder }
  }

  /// - Throws: `AttachmentRefusal.missing` where there is no file, `.changed` where it is not the one that
  ///   was put there; `KeyRing.Fault.none`
  func read(_ digest: Digest) throws -> [UInt8] {
    let content = try vault.openFile(try file(digest), name: digest.hex)
    guard let content, vault.suite.hash([content]) == digest else {
      throw AttachmentRefusal.changed
    }
    return content
  }

  /// The sealed file.
  /// - Throws: `AttachmentRefusal.missing`
  func file(_ digest: Digest) throws -> [UInt8] {
    let path = path(of: digest)
    // A link would lead out of the folder.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let data = FileManager.default.contents(atPath: path)
    else { throw AttachmentRefusal.missing }
    return [UInt8](data)
  }

  /// Destroys a file: its key first, by writing over it, then the rest.
  /// - Returns: false where it is still there.
  func destroy(_ digest: Digest) -> Bool {
    let path = path(of: digest)
    let file = open(path, O_WRONLY | O_NOFOLLOW)
    if file >= 0 {
      let nothing = [UInt8](repeating: 0, count: 256)
      _ = Foundation.write(file, nothing, nothing.count)
      fsync(file)
      close(file)
      unlink(path)
      _ = DurableFile.sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }
    return !has(digest)
  }

  /// What is in the folder: digests of files, and names of what is none, in order.
  func contents() -> (digests: [Digest], strange: [String]) {
    let files = FileManager.default
    var digests: [Digest] = []
    var strange: [String] = []
    for first in ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted() {
      for rest in ((try? files.contentsOfDirectory(atPath: "\(folder)/\(first)")) ?? []).sorted() {
        if let digest = Hexadecimal.decode(first + rest).flatMap({ Digest(bytes: $0) }),
          path(of: digest).hasSuffix("/\(first)/\(rest)")
        {
          digests.append(digest)
        } else {
          strange.append("\(first)/\(rest)")
        }
      }
    }
    return (digests, strange)
  }
}
