import HTTP

/// An answer of Open311 before it is JSON or XML: both say the same in the same order.
indirect enum Open311Node: Sendable {
  /// `null` in one, an empty element in the other where there is none.
  case text(String?)
  case number(Int64)
  case flag(Bool)
  case object([(name: String, value: Open311Node)])
  /// An array in one; in the other elements of one name.
  case list(of: String, [Open311Node])

  var json: String {
    switch self {
    case .text(let text): text.map(JSONText.quoted) ?? "null"
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .object(let fields):
      "{" + fields.map { JSONText.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",")
        + "}"
    case .list(_, let items): "[" + items.map(\.json).joined(separator: ",") + "]"
    }
  }

  /// Without the element it stands in.
  private var content: String {
    switch self {
    case .text(let text): text.map(XMLText.escaped) ?? ""
    case .number(let number): String(number)
    case .flag(let flag): String(flag)
    case .object(let fields): fields.map { $0.value.element($0.name) }.joined()
    case .list(let name, let items): items.map { $0.element(name) }.joined()
    }
  }

  private func element(_ name: String) -> String { "<\(name)>\(content)</\(name)>" }

  /// - Parameter root: of the document; JSON has none.
  func xml(root: String) -> String { XMLText.head + element(root) + "\n" }
}

/// How an answer is written: the end of the address says so.
enum Open311Format: String {
  case json, xml

  var contentType: String {
    self == .json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8"
  }
}
