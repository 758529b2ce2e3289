/// Where requests may go. What is judged is the address that is connected to, after its name was looked up:
/// a name can lead anywhere, and elsewhere the next time.
package struct AddressRules: Sendable {
  /// For tests and closed networks.
  package var allowsPrivate: Bool
  /// Hosts, addresses and ranges that the operator allows although they are inside.
  package var allowed: [String]

  package init(allowsPrivate: Bool = false, allowed: [String] = []) {
    (self.allowsPrivate, self.allowed) = (allowsPrivate, allowed)
  }

  /// Whether the operator has named this host itself, or the range of an address that stands for it.
  package func names(_ host: String) -> Bool {
    allowed.contains { $0.lowercased() == host }
      || IPAddress(host).map { address in
        allowed.contains { AddressRange($0)?.contains(address) == true }
      } ?? false
  }

  /// - Parameter host: as `OutgoingAddress.host`.
  package func permits(_ address: IPAddress, of host: String) -> Bool {
    allowsPrivate || address.isPublic || names(host)
      || allowed.contains { AddressRange($0)?.contains(address) == true }
  }
}
