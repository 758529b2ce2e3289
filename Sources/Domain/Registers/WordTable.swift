/// What words of a sheet stand for: 正县级 → `county`. Words are compared half-width, in lower case and
/// without blanks; a code stands for itself.
package struct WordTable: Sendable, Equatable {
  private var codes: [String: String] = [:]
  /// The first word of each code.
  private var names: [String: String] = [:]

  package init() {}

  /// - Throws: `WordTableFault.ambiguous` where one word is listed under two codes.
  package init(_ words: [String: [String]]) throws(WordTableFault) {
    for (code, list) in words.sorted(by: { $0.key < $1.key }) {
      names[code] = list.first
      for word in [code] + list {
        let key = WordTable.key(word)
        guard codes[key] ?? code == code else { throw .ambiguous(word) }
        codes[key] = code
      }
    }
  }

  /// The code a word stands for; nil where nobody said.
  package func code(_ word: some StringProtocol) -> String? { codes[WordTable.key(word)] }

  /// The word that is shown for a code; the code itself where it has none.
  package func name(of code: String) -> String { names[code] ?? code }

  /// With the words of another table, which wins where both have a word.
  package func extended(by other: WordTable) -> WordTable {
    var table = self
    table.codes.merge(other.codes) { _, new in new }
    return table
  }

  private static func key(_ word: some StringProtocol) -> String { word.compact.lowercased() }
}

package enum WordTableFault: Error, Hashable {
  case ambiguous(String)
}

/// What a column of a sheet is about: each has a table of its own, for 村 is a kind and a track.
package enum WordTopic: String, Sendable, CaseIterable {
  /// `bureau`, `county`, `section`, `other`: Civil Servants Law art. 18 and 19 with the parallel ranks
  /// of 2019 (调研员 → county, 主任科员 → section, 巡视员 → bureau).
  case rank
  /// `large`, `medium`, `small`, `micro`
  case scale
  /// 四上: `industry`, `construction`, `trade`, `services`, `real_estate`
  case statisticalKind = "statistical_kind"
  /// `normal`, `lost`, `zombie`, `deregistered`
  case enterpriseStatus = "enterprise_status"
  /// `village`, `community`, `town`, `township`, `street`, `zone`
  case villageKind = "village_kind"
  /// `enterprise`, `village`, `both`
  case track
  /// `yes`, `no`; an empty cell is a no.
  case yesNo = "yes_no"
  /// As `UnitKind`.
  case unitKind = "unit_kind"
  /// As `UnitLevel`.
  case unitLevel = "unit_level"
  /// As `OfficialStatus`.
  case officialStatus = "official_status"
  /// As `WhiteListLevel`.
  case whiteListLevel = "white_list_level"
  /// What is decided about a change of the tree that was proposed: `yes`, `no`.
  case decision
  /// Kinds of changes of the tree: `create`, `change`, `merge`, `close`.
  case reorganisation
  /// Codes of `categories.json`, by track.
  case enterpriseCategory = "enterprise_category"
  case villageCategory = "village_category"
  /// What came of a problem, and how its asker rated it; `none` where nobody did.
  case outcome, rating
}

extension WordTopic {
  /// The codes that are offered, in the order people expect.
  package var codes: [String] {
    switch self {
    case .rank: OfficialRank.allCases.map(\.rawValue)
    case .scale: EnterpriseScale.allCases.map(\.rawValue)
    case .statisticalKind: StatisticalKind.allCases.map(\.rawValue)
    case .enterpriseStatus: EnterpriseStatus.allCases.map(\.rawValue)
    case .villageKind: VillageKind.allCases.map(\.rawValue)
    case .track: OfficialTrack.allCases.map(\.rawValue)
    case .yesNo, .decision: ["yes", "no"]
    case .unitKind: UnitKind.allCases.map(\.rawValue)
    case .unitLevel: UnitLevel.allCases.map(\.rawValue)
    case .officialStatus: [OfficialStatus.serving, .left].map(\.rawValue)
    case .whiteListLevel: WhiteListLevel.allCases.map(\.rawValue)
    case .reorganisation: ["create", "change", "merge", "close"]
    case .enterpriseCategory, .villageCategory: []
    case .outcome: Outcome.allCases.map(\.rawValue)
    case .rating: Rating.allCases.map(\.rawValue) + ["none"]
    }
  }
}

/// The tables of `Resources/words.json`: topic → code → words.
package struct WordTables: Sendable, Decodable {
  private var tables: [WordTopic: WordTable] = [:]

  package init() {}

  package init(from decoder: any Decoder) throws {
    let data = try decoder.singleValueContainer().decode([String: [String: [String]]].self)
    for (name, words) in data {
      guard let topic = WordTopic(rawValue: name) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "no topic: \(name)"))
      }
      tables[topic] = try WordTable(words)
    }
  }

  package subscript(topic: WordTopic) -> WordTable {
    get { tables[topic] ?? WordTable() }
    set { tables[topic] = newValue }
  }
}
