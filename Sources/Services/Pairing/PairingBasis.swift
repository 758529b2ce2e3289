import Domain
import Optimizer
import Storage

/// What a pairing is computed from, and the words to explain it with.
package struct PairingBasis: Sendable {
  package let track: Track
  package let facts: PairingFacts
  package let rules: PairingRules
  package let tree: PairingFactRows.Tree
  /// The categories of problems, by their bits.
  package let categories: [Category]

  package static let solve: PairingMarket.Solver = { try Optimizer.solve($0) }

  var planner: PairingPlanner { PairingPlanner(facts, rules, solve: Self.solve) }

  static func load(
    _ track: Track, _ rules: PairingRules, _ platform: Platform, in connection: any Connection
  ) throws -> PairingBasis {
    let tree = try PairingFactRows.tree(in: connection)
    let categories = platform.categories.filter { $0.track == track }
    let bits = Dictionary(
      uniqueKeysWithValues: categories.prefix(63).enumerated().map { ($1.code, UInt8($0)) })
    let fields = Fields(categories, platform.words, bits)
    let homes = HomeAreas(tree)
    let facts = try PairingFactRows.load(
      track, tree, statuses: rules.statuses, skills: { fields.bits(of: $0) },
      home: { homes.unit(of: $0) }, category: { bits[$0] }, platform.vault, in: connection)
    return PairingBasis(
      track: track, facts: facts, rules: rules, tree: tree, categories: categories)
  }

  /// A unit's or place's name, for words about it.
  package func name(place: Int32) -> String {
    place < 0 ? "" : tree.names[facts.places[Int(place)]] ?? ""
  }

  /// Where a target lies, for lists by county; the city where it lies in none.
  func county(of target: PairingFacts.Target) -> UnitID? {
    let place = target.place.county >= 0 ? target.place.county : target.place.city
    return place >= 0 ? facts.places[Int(place)] : nil
  }

  /// Which categories words of expertise stand for: 融资, 银行信贷 …
  private struct Fields {
    let names: [(word: String, bit: UInt8)]
    let table: WordTable
    let bits: [String: UInt8]

    init(_ categories: [Category], _ words: WordTables, _ bits: [String: UInt8]) {
      self.bits = bits
      let isEnterprise = categories.first?.track == .enterprise
      table = words[isEnterprise ? .enterpriseCategory : .villageCategory]
      names = categories.compactMap { category in
        bits[category.code].map { (String(category.zh.prefix { $0 != "（" }), $0) }
      }
    }

    func bits(of words: [String]) -> UInt64 {
      var found: UInt64 = 0
      for word in words {
        if let bit = table.code(word).flatMap({ bits[$0] }) {
          found |= 1 << UInt64(bit)
        } else {
          for (name, bit) in names where word.firstRange(of: name) != nil {
            found |= 1 << UInt64(bit)
          }
        }
      }
      return found
    }
  }
}
