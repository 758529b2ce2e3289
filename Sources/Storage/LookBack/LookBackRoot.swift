import Domain
import Ledger

/// The root a period's sample is drawn with: the first that was recorded at or after its end and has every
/// entry from before it. It was settled by what others did before anybody could compute with it, and there
/// is only one.
package enum LookBackRoot {
  /// - Returns: nil while there is none.
  package static func find(
    after end: Instant, in connection: any Connection
  ) throws -> TreeHead? {
    // Rides ledger_pending.
    let waiting = try connection.row(
      "select 1 from ledger where leaf_index is null and at < ?1 limit 1", [end]
    ) { _ in true }
    if waiting != nil { return nil }
    // Backwards along the unique index on leaf_index: the end of a period is not long ago.
    let last =
      try connection.row(
        """
        select leaf_index
        from ledger
        where leaf_index is not null and at < ?1
        order by leaf_index desc
        limit 1
        """, [end]
      ) { try $0.int(0) } ?? -1
    return try connection.row(
      """
      select size, root, note
      from ledger_heads
      where size > ?1 and at >= ?2
      order by size
      limit 1
      """, [last, end]
    ) { TreeHead(size: try $0.int(0), root: try $0.bytes(1), note: try $0.optionalText(2)) }
  }

  /// Whether the root of this size is recorded at or after the end, and no smaller one that has everything
  /// it has from before the end.
  package static func isFirst(
    _ size: Int64, after end: Instant, in connection: any Connection
  ) throws -> Bool {
    let last =
      try connection.row(
        """
        select leaf_index
        from ledger
        where leaf_index < ?2 and at < ?1
        order by leaf_index desc
        limit 1
        """, [end, size]
      ) { try $0.int(0) } ?? -1
    return try connection.row(
      "select size from ledger_heads where size > ?1 and at >= ?2 order by size limit 1",
      [last, end]
    ) { try $0.int(0) } == size
  }
}
