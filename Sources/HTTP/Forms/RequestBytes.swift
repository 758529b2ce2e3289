import Hummingbird
import NIOCore

/// A program's body as a whole, within the limits of a form: what is announced to be larger is not read,
/// and what does not come to its end is not waited for.
package enum RequestBytes {
  /// - Parameter limit: bytes.
  /// - Throws: `RequestError.bodyTooLarge`, `.tooSlow`, `.badForm` where it is broken off
  package static func read(_ request: Request, upTo limit: Int) async throws -> [UInt8] {
    if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
      throw RequestError.bodyTooLarge
    }
    let limits = FormLimits(files: 0, file: 0, total: limit)
    let none: [UInt8] = []
    return try await FormBody.read(request.body, limits, into: none) { bytes, chunk in
      bytes.append(contentsOf: chunk.readableBytesView)
    }
  }
}
