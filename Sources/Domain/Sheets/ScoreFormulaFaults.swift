extension ScoreFormula {
  /// What is wrong first, in words; nil where nothing is.
  package func fault(_ definitions: Definitions) -> String? {
    if code.trimmed.isEmpty || zh.trimmed.isEmpty || en.trimmed.isEmpty {
      return "code, zh and en are words"
    }
    if version < 1 { return "version \(version) is below 1" }
    if !(1...30).contains(objectionDays) { return "objection_working_days are 1 to 30" }
    if !(1...100).contains(leastWeight) { return "least_weight is 1 to 100" }
    if grades.count != Grade.allCases.count - 1 || grades != grades.sorted(by: >)
      || !grades.allSatisfy((0...100).contains)
    {
      return "grades are three limits in points, the best first"
    }
    for component in components {
      if let fault = fault(component, definitions[component.figure]) {
        return "\(component.figure): \(fault)"
      }
    }
    for kind in SheetKind.allCases {
      let components = components(of: kind)
      if Set(components.map(\.figure)).count != components.count {
        return "\(kind.rawValue): a figure counts twice"
      }
      if components.reduce(0, { $0 + $1.weight }) != 100 {
        return "\(kind.rawValue): weights do not add up to 100"
      }
      if groups(of: kind).count(where: { $0.endings.contains("") }) != 1 {
        return "\(kind.rawValue): one group, with an empty ending, takes all others"
      }
    }
    return groups.first { $0.zh.trimmed.isEmpty || $0.en.trimmed.isEmpty }.map {
      "group \($0.code) has no name"
    }
  }

  private func fault(_ component: Component, _ definition: Definition?) -> String? {
    guard let definition else { return "there is no such figure" }
    if definition.measure != .percent { return "only percentages are scored" }
    // What targets were like in the past no entry of the ledger tells completely.
    if definition.subject == .targets { return "only figures of problems can be recounted" }
    if component.weight < 1 { return "a weight is at least 1" }
    if let months = component.months {
      if !(1...120).contains(months) { return "months are 1 to 120" }
      if definition.member == nil { return "this figure has no period" }
    }
    let limits = [component.zero, component.full]
    if !limits.allSatisfy((0...100).contains) { return "limits are percentages" }
    switch definition.sense {
    case .more where component.full <= component.zero: return "more is better: full is above zero"
    case .less where component.full >= component.zero: return "less is better: full is below zero"
    case .none: return "neither more nor less is better"
    default: break
    }
    if let missing = component.missing,
      !definition.exclusions.contains(where: { $0.code == missing })
    {
      return "\(missing) is none of its exclusions"
    }
    return nil
  }
}
