import Domain
import HTTP

/// Small pieces of HTML that a page has very many of.
enum Markup {
  /// The options of a choice.
  static func options(_ choices: [(value: String, name: String)], chosen: String) -> String {
    var html = ""
    for choice in choices {
      html += "<option value=\"\(escaped(choice.value))\""
      html += choice.value == chosen ? " selected>" : ">"
      html += escaped(choice.name)
      html += "</option>"
    }
    return html
  }

  /// A lamp with its shape, so that it can be told without colour.
  static func lamp(_ lamp: Lamp, _ words: Wording) -> String {
    let view = words.lamp(lamp)
    let name = escaped(view["name"] as? String ?? "")
    let shape = view["shape"] as? String ?? ""
    return
      "<span class=\"lamp \(lamp.rawValue)\" role=\"img\" aria-label=\"\(name)\">\(shape)</span>"
  }

  /// All four, made once a page.
  static func lamps(_ words: Wording) -> [Lamp: String] {
    Dictionary(
      uniqueKeysWithValues: [Lamp.green, .yellow, .red, .grey].map { ($0, lamp($0, words)) })
  }
}
