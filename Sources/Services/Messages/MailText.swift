import Cryptography
import Domain

/// A mail of plain text as RFC 5322 and MIME write it.
package struct MailText {
  let from: String
  let to: String
  let subject: String
  let body: String
  let at: Instant
  /// Tells it from all others, and the same one sent twice from two.
  let id: String

  package init(
    from: String, to: String, subject: String, body: String, at: Instant, id: String
  ) {
    (self.from, self.to, self.subject, self.body) = (from, to, subject, body)
    (self.at, self.id) = (at, id)
  }

  package var bytes: [UInt8] {
    let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
    let header = [
      "Date: \(Self.date(at))", "From: <\(from)>", "To: <\(to)>",
      "Subject: \(Self.encodedWords(subject))", "Message-ID: <\(id)@\(domain)>",
      // RFC 3834: nobody's machine answers it.
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
    ]
    let lines = Self.lines(Base64.encode(Array(body.replacing("\n", with: "\r\n").utf8)))
    return Array((header + [""] + lines).joined(separator: "\r\n").utf8) + [13, 10]
  }

  /// RFC 2045 section 6.8: at most 76 characters.
  private static func lines(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 76).map {
      String(decoding: bytes[$0..<min($0 + 76, bytes.count)], as: UTF8.self)
    }
  }

  /// RFC 2047: words of at most 75 characters on lines of at most 76, none of which tears a character apart.
  package static func encodedWords(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for character in text where !character.isNewline {
      if word.utf8.count + character.utf8.count > 39 {
        words.append(word)
        word = ""
      }
      word.append(character)
    }
    if !word.isEmpty { words.append(word) }
    return words.map { "=?UTF-8?B?\(Base64.encode(Array($0.utf8)))?=" }.joined(separator: "\r\n ")
  }

  /// RFC 5322 section 3.3, in Asia/Shanghai: `Sat, 21 Nov 2026 16:05:00 +0800`.
  static func date(_ at: Instant) -> String {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let (weekday, date) = (weekdays[at.day.weekday.rawValue - 1], at.day.components)
    let seconds = padded(at.secondOfDay % 60, 2)
    return
      "\(weekday), \(padded(date.day, 2)) \(months[date.month - 1]) \(date.year) \(at.clockTime):\(seconds) +0800"
  }
}
