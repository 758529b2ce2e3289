import Foundation

/// A file written under `path.new` that takes its place only when it is whole. Two of the same path
/// must not be written at once.
final class PartialFile {
  let path: String
  private let target: String
  private var placed = false

  /// Makes it, empty, so that a folder that is missing or closed is told at once.
  init(target: String) throws(TableWriteFault) {
    self.target = target
    path = target + ".new"
    // Lists are of people: for this account alone.
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      placed = true
      throw PartialFile.fault()
    }
    close(descriptor)
  }

  deinit {
    if !placed { unlink(path) }
  }

  /// What the last call of the system said.
  static func fault() -> TableWriteFault { .file(String(cString: strerror(errno))) }

  /// On disk before it is renamed: after a crash there is the old file or the new one, whole.
  func place() throws(TableWriteFault) {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw PartialFile.fault() }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0, rename(path, target) == 0 else { throw PartialFile.fault() }
    placed = true
  }
}
