import HTTP
import NIOCore

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
    var writer = JSONWriter()
    write(to: &writer)
    return String(buffer: writer.buffer)
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let text): text.write(to: &writer)
    case .number(let number): writer.int(number)
    case .flag(let flag): writer.bool(flag)
    case .object(let fields):
      writer.object { writer in
        for (name, value) in fields {
          writer.key(name)
          value.write(to: &writer)
        }
      }
    case .list(_, let items): writer.array { for item in items { item.write(to: &$0) } }
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
