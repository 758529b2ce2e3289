import Domain

/// Draws the numbers of orders: within a series and year from 1 without a gap. The row is locked until
/// the transaction ends, and goes back with it.
enum OrderNumbers {
  /// - Returns: as many numbers, in order.
  static func draw(
    _ count: Int, of series: String, year: Int, in connection: any Connection
  ) throws -> [OrderNumber] {
    let last = try connection.row(
      """
      insert into order_numbers (series, year, last)
      values (?1, ?2, ?3)
      on conflict (series, year) do update set last = order_numbers.last + excluded.last
      returning last
      """, [series, year, count]
    ) { Int(try $0.int(0)) }!
    return (last - count + 1...last).map {
      OrderNumber(series: series, year: year, number: $0)
    }
  }
}
