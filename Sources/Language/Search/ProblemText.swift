/// What a problem says, as it is found: its title, whom it concerns and the beginning of the rest.
package enum ProblemText {
  /// Characters of the details that are looked at: what is said first says what it is about.
  private static let beginning = 300

  package static func entry(title: String, concerns: String, detail: String) -> SearchEntry {
    SearchEntry(
      name: title, formerNames: [concerns, String(detail.unicodeScalars.prefix(beginning))],
      hasInitials: false)
  }
}
