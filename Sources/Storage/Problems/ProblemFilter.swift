import Domain

/// What a list of problems is narrowed to.
package struct ProblemFilter: Hashable, Sendable {
  package var track: Track?
  package var state: ProblemState?
  package var category: String?
  package var difficulty: Difficulty?
  /// The code of a tier of the procedure.
  package var tier: String?
  package var outcome: Outcome?
  /// How the asker rated the current round.
  package var rating: Rating?
  package var number: Int64?
  /// Of the open milestone due first.
  package var lamp: Lamp?
  /// The path of a subtree of units, one of which leads.
  package var handler: String?
  /// The path of a subtree of units, in which it concerns a place or an enterprise.
  package var place: String?
  package var found = DaySpan()
  package var registered = DaySpan()
  package var due = DaySpan()
  /// What a search for words brought up.
  package var among: [ProblemID]?
  package var sort: ProblemSort?

  package init() {}

  /// Only those with an open milestone past its due instant.
  package var overdue: Bool {
    get { lamp == .red }
    set { lamp = newValue ? .red : nil }
  }

  /// Whether only what is due is listed: few, and found by problems_due.
  var isOfLamp: Bool { !due.isOpen || (lamp != nil && lamp != .grey) }

  /// In the order an index serves: by the day that is asked for, else the newest first.
  package var order: ProblemSort {
    if let sort { return sort }
    if isOfLamp { return .due }
    if !registered.isOpen { return .registered }
    return found.isOpen ? .newest : .found
  }
}

/// Days from one to another, both included; without an end it is open there.
package struct DaySpan: Hashable, Sendable {
  package var from: Day?
  package var to: Day?

  package init(from: Day? = nil, to: Day? = nil) { (self.from, self.to) = (from, to) }

  package var isOpen: Bool { from == nil && to == nil }
}

/// The order of a list of problems.
package enum ProblemSort: String, Sendable, CaseIterable {
  /// By id, the newest first.
  case newest
  /// What is due first, first.
  case due
  /// By the time of registration, and by the day they were found, the newest first.
  case registered, found
}

/// Where a page of a list of problems ends.
package struct ProblemCursor: Hashable, Sendable, LosslessStringConvertible {
  package let id: ProblemID
  /// In milliseconds, or a day's number: what the list is in the order of. The newest first need none.
  package let key: Int64?

  package init(_ id: ProblemID, key: Int64? = nil) { (self.id, self.key) = (id, key) }

  /// `17`, or `1790000000000.17`
  package init?(_ text: String) {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
    switch (numbers.count, numbers.first ?? nil, numbers.last ?? nil) {
    case (1, let id?, _): self.init(ProblemID(id))
    case (2, let key?, let id?): self.init(ProblemID(id), key: key)
    default: return nil
    }
  }

  package var description: String { (key.map { "\($0)." } ?? "") + String(id.value) }
}
