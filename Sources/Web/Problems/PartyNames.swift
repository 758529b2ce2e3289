import Domain
import HTTP
import Services

/// What those who answer for legs are called.
struct PartyNames {
  let words: Wording
  let detail: ShowProblem.Detail

  func name(of party: Leg.Party) -> String {
    switch party {
    case .unit(let id): unit(id)
    case .official(let id): official(id)
    }
  }

  func unit(_ id: UnitID) -> String { detail.parties.units[id] ?? "" }

  func official(_ id: OfficialID) -> String {
    detail.parties.officials[id] ?? words("actor.erased")
  }

  func role(of leg: Leg) -> String { words("leg_role.\(leg.role.rawValue)") }

  /// `主办 · 示例市/清河县/清河县水利局`
  func name(of leg: Leg) -> String { "\(role(of: leg)) · \(name(of: leg.party))" }

  /// `主办 清河县水利局`: as short as it can be told apart in a line.
  func shortName(of leg: Leg) -> String {
    let name = name(of: leg.party)
    return "\(role(of: leg)) \(name.split(separator: "/").last.map(String.init) ?? name)"
  }

  /// A leg of any round by its number; nil for the lead handler's.
  func leg(_ number: Int?) -> Leg? {
    guard let number else { return nil }
    return detail.problem.rounds.lazy.flatMap(\.legs).first { $0.number == number }
  }
}
