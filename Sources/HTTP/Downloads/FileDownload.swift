import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A folder that only this process's user can look into and that is gone with its last holder: for files
/// made for one answer.
package final class PrivateFolder: Sendable {
  package let path: String

  package init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "lianbang-\(UUID().uuidString)"
      ).path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A file sent piece by piece to be saved.
package struct FileDownload: Sendable {
  /// What it is called where it is saved.
  package let name: String
  package let type: String

  package static let workbook =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  package init(name: String, type: String = FileDownload.workbook) {
    self.name = name
    self.type = type
  }

  /// Bytes read at a time.
  private static let piece = 64 * 1024

  /// The file may be removed as soon as this returns.
  package func response(path: String) throws -> Response {
    let file = try OpenFile(path: path)
    return Response(
      status: .ok,
      headers: [
        .contentType: type,
        .contentDisposition: ContentDisposition.value(
          isShown: false, name: name.singleLine.replacing("/", with: "-")),
        .cacheControl: "no-store",
      ],
      body: ResponseBody(contentLength: file.size) { writer in
        while let bytes = try file.next(Self.piece) { try await writer.write(bytes) }
        try await writer.finish(nil)
      })
  }
}

/// A file that is read from beginning to end once.
private final class OpenFile: Sendable {
  let size: Int
  private let descriptor: Int32

  struct Fault: Error {
    let errno: Int32
  }

  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Fault(errno: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw Fault(errno: errno)
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// - Returns: nil at the end.
  func next(_ count: Int) throws -> ByteBuffer? {
    var buffer = ByteBuffer()
    let read = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
      let got = Foundation.read(descriptor, space.baseAddress!, min(count, space.count))
      guard got >= 0 else { throw Fault(errno: errno) }
      return got
    }
    return read > 0 ? buffer : nil
  }
}
