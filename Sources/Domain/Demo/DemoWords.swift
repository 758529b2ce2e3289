/// Whom the demo city is made of: names that are put together, none of them anybody's.
package struct DemoCityWords: Sendable, Codable {
  package let city: String
  package let cityCode: String
  package let counties: [County]
  package let departments: [String]
  package let furtherDepartments: [String]
  package let placeFirst: String
  package let placeSecond: String
  package let surnames: String
  package let given: String
  package let firmFirst: String
  package let firmSecond: String
  package let trades: [Trade]
  package let posts: [String: [String]]
  package let expertise: [String: [String]]

  package struct County: Sendable, Codable {
    package let name: String
    /// Before the names of its departments.
    package let short: String
    package let code: String?
    /// Weights: of a hundred-odd townships, villages, enterprises.
    package let townships: Int
    package let villages: Int
    package let enterprises: Int
    /// Of its townships those that are street offices.
    package let street: Int
    /// How long its units take: 1 as long as most.
    package let pace: Double
  }

  package struct Trade: Sendable, Codable {
    package let word: String
    package let industry: String
    package let kind: String?
  }
}

/// What is said of problems in the demo city. `{…}` are filled in.
package struct DemoProblemWords: Sendable, Codable {
  package let categories: [Category]
  package let channels: [String]
  package let banks: [String]
  package let judged: [String]
  package let demands: [String]
  package let feedbacks: [String]
  package let answers: [String]
  package let coAnswers: [String]
  package let evidence: [String]
  package let verified: [String]
  package let failed: [String]
  package let praise: [String]
  package let blame: [String]
  package let visits: [String]
  package let objections: [String]
  package let upheld: [String]
  package let rejected: [String]
  package let extensions: [String]
  package let granted: [String]
  package let refused: [String]
  package let suspended: [String]
  package let bases: [String]
  package let resumed: [String]
  package let shelved: [String]
  package let unshelved: [String]
  package let escalated: [String]
  package let tried: [String]
  package let declined: [String]
  package let instead: [String]
  package let merged: [String]
  package let looked: [String]
  package let relapsed: [String]
  package let batches: [String]

  package struct Category: Sendable, Codable {
    package let track: Track
    package let code: String
    /// Whose it mostly is: a department's name without its place.
    package let department: String
    package let co: String?
    package let taskforce: String?
    package let titles: [String]
    package let details: [String]
    package let results: [String]
  }

  package func category(_ track: Track, _ code: String) -> Category {
    categories.first { $0.track == track && $0.code == code }!
  }
}

/// Fills the gaps of a text with numbers and names that go together within one problem.
package struct DemoPhrases: Sendable {
  private let values: [(gap: String, value: String)]

  package init(_ words: DemoProblemWords, department: String, _ dice: inout Dice) {
    values = [
      ("{n}", "\(dice.whole(3...60) * 10)"), ("{m}", "\(dice.whole(4...90))"),
      ("{k}", "\(dice.whole(12...80))"), ("{c}", "\(dice.whole(2...9))"),
      ("{bank}", dice.pick(words.banks)), ("{department}", department),
    ]
  }

  package func fill(_ text: String) -> String {
    guard text.contains("{") else { return text }
    return values.reduce(text) { $0.replacing($1.gap, with: $1.value) }
  }
}
