/// Who knew of a problem first, which the identification rate divides by (DOMAIN.md 6).
package enum Origin: String, Sendable, Codable, CaseIterable {
  /// The official in charge of the enterprise or the village.
  case official
  /// Whoever has the problem told of it: the enterprise, the village.
  case asker
  /// The campaign office, or a list it took over.
  case office
  /// 网民诉求
  case appeal
  /// 信访
  case petition
  /// 回头看
  case lookBack = "look_back"
}

/// Words of a channel that speak for an origin, as the definitions have them.
package struct OriginWords: Hashable, Sendable, Codable {
  private let words: [Origin: [String]]

  package init(_ words: [Origin: [String]]) { self.words = words }

  /// The channel says more than who typed it in: an official passes on a petition as well.
  package func origin(ofChannels channels: [String], by role: Role?) -> Origin {
    let text = channels.joined(separator: " ").lowercased()
    for origin in Origin.allCases where !text.isEmpty {
      if words[origin]?.contains(where: { text.firstRange(of: $0.lowercased()) != nil }) == true {
        return origin
      }
    }
    return switch role {
    case .official: .official
    case .enterprise, .villageClerk: .asker
    default: .office
    }
  }

  package init(from decoder: any Decoder) throws {
    let named = try decoder.singleValueContainer().decode([String: [String]].self)
    words = try Dictionary(
      uniqueKeysWithValues: named.map { name, list in
        guard let origin = Origin(rawValue: name) else {
          throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "no origin \(name)"))
        }
        return (origin, list)
      })
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      Dictionary(uniqueKeysWithValues: words.map { ($0.key.rawValue, $0.value) }))
  }
}
