/// What the other server said, whatever the status: a redirect is an answer too.
package struct OutgoingAnswer: Sendable {
  package let status: Int
  /// By lower-case name; values of a name that came several times are joined by commas.
  package let headers: [String: String]
  package let body: [UInt8]
  /// From the start to the last byte.
  package let seconds: Double

  package init(
    status: Int, headers: [String: String] = [:], body: [UInt8] = [], seconds: Double = 0
  ) {
    (self.status, self.headers, self.body, self.seconds) = (status, headers, body, seconds)
  }
}
