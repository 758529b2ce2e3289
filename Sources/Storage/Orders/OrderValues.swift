import Domain

extension OrderID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension OrderKind: SQLConvertible {}
extension OrderState: SQLConvertible {}
extension ReviewDecision: SQLConvertible {}

extension SQLRow {
  package func orderID(_ column: Int) throws -> OrderID { OrderID(try int(column)) }
}
