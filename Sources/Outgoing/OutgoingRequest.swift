/// One HTTP request to somebody else's server.
package struct OutgoingRequest: Sendable {
  package var method: String
  /// `http` or `https`, ASCII, without user and password.
  package var url: String
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// Seconds for the whole exchange, from looking up the name to the last byte of the answer.
  package var timeout: Double
  /// A longer answer is `OutgoingFault.tooLarge`; the rest of it is not read.
  package var mostBytes: Int

  package init(
    method: String = "GET", url: String, headers: [(name: String, value: String)] = [],
    body: [UInt8] = [], timeout: Double = 10, mostBytes: Int = 64 << 10
  ) {
    (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    (self.timeout, self.mostBytes) = (timeout, mostBytes)
  }

  /// Whether a method and headers can be written on the line as they are, and say nothing about the frame
  /// of the request, which is not the caller's: a line break in a value would be a header of its own.
  var isWellFormed: Bool {
    Self.isToken(method)
      && headers.allSatisfy { header in
        Self.isToken(header.name) && !Self.ours.contains(header.name.lowercased())
          && header.value.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
      }
  }

  private static let ours: Set = [
    "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding",
    "upgrade",
  ]

  /// RFC 9110 section 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
