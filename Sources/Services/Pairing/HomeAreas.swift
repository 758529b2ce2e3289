import Domain
import Storage

/// The township or village that a home area means: `许昌市建安区将官池镇南石庄村`, with or without slashes, from
/// whichever level on it begins.
struct HomeAreas {
  private let tree: PairingFactRows.Tree
  /// Units below each, longer names first, so that 和尚桥镇 is not taken for 和尚.
  private let below: [UnitID: [(name: String, unit: UnitID)]]
  private let roots: [UnitID]

  init(_ tree: PairingFactRows.Tree) {
    self.tree = tree
    var below: [UnitID: [(name: String, unit: UnitID)]] = [:]
    func add(_ unit: UnitID, under parent: UnitID) {
      guard let name = tree.names[unit], name.count > 1 else { return }
      below[parent, default: []].append((name, unit))
    }
    var roots: [UnitID] = []
    for unit in tree.places {
      guard let seat = tree.seats[unit] else { continue }
      switch seat.level {
      case .city: roots.append(unit)
      case .county where seat.place.city >= 0:
        add(unit, under: tree.places[Int(seat.place.city)])
      case .township where seat.place.county >= 0:
        add(unit, under: tree.places[Int(seat.place.county)])
      default: break
      }
    }
    for (unit, seat) in tree.seats where seat.level == .village && seat.place.township >= 0 {
      add(unit, under: tree.places[Int(seat.place.township)])
    }
    self.roots = roots
    self.below = below.mapValues {
      $0.sorted { ($1.name.utf8.count, $0.unit.value) < ($0.name.utf8.count, $1.unit.value) }
    }
  }

  /// - Returns: nil where it tells no more than a county, or nothing that is known.
  func unit(of text: String) -> UnitID? {
    let text = text.filter { !$0.isWhitespace && $0 != "/" }
    for root in roots {
      var rest = text[...]
      if let name = tree.names[root], rest.hasPrefix(name) { rest = rest.dropFirst(name.count) }
      for (name, county) in below[root] ?? [] where rest.hasPrefix(name) {
        return deepest(rest.dropFirst(name.count), in: county)
      }
      // It begins with the township, and only one is called so.
      let named = (below[root] ?? []).flatMap { county in
        (below[county.unit] ?? []).filter { rest.hasPrefix($0.name) }
      }
      if let township = named.first, named.count == 1 {
        return village(rest.dropFirst(township.name.count), in: township.unit) ?? township.unit
      }
    }
    return nil
  }

  private func deepest(_ rest: Substring, in county: UnitID) -> UnitID? {
    for (name, township) in below[county] ?? [] where rest.hasPrefix(name) {
      return village(rest.dropFirst(name.count), in: township) ?? township
    }
    return nil
  }

  private func village(_ rest: Substring, in township: UnitID) -> UnitID? {
    let plain = Self.plain(rest)
    if plain.isEmpty { return nil }
    return (below[township] ?? []).first { Self.plain($0.name[...]) == plain }?.unit
  }

  /// 南石庄村委会, 南石庄村民委员会 and 南石庄村 are one village.
  private static func plain(_ name: Substring) -> Substring {
    for ending in ["村民委员会", "居民委员会", "村委会", "居委会", "社区", "村"]
    where name.hasSuffix(ending) && name.count > ending.count {
      return name.dropLast(ending.count)
    }
    return name
  }
}
