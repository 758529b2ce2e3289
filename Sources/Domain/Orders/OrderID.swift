/// Names an order, drafted or issued; as text in the ledger, as the number is 64 bits long.
package struct OrderID: Hashable, Sendable, TextCodable {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }

  package init?(_ text: String) {
    guard let value = Int64(text) else { return nil }
    self.value = value
  }

  package var description: String { String(value) }
}
