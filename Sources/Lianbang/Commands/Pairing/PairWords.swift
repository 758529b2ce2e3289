import Documents
import Domain
import HTTP
import Optimizer
import Web

/// What the commands about bare instances say.
extension Console {
  func text(_ fault: PairFileFault) -> String {
    switch fault {
    case .unreadable(let name): catalogue.text("pair.unreadable", ["name": told(name)])
    case .json(let name, let fault):
      catalogue.text(
        fault.place.isEmpty ? "pair.json" : "pair.json_at",
        [
          "name": told(name), "line": "\(fault.line)", "column": "\(fault.column)",
          "place": fault.place,
          "what": text(fault.kind),
        ])
    case .assignment(let name, let fault): "\(told(name)): \(text(fault))"
    case .wrongAnswer: catalogue.text("pair.wrong_answer")
    }
  }

  private func told(_ name: String) -> String {
    name == "-" ? catalogue.text("pair.standard_input") : name
  }

  private func text(_ fault: JSONFault.Kind) -> String {
    switch fault {
    case .wanted(let what): catalogue.text("pair.json.wanted", ["what": what])
    case .noValue: catalogue.text("pair.json.no_value")
    case .ends: catalogue.text("pair.json.ends")
    case .more: catalogue.text("pair.json.more")
    case .noWholeNumber: catalogue.text("pair.json.no_whole_number")
    case .tooLarge: catalogue.text("pair.json.too_large")
    case .negative: catalogue.text("pair.json.negative")
    case .badText: catalogue.text("pair.json.bad_text")
    case .tooDeep: catalogue.text("pair.json.too_deep")
    case .missing(let name): catalogue.text("pair.json.missing", ["name": name])
    case .twice(let name): catalogue.text("pair.json.twice", ["name": name])
    case .nameTaken(let name, let other):
      catalogue.text("pair.json.name_taken", ["name": name, "n": "\(other)"])
    case .noArc: catalogue.text("pair.json.no_arc")
    case .noPair: catalogue.text("pair.json.no_pair")
    case .unknownStatus(let name): catalogue.text("pair.json.unknown_status", ["name": name])
    }
  }

  private func text(_ fault: Optimizer.Fault) -> String {
    func said(_ key: String, _ list: String, _ index: Int) -> String {
      "\(list)[\(index)]: \(catalogue.text(key))"
    }
    return switch fault {
    case .arcOutOfRange(let arc): said("pair.fault.arc_out_of_range", "arcs", arc)
    case .arcTwice(let arc): said("pair.fault.arc_twice", "arcs", arc)
    case .negativeCapacity(let official): said("pair.json.negative", "officials", official)
    case .negativeMinimum(let official): said("pair.json.negative", "officials", official)
    case .negativeDemand(let target): said("pair.json.negative", "targets", target)
    case .fallingLoadCost(let index): said("pair.fault.load_cost_falls", "load_cost", index)
    case .tooLarge: catalogue.text("pair.fault.too_large")
    case .noMemory: catalogue.text("pair.fault.no_memory")
    }
  }

  func text(_ fault: PairAnswerFault) -> String {
    catalogue.text("pair.wrong.\(fault.code)", fault.arguments)
  }

  /// An answer for people: what it comes to, then everybody by name.
  func words(_ answer: Assignment.Answer, of instance: BareInstance) -> String {
    switch answer {
    case .optimal(let optimum): words(optimum, of: instance)
    case .infeasible(let shortage): words(shortage, of: instance)
    }
  }

  private func words(_ optimum: Assignment.Optimum, of instance: BareInstance) -> String {
    var text = catalogue.text(
      "pair.optimal", ["cost": "\(optimum.cost)", "n": "\(optimum.used.count)"])
    for index in optimum.used {
      let arc = instance.assignment.arcs[index]
      text += "\n  \(instance.official(Int(arc.official))) → \(instance.target(Int(arc.target)))"
    }
    return text + "\n"
  }

  private func words(_ shortage: Assignment.Shortage, of instance: BareInstance) -> String {
    let need = instance.assignment.need(of: shortage)
    let arguments = [
      "coverable": "\(shortage.coverable)", "deficiency": "\(shortage.deficiency)",
      "total": "\(shortage.coverable + shortage.deficiency)", "wanted": "\(need.wanted)",
      "available": "\(need.available)",
    ]
    let names: [String]
    var text: String
    if shortage.officials.isEmpty {
      names = shortage.targets.map { instance.target($0) }
      text =
        catalogue.text("pair.infeasible", arguments) + "\n"
        + catalogue.text("pair.proof.targets", arguments)
    } else {
      names = shortage.officials.map { instance.official($0) }
      text =
        catalogue.text("pair.infeasible_minima", arguments) + "\n"
        + catalogue.text(
          need.wanted > need.available ? "pair.proof.officials" : "pair.proof.capacity", arguments)
    }
    for name in names { text += "\n  \(name)" }
    return text + "\n"
  }
}

extension BareInstance {
  fileprivate func official(_ index: Int) -> String {
    officialNames[index] ?? "officials[\(index)]"
  }

  fileprivate func target(_ index: Int) -> String {
    targetNames[index] ?? "targets[\(index)]"
  }
}
