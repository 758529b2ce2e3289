/// Something a table says otherwise than the ledger.
package struct Difference: Hashable, Sendable {
  package let table: String
  /// The row's key, such as `7` or `7/1`.
  package let row: String
  /// Nil where the whole row is missing or should not be there.
  package let column: String?
  package let expected: String?
  package let found: String?
}

/// Compares rows of a table with what the ledger says they are.
struct RowCheck {
  let table: String
  /// Numbers or texts that name a row.
  let key: [String]
  let columns: [String]

  /// - Parameters:
  ///   - expected: for each row the values of `key`, then of `columns`.
  ///   - condition: the rows that the expected ones are to be compared with; a where-clause.
  func differences(
    _ expected: [[any SQLConvertible]], where condition: String,
    _ arguments: [any SQLConvertible], in connection: any Connection
  ) throws -> [Difference] {
    var rows: [String: [SQLValue]] = [:]
    for row in expected {
      let values = row.map(\.sql)
      rows[name(values.prefix(key.count))] = Array(values.dropFirst(key.count))
    }
    let keyTypes = expected.first?.prefix(key.count).map(\.sql)
    var found: [Difference] = []
    let all = (key + columns).joined(separator: ", ")
    try connection.stream("select \(all) from \(table) where \(condition)", arguments) { row in
      let keyValues = try key.indices.map { index in
        try read(row, index, like: keyTypes?[index] ?? .int(0))
      }
      let name = name(keyValues[...])
      guard let values = rows.removeValue(forKey: name) else {
        found.append(Difference(table: table, row: name, column: nil, expected: nil, found: name))
        return
      }
      for (index, value) in values.enumerated() {
        let stored = try read(row, key.count + index, like: value)
        if stored.text != value.text {
          found.append(
            Difference(
              table: table, row: name, column: columns[index], expected: value.text,
              found: stored.text))
        }
      }
    }
    return found
      + rows.keys.sorted().map {
        Difference(table: table, row: $0, column: nil, expected: $0, found: nil)
      }
  }

  private func name(_ values: some Sequence<SQLValue>) -> String {
    values.map { $0.text ?? "" }.joined(separator: "/")
  }

  /// A stored value read as the type that is expected there.
  private func read(_ row: any SQLRow, _ column: Int, like value: SQLValue) throws -> SQLValue {
    switch value {
    case .int: try row.optionalInt(column).map { .int($0) } ?? .null
    case .text: try row.optionalText(column).map { .text($0) } ?? .null
    case .bytes, .null, .texts: try row.optionalBytes(column).map { .bytes($0) } ?? .null
    }
  }
}

extension Difference {
  /// Rows of a table that no stream tells of.
  static func unknownRows(
    of table: String, streams sort: String, in connection: any Connection
  ) throws -> [Difference] {
    try connection.rows(
      """
      select t.id
      from \(table) t
      where not exists (
        select 1 from ledger l where l.stream = '\(sort)/' || cast(t.id as text))
      """
    ) { row in
      let id = String(try row.int(0))
      return Difference(table: table, row: id, column: nil, expected: nil, found: id)
    }
  }
}

extension SQLValue {
  fileprivate var text: String? {
    switch self {
    case .null: nil
    case .int(let number): String(number)
    case .text(let text): text
    case .texts(let texts): texts.joined(separator: " ")
    case .bytes(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: " ")
    }
  }
}

/// What a register's events add up to, compared with its tables.
package struct Replay: Sendable {
  package var streams = 0
  package var entries = 0
  package var differences: [Difference] = []

  package init() {}
}
