/// A class of GB/T 4754: a section's letter, and 0, 2, 3 or 4 digits below it.
package struct Industry: Hashable, Sendable {
  /// A–T
  package let section: String
  /// Empty for a whole section, else a division, group or class: `13`, `131`, `1310`.
  package let digits: String

  /// `C`, `C13`, `C131`, `C1310`
  package var code: String { section + digits }
  /// The first two digits; nil for a whole section.
  package var division: Substring? { digits.isEmpty ? nil : digits.prefix(2) }
}

/// One edition of GB/T 4754 down to its divisions; groups and classes are known by theirs.
package struct IndustryTable: Sendable, Decodable {
  package struct Section: Sendable, Decodable {
    package let code: String
    package let name: String
    package let en: String
    package let divisions: [Division]
  }

  package struct Division: Sendable, Decodable {
    package let code: String
    package let name: String
  }

  /// `GB/T 4754-2017`
  package let version: String
  package let sections: [Section]
  private let byName: [String: Industry]
  private let sectionOfDivision: [String: String]

  private enum CodingKeys: String, CodingKey { case version, sections }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      version: try values.decode(String.self, forKey: .version),
      sections: try values.decode([Section].self, forKey: .sections))
  }

  package init(version: String, sections: [Section]) {
    var byName: [String: Industry] = [:]
    var sectionOfDivision: [String: String] = [:]
    for section in sections {
      byName[section.name.compact] = Industry(section: section.code, digits: "")
      for division in section.divisions {
        sectionOfDivision[division.code] = section.code
        // 房地产业 is a section and its only division: the same firms, so the exacter code.
        byName[division.name.compact] = Industry(section: section.code, digits: division.code)
      }
    }
    self.version = version
    self.sections = sections
    self.byName = byName
    self.sectionOfDivision = sectionOfDivision
  }

  /// Reads a code (`C`, `C13`, `13`, `131`, `1310`, `C1310`) or the exact name of a section or division.
  /// - Returns: nil where the section or division does not exist, or the letter is another section's.
  package func industry(_ written: some StringProtocol) -> Industry? {
    let text = written.compact
    if let named = byName[text] { return named }
    var digits = text.uppercased()
    let letter = digits.first.flatMap { $0.isASCII && $0.isLetter ? String($0) : nil }
    if letter != nil { digits.removeFirst() }
    guard digits.unicodeScalars.allSatisfy(\.isDigit) else { return nil }
    if digits.isEmpty {
      return sections.contains { $0.code == letter }
        ? Industry(section: letter!, digits: "") : nil
    }
    guard (2...4).contains(digits.count),
      let section = sectionOfDivision[String(digits.prefix(2))], letter == nil || letter == section
    else { return nil }
    return Industry(section: section, digits: digits)
  }

  /// The name of its division, or of its section where it has none.
  package func name(of industry: Industry) -> String? {
    guard let section = sections.first(where: { $0.code == industry.section }) else { return nil }
    guard let division = industry.division else { return section.name }
    return section.divisions.first { $0.code == division }?.name
  }
}
