import Domain
import HTTP

/// A page's frame as it was read: text, and names to be filled in. The part of Mustache
/// (https://mustache.github.io/mustache.5.html) that pages use: values, sections and partials.
struct Template: Sendable {
  enum Part: Sendable {
    /// As UTF-8.
    case text([UInt8])
    case value(String)
    /// A value that is HTML already.
    case html(String)
    case section(String, [Part])
    /// What stands where there is nothing to show in a section.
    case inverted(String, [Part])
    case partial(String)
  }

  let parts: [Part]

  /// What is wrong with a template, in words for whoever writes it.
  struct Fault: Error {
    let text: String
  }

  init(_ source: String) throws(Fault) {
    var reader = TemplateReader(source)
    parts = try reader.parts(of: nil)
  }

  /// The templates it is put together with.
  var partials: Set<String> { Template.partials(in: parts) }

  private static func partials(in parts: [Part]) -> Set<String> {
    parts.reduce(into: []) { names, part in
      switch part {
      case .partial(let name): names.insert(name)
      case .section(_, let parts), .inverted(_, let parts):
        names.formUnion(Template.partials(in: parts))
      case .text, .value, .html: break
      }
    }
  }
}

/// Reads a template from its first byte to its last.
private struct TemplateReader {
  private let source: [UInt8]
  private var place = 0

  private enum Tag {
    case value(String)
    case html(String)
    case section(String)
    case inverted(String)
    case end(String)
    case partial(String)
    case comment
  }

  init(_ source: String) { self.source = Array(source.utf8) }

  /// - Parameter section: whose end is looked for; nil for the whole.
  mutating func parts(of section: String?) throws(Template.Fault) -> [Template.Part] {
    var parts: [Template.Part] = []
    while true {
      let open = find("{{", from: place)
      let text = source[place..<(open ?? source.count)]
      guard let open else {
        if let section { throw Template.Fault(text: "{{#\(section)}} without its end") }
        if !text.isEmpty { parts.append(.text(Array(text))) }
        place = source.count
        return parts
      }
      place = open
      let tag = try tag()
      let line = standsAlone(from: open, tag)
      let kept = line.map { text.prefix(upTo: max(text.startIndex, $0.lowerBound)) } ?? text
      if !kept.isEmpty { parts.append(.text(Array(kept))) }
      if let line { place = line.upperBound }
      switch tag {
      case .value(let name): parts.append(.value(name))
      case .html(let name): parts.append(.html(name))
      case .section(let name): parts.append(.section(name, try self.parts(of: name)))
      case .inverted(let name): parts.append(.inverted(name, try self.parts(of: name)))
      case .partial(let name): parts.append(.partial(name))
      case .comment: break
      case .end(let name):
        guard name == section else { throw Template.Fault(text: "{{/\(name)}} ends nothing") }
        return parts
      }
    }
  }

  private mutating func tag() throws(Template.Fault) -> Tag {
    let isTriple = source[place...].starts(with: "{{{".utf8)
    let closing = isTriple ? "}}}" : "}}"
    let start = place + closing.utf8.count
    guard let end = find(closing, from: start) else {
      throw Template.Fault(text: "{{ without }}")
    }
    place = end + closing.utf8.count
    let inside = String(decoding: source[start..<end], as: UTF8.self)
    let name = String(inside.drop { "#^/>!&".contains($0) }).trimmed
    if name.isEmpty, inside.first != "!" { throw Template.Fault(text: "{{}} without a name") }
    if isTriple { return .html(name) }
    return switch inside.first {
    case "#": .section(name)
    case "^": .inverted(name)
    case "/": .end(name)
    case ">": .partial(name)
    case "&": .html(name)
    case "!": .comment
    default: .value(name)
    }
  }

  /// The whole line of a tag that has one to itself and shows nothing there: the line goes with it.
  private func standsAlone(from open: Int, _ tag: Tag) -> Range<Int>? {
    switch tag {
    case .value, .html: return nil
    case .section, .inverted, .end, .partial, .comment: break
    }
    var start = open
    while start > 0, isSpace(source[start - 1]) { start -= 1 }
    guard start == 0 || source[start - 1] == UInt8(ascii: "\n") else { return nil }
    var end = place
    while end < source.count, isSpace(source[end]) { end += 1 }
    if end == source.count { return start..<end }
    return source[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private func find(_ mark: String, from start: Int) -> Int? {
    source[start...].firstRange(of: mark.utf8)?.lowerBound
  }
}
