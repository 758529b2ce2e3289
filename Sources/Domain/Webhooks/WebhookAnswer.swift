/// What came of one attempt to deliver.
package struct WebhookAnswer: Hashable, Sendable {
  package enum Result: Hashable, Sendable {
    /// - Parameter retryAfter: the field's value, seconds or a date (RFC 9110, 10.2.3).
    case status(Int, retryAfter: String?)
    /// Nobody answered; the code says why.
    case fault(String)
  }

  package let result: Result
  /// The beginning of what the receiver said, for its owner.
  package let excerpt: String
  package let milliseconds: Int64

  package init(_ result: Result, body: [UInt8] = [], milliseconds: Int64) {
    self.result = result
    excerpt = WebhookAnswer.excerpt(of: body)
    self.milliseconds = milliseconds
  }

  package var isDelivered: Bool {
    if case .status(let status, _) = result { (200..<300).contains(status) } else { false }
  }

  /// 410 Gone: the receiver wants nothing more.
  package var isGone: Bool {
    if case .status(410, _) = result { true } else { false }
  }

  package static let excerptBytes = 500

  /// At most 500 bytes; what is no text and what steers a terminal is left out.
  package static func excerpt(of body: [UInt8]) -> String {
    var text = ""
    for scalar in String(decoding: body.prefix(excerptBytes), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .surrogate, .unassigned:
        if scalar == "\n" || scalar == "\t" { text += " " }
      // The end of a text that was cut within a character, or no text at all.
      default: if scalar != "\u{FFFD}" { text.unicodeScalars.append(scalar) }
      }
    }
    return text
  }
}
