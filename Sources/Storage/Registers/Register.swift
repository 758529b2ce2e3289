import Domain
import Ledger

/// A register: an ordinary table whose every change also appends an entry with the fields that were
/// added, changed or removed. docs/registers.md tells how to add a field.
package struct Register: Sendable {
  package struct Column: Sendable {
    package enum Form: Sendable {
      case text, int
      /// A 64-bit number that names a row.
      case id
    }
    package let name: String
    package let form: Form

    package init(_ name: String, _ form: Form = .text) {
      self.name = name
      self.form = form
    }
  }

  /// One row of it. `values` stand in the order of the columns.
  package struct Row: Sendable {
    package let id: Int64
    package let version: Int
    package let values: [SQLValue]
    /// Values of the derived columns.
    package let derived: [SQLValue]

    package init(
      id: Int64, version: Int = 1, values: [any SQLConvertible], derived: [any SQLConvertible] = []
    ) {
      self.id = id
      self.version = version
      self.values = values.map(\.sql)
      self.derived = derived.map(\.sql)
    }
  }

  package let table: String
  /// The sort of its streams: `official`.
  package let stream: String
  package let columns: [Column]
  /// Columns that follow from others, such as blind indices; the ledger has no use for them.
  package let derived: [String]
  /// The columns in the order of their names, in which payloads have them.
  private let order: [Int]

  package init(_ table: String, stream: String, _ columns: [Column], derived: [String] = []) {
    self.table = table
    self.stream = stream
    self.columns = columns
    self.derived = derived
    order = columns.indices.sorted { columns[$0].name < columns[$1].name }
  }

  private var allColumns: [String] { ["id", "version"] + columns.map(\.name) + derived }

  /// For a query: `alias.id, alias.version, …`, the columns from 2 on.
  package func selection(_ alias: String) -> String {
    (["id", "version"] + columns.map(\.name)).map { "\(alias).\($0)" }.joined(separator: ", ")
  }

  /// A row read by `selection`.
  package func row(_ sql: any SQLRow) throws -> Row {
    Row(
      id: try sql.int(0), version: Int(try sql.int(1)),
      values: try columns.enumerated().map { index, column in
        switch column.form {
        case .text: try sql.optionalText(index + 2).sql
        case .int, .id: try sql.optionalInt(index + 2).sql
        }
      })
  }

  /// How many columns a selection has.
  var width: Int { columns.count + 2 }

  /// Adds rows with an entry each.
  /// - Throws: `StorageError`
  package func add(
    _ rows: [Row], at now: Instant, by actor: Actor, in connection: any Connection
  ) throws {
    try connection.insert(
      into: table, allColumns, rows.map { [$0.id, $0.version] + $0.values + $0.derived })
    try LedgerRows.append(
      rows.map { row in
        entry(
          "added", Payload.object(order.map { (columns[$0].name, payload(row.values[$0], $0)) }),
          to: row.id, version: row.version, at: now, by: actor)
      }, to: connection)
  }

  /// Writes what differs from the row that was read.
  /// - Parameter verb: what happened, where it was more than a field being corrected: `merged`.
  /// - Returns: the row's new version; the old one where nothing differs.
  /// - Throws: `LedgerRows.Conflict` where somebody else changed it first.
  @discardableResult
  package func change(
    _ row: Row, to values: [any SQLConvertible], derived: [any SQLConvertible] = [],
    verb: String = "changed", at now: Instant, by actor: Actor, in connection: any Connection
  ) throws -> Int {
    let values = values.map(\.sql)
    let changed = order.filter { values[$0] != row.values[$0] }
    if changed.isEmpty { return row.version }
    let fields = changed.map { index in
      (
        key: columns[index].name,
        value: PayloadValue.change(
          from: payload(row.values[index], index), to: payload(values[index], index))
      )
    }
    let version = row.version + 1
    try LedgerRows.append(
      entry(verb, Payload.object(fields), to: row.id, version: version, at: now, by: actor),
      to: connection)
    let set = (["version"] + columns.map(\.name) + self.derived).enumerated().map {
      "\($1) = ?\($0 + 2)"
    }
    try connection.run(
      "update \(table) set \(set.joined(separator: ", ")) where id = ?1",
      [row.id, version] + values + derived.map(\.sql))
    return version
  }

  /// Gives all rows of one enterprise to the entry that stands for it from now on.
  package func handOver(
    from gone: EnterpriseID, to kept: EnterpriseID, at now: Instant, by actor: Actor,
    in connection: any Connection
  ) throws {
    guard let place = columns.firstIndex(where: { $0.name == "enterprise_id" }) else { return }
    let rows = try connection.rows(
      "select \(selection("r")) from \(table) r where r.enterprise_id = ?1", [gone], self.row)
    for row in rows {
      var values = row.values
      values[place] = kept.sql
      try change(row, to: values, verb: "handed_over", at: now, by: actor, in: connection)
    }
  }

  private func entry(
    _ verb: String, _ payload: String, to id: Int64, version: Int, at now: Instant, by actor: Actor
  ) -> LedgerEntry {
    LedgerEntry(
      id: Identifiers.shared.next(now), stream: "\(stream)/\(id)", version: version, at: now,
      actor: actor, kind: "\(stream).\(verb)", payload: payload)
  }

  private func payload(_ value: SQLValue, _ column: Int) -> PayloadValue {
    switch (value, columns[column].form) {
    case (.int(let number), .id): .text(String(number))
    case (.int(let number), _): .int(number)
    case (.text(let text), _): .text(text)
    case (.null, .text), (.null, .id): .text(nil)
    case (.null, .int), (.bytes, _), (.texts, _): .int(nil)
    }
  }
}
