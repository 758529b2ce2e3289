import Domain

/// How many problems of targets are not done.
package enum OpenProblemRows {
  /// Word for word as the indices have it, or they could not be used.
  static let isOpen = "state not in ('closed', 'declined', 'merged', 'referred')"

  /// Rides problems_open_enterprise and problems_open_unit.
  package static func counts(
    of targets: [PairingTarget], in connection: any Connection
  ) throws -> [PairingTarget: Int] {
    var found: [PairingTarget: Int] = [:]
    for (column, some) in [
      ("concerns_enterprise_id", targets.filter { $0.enterprise != nil }),
      ("concerns_unit_id", targets.filter { $0.unit != nil }),
    ] where !some.isEmpty {
      let byID = Dictionary(some.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      try connection.forEach(
        """
        select \(column), count(*)
        from problems
        where \(connection.dialect.among(column, "?1"))
          and \(isOpen)
        group by \(column)
        """, [connection.dialect.list(byID.keys.sorted())]
      ) { row in
        if let target = byID[try row.int(0)] { found[target] = Int(try row.int(1)) }
      }
    }
    return found
  }
}
