import Domain
import Storage

/// Counts what a sheet's figures are made of, from the tables or once more from the ledger alone.
struct CountSheet {
  let kind: SheetKind
  let month: SheetMonth
  let knownOn: Instant
  let formula: ScoreFormula
  /// Of the components, in their order.
  let definitions: [Definition]

  init(_ content: SheetContent) {
    (kind, month, knownOn) = (content.kind, content.month, content.knownOn)
    (formula, definitions) = (content.formula, content.definitions)
  }

  init(
    _ kind: SheetKind, _ month: SheetMonth, knownOn: Instant, _ formula: ScoreFormula,
    _ definitions: [Definition]
  ) {
    (self.kind, self.month, self.knownOn) = (kind, month, knownOn)
    (self.formula, self.definitions) = (formula, definitions)
  }

  private var asked: [(Definition, FigureQuery)] {
    zip(formula.components(of: kind), definitions).map { component, definition in
      (definition, component.query(kind, month, knownOn: knownOn))
    }
  }

  func fromTables(in connection: any Connection) throws -> [FigureResult] {
    try asked.map { try FigureRows.result($0, $1, in: connection) }
  }

  /// Takes as long as reading the whole ledger.
  func fromLedger(in connection: any Connection) throws -> [FigureResult] {
    let columns = try FigureColumns(for: definitions, fromLedgerIn: connection)
    return asked.map { columns.count($0, $1) }
  }
}
