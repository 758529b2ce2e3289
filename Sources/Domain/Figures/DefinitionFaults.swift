extension Definitions {
  /// What is wrong first, in words; nil where nothing is.
  package var fault: String? {
    var seen: Set<String> = []
    for figure in figures {
      if !seen.insert(figure.code).inserted { return "\(figure.code) stands there twice" }
      if let fault = figure.fault { return "\(figure.code): \(fault)" }
    }
    return nil
  }
}

extension Definition {
  fileprivate var fault: String? {
    if !code.isPlainCode { return "a code is lower-case letters, digits and underscores" }
    switch measure {
    case .percent where numerator == nil: return "a percentage needs a numerator"
    case .shares where divided == nil: return "shares need what they are divided by"
    case .hours where duration == nil: return "hours need a duration"
    default: break
    }
    if let grades, grades.count != Grade.allCases.count - 1 || grades != ordered(grades) {
      return "grades are three limits, the best first"
    }
    if let fault = wrongColumn { return fault }
    for part in [numerator, denominator].compactMap(\.self) + exclusions + beside {
      if let fault = part.conditions.lazy.compactMap(fault(in:)).first { return fault }
    }
    if (exclusions + beside).contains(where: { $0.code == nil }) {
      return "exclusions and what stands beside need a code"
    }
    return nil
  }

  private func ordered(_ grades: [Double]) -> [Double] {
    sense == .less ? grades.sorted() : grades.sorted(by: >)
  }

  /// Of what puts it into a period, what it is divided by and how long it takes.
  private var wrongColumn: String? {
    if subject == .targets, member != nil || divided != nil || duration != nil {
      return "targets are of an instant: no member, no duration, not divided"
    }
    let milestones = [member, duration?.from, duration?.to].compactMap(\.self)
    return milestones.lazy.compactMap(fault(of:)).first ?? divided.flatMap(fault(of:))
  }

  private func fault(of milestone: Milestone) -> String? {
    [.paired, .contacted].contains(milestone) == (subject == .targets)
      ? nil : "\(milestone.rawValue) is nothing \(subject.rawValue) have"
  }

  /// Of an attribute whose values are codes.
  private func fault(of attribute: Attribute) -> String? {
    if attribute == .round { return "a round is a number: ask for at_least" }
    let isTheirs = subject == .targets ? [.kind, .track].contains(attribute) : attribute != .kind
    return isTheirs ? nil : "\(attribute.rawValue) is nothing \(subject.rawValue) have"
  }

  private func fault(in condition: Condition) -> String? {
    switch condition {
    case .reached(let milestone), .notReached(let milestone): return fault(of: milestone)
    case .within(let days, let milestone):
      return (1...36_500).contains(days)
        ? fault(of: milestone) : "within counts days, from 1 to 36500"
    case .before(let one, let other): return fault(of: one) ?? fault(of: other)
    case .among(let attribute, let values), .notAmong(let attribute, let values):
      if values.isEmpty || !values.allSatisfy(\.isPlainCode) {
        return "values of \(attribute.rawValue) are codes, at least one"
      }
      return fault(of: attribute)
    case .atLeast(let attribute, let number):
      if attribute != .round { return "only rounds are numbers" }
      if subject == .targets { return "round is nothing targets have" }
      return (1...999).contains(number) ? nil : "at_least counts rounds, from 1 to 999"
    case .any(let conditions):
      return conditions.isEmpty
        ? "any needs conditions" : conditions.lazy.compactMap(fault(in:)).first
    }
  }
}

extension String {
  /// Safe in SQL, addresses and element ids.
  var isPlainCode: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
      }
  }
}
