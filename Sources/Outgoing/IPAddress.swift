import Glibc

/// An IPv4 or IPv6 address: 4 or 16 bytes.
package struct IPAddress: Hashable, Sendable {
  package let bytes: [UInt8]

  /// Nil where there are neither 4 nor 16.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// - Parameter text: as people write it; nil for anything else, shortened IPv4 too.
  package init?(_ text: String) {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 {
      self.bytes = Array(bytes[..<4])
    } else if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.bytes = bytes
    } else {
      return nil
    }
  }

  /// Whether a server of the open internet can stand there: IANA's special-purpose registries of IPv4 and IPv6
  /// (RFC 6890 and what came later), multicast, and the forms of IPv6 that lead to an IPv4 address, which is
  /// then judged itself. What is not given out to anybody (outside 2000::/3) is not public either.
  package var isPublic: Bool {
    if let inner = embedded { return inner.isPublic }
    let ranges = bytes.count == 4 ? Self.special4 : Self.special6
    if bytes.count == 16, !Self.global6.contains(self) { return false }
    return !ranges.contains { $0.contains(self) }
  }

  /// The IPv4 address that this one of IPv6 stands for: mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
  private var embedded: IPAddress? {
    if Self.mapped.contains(self) || Self.translated.contains(self) {
      return IPAddress(bytes: Array(bytes[12...]))
    }
    return Self.sixToFour.contains(self) ? IPAddress(bytes: Array(bytes[2..<6])) : nil
  }

  private static let mapped = AddressRange("::ffff:0:0/96")!
  private static let translated = AddressRange("64:ff9b::/96")!
  private static let sixToFour = AddressRange("2002::/16")!
  private static let global6 = AddressRange("2000::/3")!

  private static let special4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
  ].map { AddressRange($0)! }

  private static let special6 = [
    "2001::/23", "2001:db8::/32", "3fff::/20",
  ].map { AddressRange($0)! }
}
