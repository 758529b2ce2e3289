import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A file that is written to be sent once; it is gone when it was sent.
package struct OutgoingFile: Sendable {
  package let path: String

  /// - Parameter ending: `.xlsx`
  package init(ending: String) {
    path = NSTemporaryDirectory() + "lianbang-" + UUID().uuidString + ending
  }

  package func remove() { unlink(path) }

  /// Sends it piece by piece under a name, and removes it.
  /// - Throws: `RequestError.notFound` where nothing was written.
  package func response(name: String, type: String) throws -> Response {
    // Open, it can be read after its name is gone, and nothing is left if the line breaks.
    guard let file = FileHandle(forReadingAtPath: path) else { throw RequestError.notFound }
    remove()
    let size = Int(try file.seekToEnd())
    try file.seek(toOffset: 0)
    return Response(
      status: .ok,
      headers: [
        .contentType: type, .contentDisposition: Self.disposition(name), .cacheControl: "no-store",
        .xContentTypeOptions: "nosniff",
      ],
      body: ResponseBody(contentLength: size) { writer in
        defer { try? file.close() }
        // Written a moment ago, it lies in memory: reading a piece waits for no disk.
        while let piece = try file.read(upToCount: 64 * 1024), !piece.isEmpty {
          try await writer.write(ByteBuffer(bytes: piece))
        }
        try await writer.finish(nil)
      })
  }

  /// To be kept, under a name in any writing: RFC 6266, RFC 8187.
  static func disposition(_ name: String) -> String {
    var encoded = ""
    for byte in name.utf8 {
      let scalar = UnicodeScalar(byte)
      if byte < 128, CharacterSet.alphanumerics.contains(scalar) || "-._".utf8.contains(byte) {
        encoded.unicodeScalars.append(scalar)
      } else {
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return "attachment; filename*=UTF-8''\(encoded)"
  }
}
