/// A part of a list, and where the next begins.
package struct Page<Item: Sendable, Key: Sendable>: Sendable {
  package let items: [Item]
  /// Ask for what comes after this key; nil on the last page.
  package let next: Key?

  package init(items: [Item], next: Key?) { (self.items, self.next) = (items, next) }
}

extension Connection {
  /// One page of a list in the order of a key (keyset paging): the query narrows by the last page's key
  /// in its `where`, so that the thousandth page costs what the first does.
  /// - Parameters:
  ///   - sql: a query without `limit`, in the order of the key.
  ///   - key: the key of an item.
  func page<Item, Key>(
    _ sql: String, _ arguments: [any SQLConvertible], size: Int, key: (Item) -> Key,
    _ decode: (any SQLRow) throws -> Item
  ) throws -> Page<Item, Key> {
    // One more tells whether there is another page.
    var items = try rows(
      "\(sql)\nlimit ?\(arguments.count + 1)", arguments + [size + 1], decode)
    let hasMore = items.count > size
    if hasMore { items.removeLast() }
    return Page(items: items, next: hasMore ? items.last.map(key) : nil)
  }
}
