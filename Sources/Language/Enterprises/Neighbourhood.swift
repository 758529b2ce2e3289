/// The keys of one county and which of them lie one edit apart.
///
/// Two keys are one exchange apart when they are equal with the same place blanked, and one insertion
/// apart when one is the other with a character left out. Both are found by hash, each candidate is
/// then compared. Numerals are neither blanked nor left out, so series such as 一分公司, 二分公司 … cost
/// nothing.
struct Neighbourhood {
  private let records: [(id: Int64, key: Int)]
  private var keys: [[Unicode.Scalar]] = []
  /// Ids under each key, ascending.
  private var ids: [[Int64]] = []
  /// Keys that share a blanked form.
  private var groups: [[Int32]] = []
  private var groupsOfKey: [[Int32]] = []
  /// Keys with one character more or less.
  private var grown: [[Int32]] = []

  init(_ names: [(id: Int64, key: String)]) {
    var indexOfKey: [String: Int] = [:]
    var records: [(id: Int64, key: Int)] = []
    for name in names.sorted(by: { $0.id < $1.id }) {
      let index = indexOfKey[name.key] ?? keys.count
      if index == keys.count {
        indexOfKey[name.key] = index
        keys.append(Array(name.key.unicodeScalars))
        ids.append([])
      }
      ids[index].append(name.id)
      records.append((name.id, index))
    }
    self.records = records
    groupsOfKey = Array(repeating: [], count: keys.count)
    grown = groupsOfKey
    index()
  }

  private mutating func index() {
    let hashes = keys.map(KeyHashes.init)
    var keyOfHash: [UInt64: [Int32]] = [:]
    for (key, hash) in hashes.enumerated() { keyOfHash[hash.whole, default: []].append(Int32(key)) }
    var blanked: [(hash: UInt64, key: Int32)] = []
    blanked.reserveCapacity(keys.reduce(0) { $0 + $1.count })
    for (key, scalars) in keys.enumerated() {
      for place in scalars.indices where !scalars[place].isNumeral {
        blanked.append((hashes[key].blanked(place), Int32(key)))
        // Leaving out either of two equal neighbours gives the same text.
        if place > 0, scalars[place] == scalars[place - 1] { continue }
        for other in keyOfHash[hashes[key].without(place)] ?? []
        where isOneEdit(scalars, keys[Int(other)]) {
          grown[key].append(other)
          grown[Int(other)].append(Int32(key))
        }
      }
    }
    blanked.sort { ($0.hash, $0.key) < ($1.hash, $1.key) }
    var start = 0
    while start < blanked.count {
      var end = start + 1
      while end < blanked.count, blanked[end].hash == blanked[start].hash { end += 1 }
      if end - start > 1 {
        for entry in blanked[start..<end] {
          groupsOfKey[Int(entry.key)].append(Int32(groups.count))
        }
        groups.append(blanked[start..<end].map(\.key))
      }
      start = end
    }
  }

  /// The first pairs by ids.
  func pairs(_ reason: NearDuplicates.Reason, atMost limit: Int) -> [NearDuplicates.Pair] {
    var pairs: [NearDuplicates.Pair] = []
    for record in records {
      if pairs.count >= limit { break }
      let others =
        reason == .equal ? ids[record.key] : neighbours(of: record.key).flatMap { ids[$0] }.sorted()
      for other in others where other > record.id {
        pairs.append(.init(first: record.id, second: other, reason: reason))
        if pairs.count >= limit { break }
      }
    }
    return pairs
  }

  private func neighbours(of key: Int) -> Set<Int> {
    var found = Set(grown[key].map(Int.init))
    for group in groupsOfKey[key] {
      for other in groups[Int(group)] where isOneEdit(keys[key], keys[Int(other)]) {
        found.insert(Int(other))
      }
    }
    return found
  }
}

/// Polynomial hashes of one key, modulo 2⁶⁴, from which those of its edits follow in one step.
private struct KeyHashes {
  private var heads: [UInt64] = [0]
  private var powers: [UInt64] = [1]

  init(_ scalars: [Unicode.Scalar]) {
    for scalar in scalars {
      heads.append(heads.last! &* KeyHashes.base &+ UInt64(scalar.value) &+ 1)
      powers.append(powers.last! &* KeyHashes.base)
    }
  }

  private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15

  var whole: UInt64 { heads.last! }

  /// With the place left out.
  func without(_ place: Int) -> UInt64 {
    let after = heads.count - 2 - place
    return heads[place] &* powers[after] &+ tail(place, after)
  }

  /// With the place taken for a mark no text has.
  func blanked(_ place: Int) -> UInt64 {
    let after = heads.count - 2 - place
    let marked = heads[place] &* KeyHashes.base &+ 0x1F_FFFF
    return marked &* powers[after] &+ tail(place, after)
  }

  private func tail(_ place: Int, _ after: Int) -> UInt64 {
    whole &- heads[place + 1] &* powers[after]
  }
}
