import Language
import TestSupport
import Testing

@Suite struct NearDuplicatesTests {
  typealias Name = (id: Int64, county: Int64, key: String)

  @Test(arguments: [
    ("许昌大地公司", "许昌大地公司", NearDuplicates.Reason.equal), ("许昌大地公司", "许昌大池公司", .oneEdit),
    ("许昌大地公司", "许昌大大地公司", .oneEdit), ("许昌大地公司", "昌大地公司", .oneEdit),
    ("许昌大地公司", "许昌大地公", .oneEdit), ("许昌大地公司", "许昌天池公司", nil),
    ("第一建筑", "第二建筑", nil), ("第一建筑", "第建筑", nil), ("8号店", "9号店", nil), ("8号店", "88号店", nil),
    ("十里铺", "里铺", nil), ("第一建筑", "弟一建筑", .oneEdit), ("abc", "bca", nil), ("", "", nil),
    ("一", "甲", nil),
  ])
  func reasons(a: String, b: String, reason: NearDuplicates.Reason?) {
    for (x, y) in [(a, b), (b, a)] {
      let found = NearDuplicates(of: [(1, 1, x), (2, 1, y)], limit: 9)
      #expect(found.pairs.map(\.reason) == (reason.map { [$0] } ?? []))
      #expect(!found.wasCut)
    }
  }

  @Test func onlyWithinACounty() {
    #expect(NearDuplicates(of: [(1, 1, "大地"), (2, 2, "大地")], limit: 9).pairs.isEmpty)
  }

  @Test func equalOnesComeFirstAndTheLimitIsTold() {
    let names: [Name] = [(5, 1, "甲乙丙"), (3, 1, "甲乙丁"), (4, 2, "子丑"), (1, 2, "子丑"), (2, 1, "甲乙")]
    let all = NearDuplicates(of: names, limit: 4)
    #expect(
      all.pairs == [
        .init(first: 1, second: 4, reason: .equal), .init(first: 2, second: 3, reason: .oneEdit),
        .init(first: 2, second: 5, reason: .oneEdit), .init(first: 3, second: 5, reason: .oneEdit),
      ])
    #expect(!all.wasCut)
    let cut = NearDuplicates(of: names, limit: 3)
    #expect(cut.pairs == Array(all.pairs.prefix(3)))
    #expect(cut.wasCut)
  }

  @Test func theSameAsComparingEachWithEach() {
    var random = SplitMix(state: 11)
    for round in 0..<400 {
      var names: [Name] = []
      for index in 0..<Int.random(in: 0...24, using: &random) {
        let county = Int64.random(in: 1...2, using: &random)
        let key = random.text(of: ["甲", "乙", "一", "2", "a"], count: 0...5)
        names.append((id: Int64(index * 7 % 31), county: county, key: key))
      }
      let limit = Int.random(in: 0...60, using: &random)
      let expected = reference(names)
      let found = NearDuplicates(of: names.shuffled(using: &random), limit: limit)
      #expect(found.pairs == Array(expected.prefix(limit)), "round \(round)")
      #expect(found.wasCut == (expected.count > limit))
    }
  }

  @Test func manyThatAreAllAlikeAreCutAtOnce() {
    var names: [Name] = []
    for index in 0..<20_000 {
      let character = Character(Unicode.Scalar(UInt32(0x4E00 + index))!)
      names.append((id: Int64(index), county: 1, key: "许昌\(character)公司"))
    }
    let found = NearDuplicates(of: names, limit: 100)
    #expect(found.pairs.count == 100 && found.wasCut)
  }

  private func reference(_ names: [Name]) -> [NearDuplicates.Pair] {
    var pairs: [NearDuplicates.Pair] = []
    for a in names where !a.key.isEmpty {
      for b in names where !b.key.isEmpty && a.id < b.id && a.county == b.county {
        let distance = distance(Array(a.key), Array(b.key))
        if distance <= 1 {
          pairs.append(.init(first: a.id, second: b.id, reason: distance == 0 ? .equal : .oneEdit))
        }
      }
    }
    return pairs.sorted {
      ($0.reason.rawValue, $0.first, $0.second) < ($1.reason.rawValue, $1.first, $1.second)
    }
  }

  /// Levenshtein's distance by the table, where an edit of a numeral costs 100.
  private func distance(_ a: [Character], _ b: [Character]) -> Int {
    func cost(_ character: Character) -> Int { "0123456789一二三".contains(character) ? 100 : 1 }
    var row = [0]
    for character in b { row.append(row.last! + cost(character)) }
    for left in a {
      var next = [row[0] + cost(left)]
      for (index, right) in b.enumerated() {
        let exchanged = row[index] + (left == right ? 0 : max(cost(left), cost(right)))
        next.append(min(exchanged, row[index + 1] + cost(left), next[index] + cost(right)))
      }
      row = next
    }
    return row.last!
  }
}
