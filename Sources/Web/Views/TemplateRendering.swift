import HTTP

/// Fills a template in, into one buffer. What is asked of every value is first what most are: comparing
/// a type with another is cheap, asking what else a value might be is not.
struct TemplateRendering {
  private let templates: [String: Template]
  private var bytes: [UInt8] = []
  /// The views around the place that is filled in, the innermost last.
  private var scopes: [View] = []

  /// The name of an item that is no view itself.
  private static let item = "."

  /// - Parameter templates: by name, with all their partials.
  init(_ templates: [String: Template]) {
    self.templates = templates
    bytes.reserveCapacity(32 * 1024)
  }

  mutating func text(of template: Template, _ view: View) -> String {
    fill(template.parts, view)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func fill(_ parts: [Template.Part], _ view: View) {
    scopes.append(view)
    fill(parts)
    scopes.removeLast()
  }

  private mutating func fill(_ parts: [Template.Part]) {
    for part in parts {
      switch part {
      case .text(let text): bytes += text
      case .value(let name): if let value = value(name) { escape(TemplateRendering.text(value)) }
      case .html(let name):
        if let value = value(name) { bytes += TemplateRendering.text(value).utf8 }
      case .section(let name, let parts): section(value(name), parts)
      case .inverted(let name, let parts):
        if TemplateRendering.isNothing(value(name)) { fill(parts) }
      case .partial(let name): if let template = templates[name] { fill(template.parts) }
      }
    }
  }

  private mutating func section(_ value: Any?, _ parts: [Template.Part]) {
    guard let value else { return }
    let type = type(of: value)
    if type == Bool.self {
      if value as! Bool { fill(parts) }
    } else if type == [View].self {
      for view in value as! [View] { fill(parts, view) }
    } else if type == View.self {
      fill(parts, value as! View)
    } else if type == String.self {
      fill(parts, [TemplateRendering.item: value])
    } else if let view = value as? View {
      fill(parts, view)
    } else if let values = value as? [Any] {
      for value in values { fill(parts, value as? View ?? [TemplateRendering.item: value]) }
    } else {
      fill(parts, [TemplateRendering.item: value])
    }
  }

  /// The innermost view that has a name says what it is.
  private func value(_ name: String) -> Any? {
    var index = scopes.count
    while index > 0 {
      index -= 1
      if let value = scopes[index][name] { return TemplateRendering.unwrapped(value) }
    }
    return nil
  }

  private static func unwrapped(_ value: Any) -> Any? {
    let type = type(of: value)
    if type == String.self || type == Bool.self || type == [View].self || type == View.self {
      return value
    }
    return if let optional = value as? any OptionalValue { optional.wrapped } else { value }
  }

  private static func isNothing(_ value: Any?) -> Bool {
    guard let value else { return true }
    let type = type(of: value)
    if type == Bool.self { return !(value as! Bool) }
    if type == [View].self { return (value as! [View]).isEmpty }
    if type == String.self || type == View.self { return false }
    return (value as? [Any])?.isEmpty ?? false
  }

  private static func text(_ value: Any) -> String {
    type(of: value) == String.self ? value as! String : String(describing: value)
  }

  private mutating func escape(_ text: String) { appendEscaped(text, to: &bytes) }
}

/// An optional that was put where any value may stand.
private protocol OptionalValue {
  var wrapped: Any? { get }
}

extension Optional: OptionalValue {
  fileprivate var wrapped: Any? { map { $0 as Any } }
}
