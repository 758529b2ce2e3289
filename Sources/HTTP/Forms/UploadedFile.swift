import Cryptography
import Foundation
import NIOCore
import Storage

/// A file of a form. A small one is in memory, a larger one in a temporary file that is gone when nobody
/// holds this any more.
package final class UploadedFile: Sendable {
  /// The name of its field.
  package let field: String
  /// What it was called where it comes from: says nothing about what it is, and may hold a folder.
  package let name: String
  /// The type the browser says it has; nothing to rely on.
  package let type: String
  package let size: Int
  private let content: Content

  private enum Content: Sendable {
    case memory(ByteBuffer)
    case file(TemporaryFile)
  }

  init(_ part: PartHead, memory: ByteBuffer) {
    (field, name, type) = (part.name, part.fileName ?? "", part.type)
    size = memory.readableBytes
    content = .memory(memory)
  }

  init(_ part: PartHead, file: TemporaryFile, size: Int) {
    (field, name, type) = (part.name, part.fileName ?? "", part.type)
    self.size = size
    content = .file(file)
  }

  /// All of it. Asked for one file at a time, so that a form's files are not all in memory at once.
  package func bytes() async throws -> [UInt8] {
    switch content {
    case .memory(let buffer): Array(buffer.readableBytesView)
    case .file(let file): try await file.bytes()
    }
  }

  /// Gives the path of a file with its content, which is there while the closure runs and no longer.
  package func withPath<T>(_ body: (String) async throws -> T) async throws -> T {
    switch content {
    case .file(let file):
      defer { withExtendedLifetime(file) {} }
      return try await body(file.path)
    case .memory(let buffer):
      let file = try await TemporaryFile.create()
      try await file.append(buffer)
      defer { withExtendedLifetime(file) {} }
      return try await body(file.path)
    }
  }
}

/// A file that only this process's user can read and that is removed with its last holder.
final class TemporaryFile: Sendable {
  let path: String
  private let descriptor: Int32

  struct Fault: Error {
    let errno: Int32
  }

  /// Waiting for the disk: on threads of its own, few.
  private static let threads = OwnedThreads(count: 2, longestQueue: 256)

  static func create() async throws -> TemporaryFile {
    try await threads.run { try TemporaryFile() }
  }

  private init() throws {
    let name = "lianbang-\(Hexadecimal.encode(randomBytes(16)))"
    path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw Fault(errno: errno) }
  }

  deinit {
    Foundation.close(descriptor)
    unlink(path)
  }

  func append(_ bytes: ByteBuffer) async throws {
    try await Self.threads.run { [descriptor] in
      try bytes.withUnsafeReadableBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = write(
            descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          if count < 0 {
            if errno == EINTR { continue }
            throw Fault(errno: errno)
          }
          rest = rest.dropFirst(count)
        }
      }
    }
  }

  func bytes() async throws -> [UInt8] {
    try await Self.threads.run { [path] in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Fault(errno: ENOENT)
      }
      return [UInt8](data)
    }
  }
}
