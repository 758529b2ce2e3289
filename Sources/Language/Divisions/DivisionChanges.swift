import Domain

/// What lies between two editions of the division codes. Nobody publishes which division that went is
/// which one that came: that is proposed here, with its grounds, for a person to confirm.
package struct DivisionChanges: Sendable {
  package enum Ground: String, Sendable, CaseIterable {
    /// The code is the same: no question.
    case sameCode = "same_code"
    /// The same name, or the same but for its ending, under the same division.
    case sameName = "same_name"
    /// The same name under another division of the county.
    case sameNameElsewhere = "same_name_elsewhere"
    /// Half or more of its villages are there.
    case sharedVillages = "shared_villages"
    /// A like name under the same division.
    case likeName = "like_name"
  }

  package enum Change: Hashable, Sendable {
    case create(DivisionCode, name: String)
    case close(DivisionCode, name: String)
    /// - several: whether others would fit as well.
    case same(
      from: DivisionCode, String, to: DivisionCode, String, Ground, several: Bool)
  }

  /// Townships before villages, each tier in the order of codes.
  package let changes: [Change]

  /// - Parameters:
  ///   - old: the names by code, as they are.
  ///   - new: as they are to be; the cities of `old` that are not in it are left alone.
  package init(from old: [DivisionCode: String], to new: [DivisionCode: String]) {
    let cities = Set(new.keys.map(\.city))
    let ours = old.filter { cities.contains($0.key.city) }
    var changes: [Change] = []
    /// Townships that are another code now.
    var successors: [DivisionCode: DivisionCode] = [:]
    for tier in [DivisionCode.Tier.city, .county, .township, .village] {
      let removed = ours.keys.filter { $0.tier == tier && new[$0] == nil }
      let added = new.keys.filter { $0.tier == tier && ours[$0] == nil }
      for code in ours.keys where code.tier == tier {
        if let name = new[code], name != ours[code] {
          changes.append(.same(from: code, ours[code]!, to: code, name, .sameCode, several: false))
        }
      }
      let pairs = Self.pairs(removed, added, ours, new, successors)
      var (gone, come) = (Set(removed), Set(added))
      for pair in pairs {
        gone.remove(pair.from)
        come.remove(pair.to)
        successors[pair.from] = pair.to
        changes.append(
          .same(
            from: pair.from, ours[pair.from]!, to: pair.to, new[pair.to]!, pair.ground,
            several: pair.several))
      }
      changes += gone.map { .close($0, name: ours[$0]!) }
      changes += come.map { .create($0, name: new[$0]!) }
    }
    self.changes = changes.sorted { $0.order < $1.order }
  }

  private struct Pair {
    let from: DivisionCode
    let to: DivisionCode
    let ground: Ground
    var several = false
  }

  /// The best pairs first; each division is in one pair at most.
  private static func pairs(
    _ removed: [DivisionCode], _ added: [DivisionCode], _ old: [DivisionCode: String],
    _ new: [DivisionCode: String], _ successors: [DivisionCode: DivisionCode]
  ) -> [Pair] {
    let names = Dictionary(uniqueKeysWithValues: added.map { ($0, DivisionName(new[$0]!)) })
    let villagesBefore = villages(of: removed, old)
    let villagesAfter = villages(of: added, new)
    var found: [(score: Int, pair: Pair)] = []
    for from in removed {
      let name = DivisionName(old[from]!)
      for to in added {
        // Divisions move within a city; villages within a county.
        guard
          from.text.prefix(from.tier == .village ? 6 : 4)
            == to.text.prefix(to.tier == .village ? 6 : 4)
        else { continue }
        let parent = from.parent.map { successors[$0] ?? $0 }
        let isHere = parent == to.parent
        let score: (Int, Ground)? =
          if name == names[to]! {
            isHere
              ? (old[from] == new[to] ? 6 : 5, .sameName)
              : (old[from] == new[to] ? 4 : 3, .sameNameElsewhere)
          } else if let before = villagesBefore[from], let after = villagesAfter[to],
            2 * before.intersection(after).count >= max(before.count, 1)
          {
            (2, .sharedVillages)
          } else if isHere, name.isLike(names[to]!) {
            (1, .likeName)
          } else {
            nil
          }
        if let score { found.append((score.0, Pair(from: from, to: to, ground: score.1))) }
      }
    }
    found.sort {
      ($1.score, $0.pair.from.text, $0.pair.to.text) < (
        $0.score, $1.pair.from.text, $1.pair.to.text
      )
    }
    var (usedFrom, usedTo) = (Set<DivisionCode>(), Set<DivisionCode>())
    var pairs: [Pair] = []
    for (score, pair) in found
    where !usedFrom.contains(pair.from) && !usedTo.contains(pair.to) {
      usedFrom.insert(pair.from)
      usedTo.insert(pair.to)
      var taken = pair
      taken.several = found.contains {
        $0.score == score && ($0.pair.from == pair.from) != ($0.pair.to == pair.to)
      }
      pairs.append(taken)
    }
    return pairs
  }

  /// The names of the villages of townships.
  private static func villages(
    of townships: [DivisionCode], _ all: [DivisionCode: String]
  ) -> [DivisionCode: Set<DivisionName>] {
    guard townships.first?.tier == .township else { return [:] }
    var found: [DivisionCode: Set<DivisionName>] = [:]
    let wanted = Set(townships)
    for (code, name) in all where code.tier == .village {
      if let township = code.parent, wanted.contains(township) {
        found[township, default: []].insert(DivisionName(name))
      }
    }
    return found
  }
}

extension DivisionChanges.Change {
  fileprivate var order: (Int, String) {
    switch self {
    case .create(let code, _), .close(let code, _): (code.tier.rawValue, code.text)
    case .same(let from, _, _, _, _, _): (from.tier.rawValue, from.text)
    }
  }
}
