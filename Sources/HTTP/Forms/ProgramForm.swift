import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// The fields of a form that a program sends. It brings no session that another site could make use of, so there
/// is no form token: only for addresses that ask for a token of their own.
package struct ProgramForm: Sendable {
  private let fields: [String: String]

  /// - Throws: `RequestError.notAForm` for another type or encoding, `.badForm`, `.bodyTooLarge`, `.tooSlow`
  package init(_ request: Request) async throws {
    guard let type = HeaderParameters(request.headers[.contentType] ?? ""),
      type.value == "application/x-www-form-urlencoded",
      ["utf-8", "us-ascii"].contains((type["charset"] ?? "utf-8").lowercased())
    else { throw RequestError.notAForm }
    let limits = FormLimits.fields
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.total {
      throw RequestError.bodyTooLarge
    }
    let body = try await FormBody.read(request.body, limits, into: ByteBuffer()) { body, chunk in
      body.writeImmutableBuffer(chunk)
    }
    guard let decoded = FormData.decode(body.readableBytesView) else { throw RequestError.badForm }
    fields = decoded
  }

  /// The value of a field without blanks around it; empty where the form has none.
  package subscript(_ name: String) -> String { (fields[name] ?? "").trimmed }

  /// In the order of their names, whatever order they came in.
  package var sorted: [(name: String, value: String)] {
    fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }
}
