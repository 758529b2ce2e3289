import Domain

/// How what is asked of figures is written in addresses, of pages and of the interface for programs.
extension FigureRequest {
  /// A day stands for its end.
  package static func instant(_ text: String) -> Instant? {
    Day(text).map { Instant(startOf: $0 + 1) } ?? Instant(text: text)
  }

  /// - Returns: nil for a period that ends before it begins.
  package static func period(from: Day?, to: Day?) -> FigureQuery.Period? {
    guard let day = from ?? to else { return nil }
    let period = FigureQuery.Period(
      from: from ?? Day("2000-01-01")!, to: to ?? max(day, Day("2100-01-01")!))
    return period.from <= period.to ? period : nil
  }

  /// What the page of the flow shows: how far problems came, which layer solved them, and on which days.
  package var flow: [FigureRequest] {
    let all: [(String, FigureQuery.Dimension?)] = [
      ("progress", nil), ("tier_flow", .origin), ("tier_flow", .tier), ("found_count", .day),
      ("closed_count", .day),
    ]
    return all.map { code, dimension in
      var one = self
      (one.code, one.dimension) = (code, dimension)
      return one
    }
  }
}

extension Definition {
  package func name(of slice: Slice) -> String {
    switch slice {
    case .numerator: "numerator"
    case .denominator: "denominator"
    case .rest: "rest"
    case .exclusion(let index): "excluded." + (exclusions[index].code ?? "")
    case .beside(let index): "beside." + (beside[index].code ?? "")
    }
  }

  package func slice(named name: String) -> Slice? {
    switch name {
    case "numerator": return numerator == nil ? nil : .numerator
    case "denominator", "": return .denominator
    case "rest": return numerator == nil ? nil : .rest
    default:
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      let list = parts[0] == "excluded" ? exclusions : beside
      guard let index = list.firstIndex(where: { $0.code == parts[1] }) else { return nil }
      return parts[0] == "excluded" ? .exclusion(index) : .beside(index)
    }
  }
}

extension ListFigureMembers.Which {
  /// A group or a share without a value has an empty key, which an address must be able to say: `-`.
  package static func key(_ text: String) -> String? {
    switch text {
    case "": nil
    case "-": ""
    default: text
    }
  }
}

extension FigureMember {
  /// `17.2`
  package init?(_ text: String) {
    let parts = text.split(separator: ".").map { Int64($0) }
    guard parts.count == 2, let problem = parts[0], let span = parts[1],
      (0..<1_000_000).contains(span)
    else { return nil }
    self.init(problem: ProblemID(problem), span: Int(span))
  }

  package var text: String { "\(problem.value).\(span)" }
}
