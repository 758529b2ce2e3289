import Domain
import Foundation
import Outgoing

/// Any SMS gateway that is spoken to by one HTTP request per message: where, how, and by what its answer says
/// that it has taken it.
package struct SMSGateway: Sendable {
  /// With `{phone}` and `{text}` where they belong, as in `body`.
  package var url: String
  package var method: String
  package var header: (name: String, value: String)?
  /// JSON where it begins with a brace or bracket, else a form.
  package var body: String
  /// What the answer has in it when the message was taken; nil where the status says enough.
  package var success: String?

  package init(
    url: String, method: String = "POST", header: (name: String, value: String)? = nil,
    body: String = "", success: String? = nil
  ) {
    (self.url, self.method, self.header) = (url, method, header)
    (self.body, self.success) = (body, success)
  }

  private var isJSON: Bool {
    let start = body.first { !$0.isWhitespace }
    return start == "{" || start == "["
  }

  package func request(to phone: String, _ text: String) -> OutgoingRequest {
    func fill(_ template: String, _ encode: (String) -> String) -> String {
      // In one pass: a text with "{phone}" in it stays what it is.
      template.split(separator: "{phone}", omittingEmptySubsequences: false)
        .map { $0.replacing("{text}", with: encode(text)) }
        .joined(separator: encode(phone))
    }
    var headers: [(name: String, value: String)] = []
    if !body.isEmpty {
      headers.append(
        ("Content-Type", isJSON ? "application/json" : "application/x-www-form-urlencoded"))
    }
    if let header { headers.append(header) }
    let content = fill(body, isJSON ? Self.jsonEscaped : Self.percentEncoded)
    return OutgoingRequest(
      method: method, url: fill(url, Self.percentEncoded), headers: headers,
      body: Array(content.utf8))
  }

  package func verdict(_ answer: OutgoingAnswer) -> MessageVerdict {
    let text = String(decoding: answer.body, as: UTF8.self)
    return .sms(status: answer.status, isTaken: success.map(text.contains) ?? true)
  }

  /// What stands between the quotes of a JSON string (RFC 8259 section 7).
  private static func jsonEscaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// RFC 3986 section 2.1: all but unreserved characters.
  static func percentEncoded(_ text: String) -> String {
    let unreserved = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}
