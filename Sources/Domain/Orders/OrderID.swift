/// Names an order, drafted or issued; as text in the ledger, as the number is 64 bits long.
package struct OrderID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}
