import Domain
import HTTP
import Services

/// What the words of pages stand in.
extension Wording {
  /// A lamp with its shape, so that it can be told without colour.
  func lamp(_ lamp: Lamp) -> View {
    let shape =
      switch lamp {
      case .green: "●"
      case .yellow: "▲"
      case .red: "■"
      case .grey: "◌"
      }
    return ["color": lamp.rawValue, "shape": shape, "name": self("lamp.\(lamp.rawValue)")]
  }

  /// Options of a choice of tracks.
  func options(_ procedures: Procedures, chosen: String) -> [View] {
    procedures.all.map {
      [
        "value": $0.track.rawValue, "name": pick($0.zh, $0.en),
        "chosen": $0.track.rawValue == chosen,
      ]
    }
  }

  /// Options of a choice of categories.
  func options(_ categories: [Category], chosen: String?) -> [View] {
    categories.map { ["value": $0.code, "name": name(of: $0), "chosen": $0.code == chosen] }
  }

  /// Options of a choice; the values are raw, the names the catalogue's.
  func options(
    _ values: [String], named prefix: String, chosen: String
  ) -> [View] {
    values.map { ["value": $0, "name": self("\(prefix).\($0)"), "chosen": $0 == chosen] }
  }
}
