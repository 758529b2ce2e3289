/// Places that stand before firms' names, each equated with its form without 省, 市, 县 or 区.
package struct PlaceNames: Sendable {
  /// Longest first, so that 许昌新区 is not taken for 许昌.
  private let places: [(short: [Unicode.Scalar], suffixes: Set<Unicode.Scalar>)]

  /// - Parameter names: full names: `许昌市`. Those too short to lose a character stay whole.
  package init(_ names: [String]) {
    var suffixes: [[Unicode.Scalar]: Set<Unicode.Scalar>] = [:]
    for name in names {
      let scalars = Array(TextFolding.fold(name).unicodeScalars)
      guard scalars.count > 2, let last = scalars.last, "省市县区".unicodeScalars.contains(last) else {
        continue
      }
      suffixes[scalars.dropLast(), default: []].insert(last)
    }
    places = suffixes.map { (short: $0.key, suffixes: $0.value) }
      .sorted { a, b in
        a.short.count != b.short.count
          ? a.short.count > b.short.count
          : a.short.lexicographicallyPrecedes(b.short)
      }
  }

  /// The name with every place it begins with in its short form.
  func shortened(_ name: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var head: [Unicode.Scalar] = []
    var rest = name[...]
    while let place = places.first(where: { rest.starts(with: $0.short) }) {
      head += place.short
      rest = rest.dropFirst(place.short.count)
      // As often as it stands there: 许昌市市场 and 许昌市场 must not change places when cut again.
      while let next = rest.first, place.suffixes.contains(next) { rest = rest.dropFirst() }
    }
    return head + rest
  }
}
