/// A column of the 台账 that can be chosen; number and title are always there.
package enum ListColumn: String, Sendable, CaseIterable {
  case track, concerns, unit, state, category, difficulty, tier, found, registered, due, left,
    outcome

  /// What is shown where nothing was chosen.
  package static let usual: [ListColumn] = [.concerns, .unit, .state, .left]
}
