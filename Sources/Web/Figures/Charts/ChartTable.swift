/// What a chart shows, for those who do not see it or want the numbers.
struct ChartTable: Sendable {
  struct Column: Sendable {
    let name: String
    /// Whether it holds numbers, which stand at the right.
    var isAmount = true
  }

  struct Cell: Sendable {
    let text: String
    var href: String?

    init(_ text: String, href: String? = nil) {
      (self.text, self.href) = (text, href)
    }

    init(_ value: ChartValue) {
      self.init(value.text, href: value.href)
    }
  }

  /// The first names the rows.
  let columns: [Column]
  let rows: [[Cell]]

  var view: View {
    [
      "table_columns": columns.map { ["name": $0.name, "is_amount": $0.isAmount] as View },
      "table_rows": rows.map { row -> View in
        [
          "head": view(row[0], columns[0]),
          "cells": zip(row, columns).dropFirst().map { view($0, $1) },
        ]
      },
    ]
  }

  private func view(_ cell: Cell, _ column: Column) -> View {
    [
      "text": cell.text, "cell_url": (cell.href ?? "").orFalse, "is_amount": column.isAmount,
    ]
  }
}
