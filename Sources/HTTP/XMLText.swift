/// XML 1.0 that is put together by hand.
package enum XMLText {
  /// The declaration, on a line of its own.
  package static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

  /// A text as the content of an element or the value of an attribute. Characters that XML cannot hold in any
  /// spelling (XML 1.0, 2.2) are replaced.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // Read as a line feed otherwise.
      case "\r": result += "&#13;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
