/// What leads from one state of a visit to the next. Pure: what there is to know comes along.
package enum VisitCommand: Sendable {
  case take(Visit.Visitor, VisitDate)
  case accept
  case move(VisitDate, basis: String)
  /// Into another visit to the same enterprise.
  case join(VisitID, Visit)
  case hold(String)
  case cancel(String)
  case propose(VisitDate, String)
  case decline(String)
  case withdraw

  package var action: VisitAction {
    switch self {
    case .take: .take
    case .accept: .accept
    case .move: .move
    case .join: .join
    case .hold: .hold
    case .cancel: .cancel
    case .propose: .propose
    case .decline: .decline
    case .withdraw: .withdraw
    }
  }

  /// The day the visitor sets, whose month has to have room.
  package var day: Day? {
    switch self {
    case .move(let date, _): date.day
    default: nil
    }
  }
}

extension Visit {
  /// What decisions look at.
  package struct Surroundings: Sendable {
    package let today: Day
    package let rules: VisitRules
    /// How many others count in the month of the day in question.
    package var load = 0
    /// Whether the enterprise asked to be left alone on that day.
    package var isQuiet = false

    package init(today: Day, _ rules: VisitRules) {
      (self.today, self.rules) = (today, rules)
    }
  }

  /// Why something cannot be done, whatever is filled in; none where it can.
  package func refusals(of action: VisitAction, in surroundings: Surroundings) -> [VisitRefusal] {
    guard action.statuses.contains(status) else { return [.status] }
    switch action {
    case .decline where kind == .inspection: return [.inspectionStays]
    case .propose
    where kind == .inspection && moves >= surroundings.rules.inspectionMoves.number:
      return [.movedAlready]
    case .hold where date.day > surroundings.today: return [.notYet]
    default: return []
    }
  }

  /// The visit after a command.
  /// - Throws: `Refused` with all reasons there are.
  package func deciding(
    _ command: VisitCommand, in surroundings: Surroundings
  ) throws(Refused) -> Visit {
    var reasons = refusals(of: command.action, in: surroundings)
    if !reasons.isEmpty { throw Refused(reasons) }
    var next = self
    func required(_ words: String, _ missing: VisitRefusal) -> String? {
      let text = Visit.text(words, &reasons)
      if text == nil { reasons.append(missing) }
      return text
    }
    switch command {
    case .take(let visitor, let date):
      (next.visitor, next.date, next.status) = (visitor, date, .planned)
      reasons += Visit.refusals(of: date, in: surroundings)
    case .accept:
      (next.date, next.status) = (proposed ?? date, .planned)
      if next.date.day < surroundings.today { reasons.append(.dayPassed) }
    case .move(let date, let words):
      let basis = Visit.text(words, &reasons)
      (next.date, next.status) = (date, .planned)
      next.basis = basis ?? self.basis
      if date == self.date, status == .planned { reasons.append(.sameDay) }
      reasons += Visit.refusals(of: date, in: surroundings)
      // The day that the enterprise proposed itself is as good as asked for.
      if date != proposed { reasons += next.disturbance(in: surroundings) }
    case .join(let id, let host):
      let fits =
        host.takesGuests && host.enterprise == enterprise && host != self
        && host.date.day >= surroundings.today
      if !fits { reasons.append(.cannotJoin) }
      (next.date, next.status, next.joinedInto) = (host.date, .joined, id)
    case .hold(let words):
      next.answer = required(words, .resultMissing)
      next.status = .held
    case .cancel(let words):
      next.answer = required(words, .reasonMissing)
      (next.status, next.joinedInto) = (.cancelled, nil)
    case .propose(let date, let words):
      next.answer = required(words, .reasonMissing)
      (next.proposed, next.moves, next.status) = (date, moves + 1, .moved)
      if date == self.date { reasons.append(.sameDay) }
      reasons += Visit.refusals(of: date, in: surroundings)
    case .decline(let words):
      next.answer = required(words, .reasonMissing)
      next.status = .declined
    case .withdraw: next.status = .cancelled
    }
    if next.status != .moved { next.proposed = nil }
    // Settled: why it was moved is in its history.
    if next.status == .planned { next.answer = nil }
    if !reasons.isEmpty { throw Refused(reasons) }
    return next
  }

  /// Whether others may come along with it.
  package var takesGuests: Bool {
    (status == .planned || status == .moved) && visitor != nil
  }

  /// What becomes of one that was to take place with another, of which this has become now. An inspection
  /// is not declined with those it came along with: it stands by itself again.
  package func following(_ host: Visit) -> Visit {
    guard status == .joined else { return self }
    var next = self
    switch host.status {
    case .held: (next.status, next.answer) = (.held, host.answer)
    case .declined where kind != .inspection:
      (next.status, next.answer, next.joinedInto) = (.declined, host.answer, nil)
    case .declined, .cancelled: (next.status, next.joinedInto) = (.planned, nil)
    case .joined: (next.date, next.joinedInto) = (host.date, host.joinedInto)
    case .asked, .planned, .moved: next.date = host.date
    }
    return next
  }

  /// The same, together with another that takes the place of the one it was to take place with.
  package func following(_ heir: Visit, as id: VisitID) -> Visit {
    guard status == .planned else { return self }
    var next = self
    (next.status, next.date, next.joinedInto) = (.joined, heir.date, id)
    return next
  }

  /// Why a visit that nobody asked for is too much on its day.
  func disturbance(in surroundings: Surroundings) -> [VisitRefusal] {
    if isAsked { return [] }
    var reasons: [VisitRefusal] = []
    if surroundings.load >= surroundings.rules.ceiling.number { reasons.append(.ceiling) }
    if surroundings.isQuiet { reasons.append(.quiet) }
    // An inspection under law comes all the same, and says why.
    if kind == .inspection, !reasons.isEmpty { return basis == nil ? [.basisMissing] : [] }
    return reasons
  }

  static func refusals(of date: VisitDate, in surroundings: Surroundings) -> [VisitRefusal] {
    if date.day < surroundings.today { return [.dayPassed] }
    if date.day > surroundings.today + surroundings.rules.horizon.number { return [.tooFar] }
    return []
  }

  /// What somebody typed; nil for nothing.
  static func text(_ words: String, _ reasons: inout [VisitRefusal]) -> String? {
    let text = words.trimmed
    if text.unicodeScalars.count > maximumText { reasons.append(.tooLong) }
    return text.isEmpty ? nil : text
  }
}
