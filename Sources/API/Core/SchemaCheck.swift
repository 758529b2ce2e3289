import Domain

/// What is wrong with a value, and where in it.
package struct SchemaFault: Hashable, Sendable {
  package enum Code: String, Sendable, CaseIterable {
    case missing, unknown, type, choice, format
    case tooShort = "too_short"
    case tooLong = "too_long"
    case tooSmall = "too_small"
    case tooLarge = "too_large"
  }

  /// A JSON pointer (RFC 6901).
  package let pointer: String
  package let code: Code

  package init(_ pointer: String, _ code: Code) { (self.pointer, self.code) = (pointer, code) }
}

extension Schema {
  /// Everything that is wrong with a value, in its order.
  package func faults(_ value: JSON, at pointer: String = "") -> [SchemaFault] {
    func fault(_ code: SchemaFault.Code) -> [SchemaFault] { [.init(pointer, code)] }
    switch self {
    case .any: return []
    case .nullable(let schema): return value.isNull ? [] : schema.faults(value, at: pointer)
    case .text(let least, let most):
      guard let text = value.text else { return fault(.type) }
      let count = text.unicodeScalars.count
      if count < least { return fault(.tooShort) }
      return most.map { count > $0 } == true ? fault(.tooLong) : []
    case .choice(let choices):
      guard let text = value.text else { return fault(.type) }
      return choices.contains(text) ? [] : fault(.choice)
    case .integer(let least, let most):
      guard let number = value.int else {
        if case .number = value { return fault(.format) }
        return fault(.type)
      }
      if let least, number < least { return fault(.tooSmall) }
      return most.map { number > $0 } == true ? fault(.tooLarge) : []
    case .number:
      switch value {
      case .int, .number: return []
      default: return fault(.type)
      }
    case .bool: return value.bool == nil ? fault(.type) : []
    case .id: return formed(value, pointer) { Schema.id($0) != nil }
    case .day: return formed(value, pointer) { Day($0) != nil }
    case .instant: return formed(value, pointer) { Instant(rfc3339: $0) != nil }
    case .list(let item, let least, let most):
      guard let items = value.array else { return fault(.type) }
      if items.count < least { return fault(.tooShort) }
      if let most, items.count > most { return fault(.tooLong) }
      return items.enumerated().flatMap { item.faults($1, at: "\(pointer)/\($0)") }
    case .map(let item):
      guard case .object(let members) = value else { return fault(.type) }
      return members.sorted { $0.key < $1.key }
        .flatMap { item.faults($0.value, at: Schema.pointer(pointer, $0.key)) }
    case .object(let object): return object.faults(value, at: pointer)
    }
  }

  private func formed(
    _ value: JSON, _ pointer: String, _ isRight: (String) -> Bool
  ) -> [SchemaFault] {
    guard let text = value.text else { return [.init(pointer, .type)] }
    return isRight(text) ? [] : [.init(pointer, .format)]
  }

  /// One to nineteen digits, no sign, no nought before them.
  package static func id(_ text: String) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0"
    else { return nil }
    return Int64(text)
  }

  fileprivate static func pointer(_ pointer: String, _ name: String) -> String {
    pointer + "/"
      + name.replacing("~", with: "~0").replacing("/", with: "~1")
  }
}

extension ObjectSchema {
  fileprivate func faults(_ value: JSON, at pointer: String) -> [SchemaFault] {
    guard case .object(let given) = value else { return [.init(pointer, .type)] }
    var faults: [SchemaFault] = []
    for member in members {
      let place = Schema.pointer(pointer, member.name)
      if let value = given[member.name] {
        faults += member.schema.faults(value, at: place)
      } else if member.isRequired {
        faults.append(.init(place, .missing))
      }
    }
    let names = Set(members.map(\.name))
    // A name that is written wrongly must not be passed over.
    faults += given.keys.filter { !names.contains($0) }.sorted()
      .map { .init(Schema.pointer(pointer, $0), .unknown) }
    return faults
  }
}
