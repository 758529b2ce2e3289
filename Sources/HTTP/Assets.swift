import Cryptography
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The static files of the pages, held in memory, packed once, and addressed by their content, so that
/// browsers keep them for ever and never show an old one.
package struct Assets: Sendable {
  private struct File: Sendable {
    let path: String
    let type: String
    let body: ByteBuffer
    /// The same for browsers that unpack it; nil where it would not be smaller.
    let packed: ByteBuffer?
  }

  private let files: [String: File]

  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private static let types = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
  ]

  /// - Parameters:
  ///   - root: the folder with `Public`.
  ///   - names: paths below it.
  /// - Throws: `Fault`, naming the missing file and how to get it.
  package init(root: String, names: [String]) throws {
    var files: [String: File] = [:]
    for name in names {
      guard let data = FileManager.default.contents(atPath: "\(root)/\(name)") else {
        throw Fault(description: "missing \(root)/\(name): run scripts/setup.sh")
      }
      let bytes = [UInt8](data)
      let base = String(name.split(separator: "/").last!)
      let type = Self.types[String(base.split(separator: ".").last!)] ?? "application/octet-stream"
      let hash = Digest.sha256(bytes).hex.prefix(16)
      let packed = Gzip.pack(bytes).flatMap { $0.count < bytes.count ? $0 : nil }
      files[base] = File(
        path: "/assets/\(hash)/\(base)", type: type, body: ByteBuffer(bytes: bytes),
        packed: packed.map { ByteBuffer(bytes: $0) })
    }
    self.files = files
  }

  /// The address of an asset by its file name.
  package subscript(_ name: String) -> String { files[name]?.path ?? "" }

  package func addRoutes(to router: Router<AppContext>) {
    for file in files.values {
      var headers = SecurityHeaders.fields
      headers[.contentType] = file.type
      headers[.cacheControl] = "public, max-age=31536000, immutable"
      headers[.vary] = "Accept-Encoding"
      let plain = Response(
        status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.body))
      var small = plain
      if let packed = file.packed {
        headers[.contentEncoding] = "gzip"
        small = Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: packed))
      }
      router.get(RouterPath(file.path)) { [small] request, _ in
        Gzip.isAccepted(request.headers[.acceptEncoding]) ? small : plain
      }
    }
  }
}
