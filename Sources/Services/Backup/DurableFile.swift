import Foundation

/// Files that are there whole or not at all, also after the power failed.
package enum DurableFile {
  /// Writes beside the target, for the owner only, and moves it there once it is on disk.
  /// - Returns: false where that cannot be done; the target is as it was then.
  package static func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let draft = draft(bytes, of: path) else { return false }
    guard move(draft, to: path) else {
      unlink(draft)
      return false
    }
    return true
  }

  /// The same for a file that nobody may have made before.
  /// - Returns: false where it is there already, or cannot be written.
  package static func create(_ bytes: [UInt8], at path: String) -> Bool {
    guard let draft = draft(bytes, of: path) else { return false }
    defer { unlink(draft) }
    return link(draft, path) == 0 && syncFolder(of: path)
  }

  private static func draft(_ bytes: [UInt8], of path: String) -> String? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard file >= 0 else { return nil }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    let isWritten = rest.isEmpty && fsync(file) == 0
    close(file)
    if isWritten { return draft }
    unlink(draft)
    return nil
  }

  /// Moves a file that is on disk to its place in the same folder.
  package static func move(_ draft: String, to path: String) -> Bool {
    rename(draft, path) == 0 && syncFolder(of: path)
  }

  private static func syncFolder(of path: String) -> Bool {
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY)
    guard folder >= 0 else { return false }
    defer { close(folder) }
    return fsync(folder) == 0
  }

  /// Makes sure that a file written by somebody else is on disk.
  package static func sync(_ path: String) -> Bool {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }
}

extension DurableFile {
  /// Free bytes where a path lies; nil where nothing can be written there.
  package static func freeBytes(at path: String) -> Int64? {
    var folder = path
    while !FileManager.default.fileExists(atPath: folder), folder.count > 1 {
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    guard access(folder, W_OK) == 0,
      let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    else { return nil }
    return (attributes[.systemFreeSize] as? NSNumber)?.int64Value
  }
}

/// A lock that the system takes back when the process ends.
package struct FileLock: Sendable {
  fileprivate let file: Int32

  package func release() { close(file) }
}

extension DurableFile {
  /// Waits for its turn; nil where the file cannot be made.
  package static func lock(_ path: String) -> FileLock? {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0, flock(file, LOCK_EX) == 0 else { return nil }
    return FileLock(file: file)
  }
}
