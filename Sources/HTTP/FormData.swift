import Cryptography
import HTTPTypes
import Hummingbird
import NIOCore

/// The fields of a form that this session sent.
package struct FormData: Sendable {
  private let fields: [String: String]

  /// The name of the hidden field with the form token.
  package static let tokenField = "form_token"
  /// Bytes a form may have.
  private static let limit = 256 * 1024
  /// How long a form may take to arrive.
  private static let patience = Duration.seconds(30)

  /// Reads the body and checks that the form is one of our own pages'. There is no other way to a
  /// form's fields.
  /// - Throws: `RequestError`
  package init(_ request: Request, _ context: AppContext) async throws {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.limit {
      throw RequestError.bodyTooLarge
    }
    let type = request.headers[.contentType]?.lowercased() ?? ""
    guard type.prefix(while: { $0 != ";" && $0 != " " }) == "application/x-www-form-urlencoded"
    else {
      throw RequestError.notAForm
    }
    let body: ByteBuffer
    do {
      body = try await Self.body(of: request)
    } catch let error as RequestError {
      throw error
    } catch is NIOTooManyBytesError {
      throw RequestError.bodyTooLarge
    } catch {
      // Broken off, or not the HTTP it says it is.
      throw RequestError.badForm
    }
    guard let fields = FormData.decode(body.readableBytesView) else { throw RequestError.badForm }
    self.fields = fields
    let token = Array((fields[Self.tokenField] ?? "").utf8)
    guard constantTimeEqual(token, Array(context.session.formToken.utf8)) else {
      throw RequestError.wrongFormToken
    }
  }

  /// Somebody who sends a byte a minute must not keep a connection for ever.
  private static func body(of request: Request) async throws -> ByteBuffer {
    try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
      group.addTask { try await request.body.collect(upTo: limit) }
      group.addTask {
        try await Task.sleep(for: patience)
        throw RequestError.tooSlow
      }
      defer { group.cancelAll() }
      return try await group.next()!
    }
  }

  /// The value of a field; empty where the form has none.
  package subscript(_ name: String) -> String { fields[name] ?? "" }

  /// Decodes `a=1&b=%E6%9D%91+x`; of a name sent twice the last counts.
  package static func decode(_ bytes: some Sequence<UInt8>) -> [String: String]? {
    var fields: [String: String] = [:]
    for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0]),
        let value = percentDecoded(parts.count > 1 ? parts[1] : [])
      else { return nil }
      fields[name] = value
    }
    return fields
  }

  /// - Returns: nil for a broken escape, bytes that are not UTF-8, and NUL, which neither PostgreSQL
  ///   nor a C string can hold.
  package static func percentDecoded(_ bytes: ArraySlice<UInt8>) -> String? {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexDigit),
          let low = rest.popFirst().flatMap(hexDigit), high << 4 | low != 0
        else { return nil }
        result.append(high << 4 | low)
      case 0: return nil
      default: result.append(byte)
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}

extension Request {
  /// Whether the query, if any, can be decoded.
  package var isQueryReadable: Bool {
    uri.query.map { FormData.decode($0.utf8) != nil } ?? true
  }

  /// A parameter of the query, decoded; empty where there is none or it cannot be decoded.
  package func query(_ name: String) -> String {
    guard let query = uri.query else { return "" }
    return FormData.decode(query.utf8)?[name] ?? ""
  }
}
