import Cryptography
import HTTPTypes
import Hummingbird
import NIOCore

/// The fields and files of a form that this session sent.
package struct FormData: Sendable {
  private let fields: [String: [String]]
  /// In the order in which they came; none but those that were chosen.
  package let files: [UploadedFile]

  /// The name of the hidden field with the form token; the first of its form, for files are taken only
  /// once it has come.
  package static let tokenField = "form_token"

  /// Reads the body and checks that the form is one of our own pages'. There is no other way to a
  /// form's fields.
  /// - Parameter limits: what the page takes; without files, `multipart/form-data` is no form.
  /// - Throws: `RequestError`
  package init(
    _ request: Request, _ context: AppContext, limits: FormLimits = .fields
  ) async throws {
    if request.isFromElsewhere { throw RequestError.wrongFormToken }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.total {
      throw RequestError.bodyTooLarge
    }
    let type = request.headers[.contentType] ?? ""
    let token = context.session.formToken
    switch type.lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
    case "application/x-www-form-urlencoded":
      var limits = limits
      limits.total = min(limits.total, limits.fields)
      let body = try await FormBody.read(request.body, limits, into: ByteBuffer()) {
        body, chunk in
        body.writeImmutableBuffer(chunk)
      }
      guard let pairs = FormData.pairs(body.readableBytesView) else { throw RequestError.badForm }
      fields = FormData.grouped(pairs)
      files = []
    case "multipart/form-data" where limits.files > 0:
      let reader = try await FormBody.read(
        request.body, limits, into: MultipartReader(type: type, limits: limits, token: token)
      ) { reader, chunk in
        try await reader.read(chunk)
      }
      try reader.finish()
      fields = FormData.grouped(reader.fields)
      files = reader.files
    default: throw RequestError.notAForm
    }
    guard FormData.isToken(self[Self.tokenField], token) else {
      throw RequestError.wrongFormToken
    }
  }

  static func isToken(_ text: String, _ token: String) -> Bool {
    constantTimeEqual(Array(text.utf8), Array(token.utf8))
  }

  private static func grouped(_ pairs: [(name: String, value: String)]) -> [String: [String]] {
    Dictionary(grouping: pairs, by: \.name).mapValues { $0.map(\.value) }
  }

  /// The value of a field; empty where the form has none. Of a name sent twice the last counts.
  package subscript(_ name: String) -> String { fields[name]?.last ?? "" }

  /// All values of a field, such as the boxes that were ticked, in their order.
  package func values(_ name: String) -> [String] { fields[name] ?? [] }

  /// The files of a field.
  package func files(_ name: String) -> [UploadedFile] { files.filter { $0.field == name } }

  /// Decodes `a=1&b=%E6%9D%91+x`; of a name sent twice the last counts.
  package static func decode(_ bytes: some Sequence<UInt8>) -> [String: String]? {
    pairs(bytes).map { pairs in
      Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
  }

  /// The same in order, with every value of a name.
  package static func pairs(
    _ bytes: some Sequence<UInt8>
  ) -> [(name: String, value: String)]? {
    var fields: [(name: String, value: String)] = []
    for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(parts[0]),
        let value = percentDecoded(parts.count > 1 ? parts[1] : [])
      else { return nil }
      fields.append((name, value))
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
