/// Where a page of a register ends, which is walked in the order of the tree: the unit's path, then the
/// entry's id.
package struct PlaceKey: Hashable, Sendable {
  package let path: String
  package let id: Int64

  package init(path: String, id: Int64) {
    self.path = path
    self.id = id
  }

  /// Reads `/1/17/-203`, as `description` writes it.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = Int64(parts[1]), parts[0].hasPrefix("/"),
      parts[0].utf8.allSatisfy({ $0 == UInt8(ascii: "/") || (48...57).contains($0) })
    else { return nil }
    self.init(path: String(parts[0]), id: id)
  }

  package var description: String { "\(path)-\(id)" }

  /// Where the page after this one begins in a subtree: an address may name any key, also one that lies
  /// before what may be seen.
  func start(within subtree: String) -> String { path.hasPrefix(subtree) ? path : subtree }
}

/// Conditions of a query that grow with what is asked for.
struct Conditions {
  private(set) var texts: [String] = []
  private(set) var arguments: [any SQLConvertible] = []

  /// - Parameter text: with `?` where each argument goes.
  mutating func add(_ text: String, _ values: any SQLConvertible...) { add(text, values) }

  mutating func add(_ text: String, _ values: [any SQLConvertible]) {
    var result = ""
    var rest = values[...]
    for character in text {
      result.append(character)
      guard character == "?", let value = rest.popFirst() else { continue }
      arguments.append(value)
      result += String(arguments.count)
    }
    texts.append(result)
  }

  /// `where a and b`
  var clause: String { texts.isEmpty ? "" : "where " + texts.joined(separator: "\n  and ") }
}
