import COutgoing

/// An address that a request may be sent to as far as its text goes; where its name leads is judged when it
/// is connected to (`AddressRules`).
package struct OutgoingAddress: Hashable, Sendable {
  package let isEncrypted: Bool
  /// Lower-case, without the brackets of IPv6 and without a closing dot.
  package let host: String

  /// - Throws: `badAddress` where it is not `http` or `https`, has a user or password in it, or characters that
  ///   belong into no address.
  package init(_ text: String) throws(OutgoingFault) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
      let url = curl_url()
    else { throw .badAddress }
    defer { curl_url_cleanup(url) }
    // Without a scheme libcurl would have to guess.
    guard curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK,
      let scheme = Self.part(url, CURLUPART_SCHEME)?.lowercased(),
      ["http", "https"].contains(scheme),
      Self.part(url, CURLUPART_USER) == nil, Self.part(url, CURLUPART_PASSWORD) == nil,
      var host = Self.part(url, CURLUPART_HOST)?.lowercased()
    else { throw .badAddress }
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host.hasSuffix(".") { host.removeLast() }
    guard !host.isEmpty else { throw .badAddress }
    (isEncrypted, self.host) = (scheme == "https", host)
  }

  private static func part(_ url: OpaquePointer, _ part: CURLUPart) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
