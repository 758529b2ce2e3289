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

  private func fault(in condition: Condition) -> String? {
    let isTarget = subject == .targets
    func check(_ milestone: Milestone) -> String? {
      [.paired, .contacted].contains(milestone) == isTarget
        ? nil : "\(milestone.rawValue) is nothing \(subject.rawValue) have"
    }
    func check(_ attribute: Attribute) -> String? {
      (attribute == .kind || (isTarget && attribute == .track)) == isTarget
        || (attribute == .track && !isTarget)
        ? nil : "\(attribute.rawValue) is nothing \(subject.rawValue) have"
    }
    switch condition {
    case .reached(let milestone), .notReached(let milestone): return check(milestone)
    case .within(let days, let milestone):
      return days > 0 ? check(milestone) : "within counts days, at least one"
    case .before(let one, let other): return check(one) ?? check(other)
    case .among(let attribute, let values), .notAmong(let attribute, let values):
      if values.isEmpty || !values.allSatisfy(\.isPlainCode) {
        return "values of \(attribute.rawValue) are codes, at least one"
      }
      return check(attribute)
    case .atLeast(let attribute, _):
      return attribute == .round ? nil : "only rounds are numbers"
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
