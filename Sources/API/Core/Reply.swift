import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// What is answered, before it is put on the line: short enough to be kept for who asks twice.
package struct Reply: Sendable {
  package var status: HTTPResponse.Status
  package var type: String?
  package var body: ByteBuffer
  package var version: String?
  package var location: String?
  var links: [(rel: String, address: String)] = []
  /// Where it is made piece by piece: then `body` is empty.
  var stream: Response?

  package static let json = "application/json"

  package static func json(
    _ status: HTTPResponse.Status, version: String? = nil, _ write: (inout JSONWriter) -> Void
  ) -> Reply {
    var writer = JSONWriter()
    write(&writer)
    return Reply(status: status, type: json, body: writer.buffer, version: version)
  }

  package static let nothing = Reply(status: .noContent, body: ByteBuffer())

  static func notModified(_ version: String) -> Reply {
    Reply(status: .notModified, body: ByteBuffer(), version: version)
  }

  package static func file(_ bytes: [UInt8], type: String, name: String? = nil) -> Reply {
    var reply = Reply(status: .ok, type: type, body: ByteBuffer(bytes: bytes))
    reply.fileName = name
    return reply
  }

  /// A file that is sent piece by piece.
  package static func stream(_ response: Response) -> Reply {
    var reply = Reply(status: response.status, body: ByteBuffer())
    reply.stream = response
    return reply
  }

  var fileName: String?

  func response() -> Response {
    if let stream { return stream }
    var headers = HTTPFields()
    if let type { headers[.contentType] = type }
    if let version { headers[.eTag] = "\"\(version)\"" }
    if let location { headers[.location] = location }
    if let fileName {
      headers[.contentDisposition] = ContentDisposition.value(isShown: false, name: fileName)
    }
    if !links.isEmpty {
      headers[.link] = links.map { "<\($0.address)>; rel=\"\($0.rel)\"" }.joined(separator: ", ")
    }
    if version != nil { headers[.cacheControl] = "private, no-cache" }
    return Response(
      status: status, headers: headers,
      body: status == .noContent || status == .notModified ? .init() : .init(byteBuffer: body))
  }
}

extension HTTPField.Name {
  static let link = HTTPField.Name("Link")!
}
