/// The rules there are, by name.
package struct ClockRules: Sendable {
  /// In the order of the file.
  package let all: [ClockRule]
  /// The one that holds where no other is named: the first.
  package let standard: ClockRule

  package init(standard: ClockRule, others: [ClockRule] = []) {
    self.standard = standard
    all = [standard] + others
  }

  package subscript(name: String) -> ClockRule? { all.first { $0.name == name } }

  /// For work that needs no clock.
  package static let none = ClockRules(
    standard: ClockRule(name: "", version: 0, rollOver: false, milestones: []))
}
