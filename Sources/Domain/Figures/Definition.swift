/// How a published figure is defined (口径): data, so that what is printed and what is computed are the
/// same thing (`Resources/definitions.json`, DOMAIN.md 6).
package struct Definition: Hashable, Sendable, Codable {
  /// A text in both languages.
  package struct Words: Hashable, Sendable, Codable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) { (self.zh, self.en) = (zh, en) }
  }

  /// What is counted.
  package enum Subject: String, Hashable, Sendable, Codable {
    /// Each problem once, as it stands at the instant.
    case problems
    /// Each round of each problem, as it stands or as it ended.
    case rounds
    /// Each enterprise, township and village that somebody is to be in charge of.
    case targets
  }

  package enum Measure: String, Hashable, Sendable, Codable {
    /// Numerator ÷ denominator.
    case percent
    /// The denominator alone.
    case count
    /// How long it took: median and nine tenths, and a survival curve with those still open.
    case hours
    /// The denominator, divided by an attribute.
    case shares
  }

  /// Which way is good.
  package enum Sense: String, Hashable, Sendable, Codable {
    case more, less, none
  }

  /// Some of those that are counted, with words that say which.
  package struct Part: Hashable, Sendable, Codable {
    /// Stable within the definition; the numerator and the denominator need none.
    package let code: String?
    package let zh: String
    package let en: String
    package let conditions: [Condition]

    package init(code: String? = nil, zh: String, en: String, where conditions: [Condition]) {
      (self.code, self.zh, self.en, self.conditions) = (code, zh, en, conditions)
    }

    package var words: Words { Words(zh: zh, en: en) }

    enum CodingKeys: String, CodingKey {
      case code, zh, en
      case conditions = "where"
    }
  }

  /// From one milestone to another; who has not reached the other is still waiting.
  package struct Duration: Hashable, Sendable, Codable {
    package let from: Milestone
    package let to: Milestone
  }

  /// Stable name: `resolution_rate`.
  package let code: String
  /// Raised with every change; each published figure states the version it got.
  package let version: Int
  package let name: Words
  package let subject: Subject
  package let measure: Measure
  package let sense: Sense
  /// What makes one a member of a period: found in it, due in it, closed in it. Without one the figure is
  /// of an instant, not of a period.
  package let member: Milestone?
  /// Of the denominator.
  package let numerator: Part?
  package let denominator: Part
  /// In neither; each is counted and printed. The first that holds takes it.
  package let exclusions: [Part]
  /// Of the denominator, printed beside the figure: what is missing as loudly as what is good.
  package let beside: [Part]
  /// What `shares` divides by.
  package let divided: Attribute?
  package let duration: Duration?
  /// From which value on it is grade A, B and C, in percent; worse is D.
  package let grades: [Double]?
  /// What is printed beside it, in words.
  package let printed: Words
  package let source: Words

  /// All that may be asked of it for a group.
  package enum Slice: Hashable, Sendable {
    case numerator, denominator
    case exclusion(Int)
    case beside(Int)
    /// The denominator without the numerator.
    case rest
  }

  /// What is counted of each group; all else follows from these.
  package var slices: [Slice] {
    [.denominator] + (numerator == nil ? [] : [.numerator])
      + exclusions.indices.map { .exclusion($0) } + beside.indices.map { .beside($0) }
  }

  /// Whether the problems behind one of its numbers say how each was rated.
  package var tellsRatings: Bool {
    divided == .rating
      || ([numerator, denominator] + exclusions + beside).contains {
        $0?.conditions.contains { $0.asks(for: .rating) } ?? false
      }
  }

  package func part(_ slice: Slice) -> Part? {
    switch slice {
    case .numerator: numerator
    case .denominator, .rest: denominator
    case .exclusion(let index): exclusions.indices.contains(index) ? exclusions[index] : nil
    case .beside(let index): beside.indices.contains(index) ? beside[index] : nil
    }
  }
}

/// All definitions, as the file has them.
package struct Definitions: Hashable, Sendable, Codable {
  package let version: Int
  /// A group of fewer is shown without a grade and without a place among others.
  package let minimum: Int
  /// Words of channels.
  package let origins: OriginWords
  package let figures: [Definition]

  package init(
    version: Int, minimum: Int = 0, origins: OriginWords = OriginWords([:]),
    figures: [Definition]
  ) {
    (self.version, self.minimum) = (version, minimum)
    (self.origins, self.figures) = (origins, figures)
  }

  package subscript(code: String) -> Definition? { figures.first { $0.code == code } }
}
