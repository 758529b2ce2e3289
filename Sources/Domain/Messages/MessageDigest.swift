/// One thing that is told outside of the application. It has room for no person's name, no telephone number
/// and no word that somebody wrote: what leaves the application may be read by anybody in the group, by the
/// operator of a gateway, or over a shoulder.
package struct MessageItem: Hashable, Sendable {
  /// Nil for a trial, by which somebody looks whether a channel works.
  package let kind: Notice.Kind?
  /// Of a problem.
  package let number: Int64?
  /// The name of the unit that handles it.
  package let unit: String?

  package init(_ kind: Notice.Kind?, number: Int64? = nil, unit: String? = nil) {
    (self.kind, self.number, self.unit) = (kind, number, unit)
  }
}

/// What one recipient is told at a time: everything that is due makes one message.
package struct MessageDigest: Hashable, Sendable {
  /// One kind, and the problems it is told of.
  package struct Line: Hashable, Sendable {
    package let kind: Notice.Kind?
    package let count: Int
    /// In the order in which they happened, none twice.
    package let shown: [MessageItem]
  }

  /// How many are named; the rest is a number.
  package static let most = 10

  package let count: Int
  package let lines: [Line]

  /// How many problems there was no room for.
  package var rest: Int { numbered - lines.reduce(0) { $0 + $1.shown.count } }
  private let numbered: Int

  /// - Parameter items: in the order in which they happened; kinds come in the order of their first.
  package init(_ items: [MessageItem]) {
    count = items.count
    numbered = Set(items.filter { $0.number != nil }).count
    var kinds: [Notice.Kind?] = []
    for item in items where !kinds.contains(item.kind) { kinds.append(item.kind) }
    var room = Self.most
    lines = kinds.map { kind in
      let all = items.filter { $0.kind == kind }
      var shown: [MessageItem] = []
      for item in all where room > 0 && item.number != nil && !shown.contains(item) {
        shown.append(item)
        room -= 1
      }
      return Line(kind: kind, count: all.count, shown: shown)
    }
  }
}
