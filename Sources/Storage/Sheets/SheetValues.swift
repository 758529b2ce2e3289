import Domain

extension SheetID: SQLConvertible { package var sql: SQLValue { .int(value) } }
extension SheetKind: SQLConvertible {}
extension SheetState: SQLConvertible {}
extension SheetMonth: SQLConvertible { package var sql: SQLValue { .text(description) } }

extension SQLRow {
  package func sheetID(_ column: Int) throws -> SheetID { SheetID(try int(column)) }
}
