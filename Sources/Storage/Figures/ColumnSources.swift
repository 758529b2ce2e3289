import Domain

extension FigureColumns {
  /// What the table of spans says of all problems.
  /// - Throws: `StorageError`
  package init(
    for definitions: [Definition], fromTableIn connection: any Connection
  ) throws {
    self.init(for: definitions)
    try FigureRows.all(in: connection) { append($0) }
  }

  /// What the ledger's entries say, and no table: takes as long as reading them all.
  /// - Throws: `StorageError`
  package init(
    for definitions: [Definition], fromLedgerIn connection: any Connection
  ) throws {
    self.init(for: definitions)
    try ProblemHistory.all(in: connection) { append($0.figureRows) }
  }
}
