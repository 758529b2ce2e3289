import Documents
import Domain

/// What is wrong with an answer, as a code with what it is about.
struct PairAnswerFault {
  let code: String
  var arguments: [String: String] = [:]

  init(code: String, _ arguments: [String: Int] = [:]) {
    self.code = code
    self.arguments = arguments.mapValues(String.init)
  }

  init(_ violation: Assignment.Violation) {
    switch violation {
    case .unsound: self.init(code: "unsound")
    case .arcUnknown(let arc): self.init(code: "arc_unknown", ["arc": arc])
    case .arcTwice(let arc): self.init(code: "arc_twice", ["arc": arc])
    case .demandMissed(let target, let has, let wants):
      self.init(code: "demand_missed", ["target": target, "has": has, "n": wants])
    case .capacityExceeded(let official, let has, let capacity):
      self.init(code: "capacity_exceeded", ["official": official, "has": has, "n": capacity])
    case .minimumMissed(let official, let has, let minimum):
      self.init(code: "minimum_missed", ["official": official, "has": has, "n": minimum])
    case .costWrong(let stated, let found):
      self.init(code: "cost_wrong")
      arguments = ["stated": "\(stated)", "found": found.map(String.init) ?? "–"]
    case .potentialsIncomplete: self.init(code: "potentials_incomplete")
    case .usedTooDear(let arc): self.init(code: "used_too_dear", ["arc": arc])
    case .unusedTooCheap(let arc): self.init(code: "unused_too_cheap", ["arc": arc])
    case .unitTooDear(let official): self.init(code: "unit_too_dear", ["official": official])
    case .unitTooCheap(let official): self.init(code: "unit_too_cheap", ["official": official])
    }
  }

  init(_ violation: Assignment.ShortageViolation) {
    switch violation {
    case .unsound: self.init(code: "unsound")
    case .numbersWrong: self.init(code: "numbers_wrong")
    case .nobodyNamed: self.init(code: "nobody_named")
    case .targetUnknown(let index): self.init(code: "target_unknown", ["target": index])
    case .officialUnknown(let index): self.init(code: "official_unknown", ["official": index])
    case .namedTwice(let index): self.init(code: "named_twice", ["index": index])
    case .noShortage(let wanted, let available):
      self.init(code: "no_shortage", ["wanted": wanted, "available": available])
    case .notNeeded(let index): self.init(code: "not_needed", ["index": index])
    }
  }
}

extension Assignment {
  /// What the independent check says of an answer.
  func faults(in answer: BareAnswer) -> [PairAnswerFault] {
    switch answer {
    case .infeasible(let shortage): return violations(in: shortage).map { PairAnswerFault($0) }
    case .optimal(let cost, let pairs, let potentials):
      var arcOfPair: [SIMD2<Int32>: Int] = [:]
      for pair in pairs { arcOfPair[pair] = -1 }
      for (index, arc) in arcs.enumerated() {
        let pair = SIMD2(arc.official, arc.target)
        if arcOfPair[pair] != nil { arcOfPair[pair] = index }
      }
      let strangers = pairs.filter { arcOfPair[$0] == -1 }
      if !strangers.isEmpty {
        return strangers.map {
          PairAnswerFault(code: "no_arc", ["official": Int($0.x), "target": Int($0.y)])
        }
      }
      let optimum = Optimum(
        cost: cost, used: pairs.map { arcOfPair[$0]! }, potentials: potentials)
      return violations(in: optimum).map { PairAnswerFault($0) }
    }
  }
}
