import Cryptography
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

/// A form as it arrives at the server: piece by piece.
struct FormRequest {
  var type = "multipart/form-data; boundary=AaB03x"
  var body: [UInt8]
  /// Bytes that come at once.
  var piece = Int.max
  /// Nil where nobody says how long it is.
  var length: Int?
  var pause: Duration?

  static let session = SecretToken(text: "the-session")

  init(_ body: some Sequence<UInt8>) {
    self.body = Array(body)
    length = self.body.count
  }

  /// Parts before the end, each with its header and content; the form token's comes first.
  init(parts: [(header: String, content: String)], hasToken: Bool = true) {
    var text = ""
    let token = ("Content-Disposition: form-data; name=\"form_token\"", Self.session.formToken)
    for (header, content) in (hasToken ? [token] : []) + parts {
      text += "--AaB03x\r\n\(header)\r\n\r\n\(content)\r\n"
    }
    self.init((text + "--AaB03x--\r\n").utf8)
  }

  func read(limits: FormLimits = .attachments) async throws -> FormData {
    var headers: HTTPFields = [.contentType: type]
    if let length { headers[.contentLength] = String(length) }
    let pieces = stride(from: 0, to: body.count, by: min(piece, max(1, body.count))).map {
      ByteBuffer(bytes: body[$0..<min(body.count, $0 + min(piece, body.count))])
    }
    let pause = pause
    let stream = AsyncStream<ByteBuffer> { stream in
      let sending = Task {
        for piece in pieces {
          if let pause { try? await Task.sleep(for: pause) }
          stream.yield(piece)
        }
        stream.finish()
      }
      stream.onTermination = { _ in sending.cancel() }
    }
    let request = Request(
      head: HTTPRequest(
        method: .post, scheme: "http", authority: "localhost", path: "/", headerFields: headers),
      body: RequestBody(asyncSequence: stream))
    var context = AppContext(
      source: .init(
        channel: EmbeddedChannel(),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })))
    context.session = Self.session
    return try await FormData(request, context, limits: limits)
  }

  /// Why it was not taken; nil where it was.
  func refusal(limits: FormLimits = .attachments) async -> RequestError? {
    do {
      _ = try await read(limits: limits)
      return nil
    } catch {
      return error as? RequestError
    }
  }
}
