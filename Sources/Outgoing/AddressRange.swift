/// A range of addresses as operators write it: `10.1.0.0/16`, `fd00::/8`, or one address.
package struct AddressRange: Hashable, Sendable {
  private let first: IPAddress
  private let bits: Int

  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = IPAddress(String(parts[0])) else { return nil }
    let width = first.bytes.count * 8
    let bits = parts.count == 2 ? Int(parts[1]) : width
    guard let bits, (0...width).contains(bits) else { return nil }
    (self.first, self.bits) = (first, bits)
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == first.bytes.count else { return false }
    for (index, pair) in zip(address.bytes, first.bytes).enumerated() {
      let left = bits - index * 8
      if left <= 0 { return true }
      let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
      if pair.0 & mask != pair.1 & mask { return false }
    }
    return true
  }
}
