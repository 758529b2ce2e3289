import Domain
import HTTP

/// What a thing looks like outside: its answer and its schema follow from the same fields.
package struct Shape<Value: Sendable>: Sendable {
  package let name: String
  package let fields: [Field<Value>]

  /// What writing needs of the fields: an answer of fifty things has a thousand.
  private let members: [Member]

  private struct Member {
    let name: String
    let key: JSONKey
    let write: @Sendable (Value, inout JSONWriter) -> Void
  }

  package init(_ name: String, _ fields: [Field<Value>]) {
    (self.name, self.fields) = (name, fields)
    members = fields.map { Member(name: $0.name, key: JSONKey($0.name), write: $0.write) }
  }

  package var schema: Schema { .object(object) }

  /// All its fields are always there, null where there is nothing to say.
  package var object: ObjectSchema {
    ObjectSchema(name, fields.map { .init($0.name, $0.schema) })
  }

  /// The same where the request may ask for some of the fields only: another schema, by a name of its own.
  package var sparse: ObjectSchema {
    ObjectSchema(name + "Fields", fields.map { .init($0.name, $0.schema, isRequired: false) })
  }

  /// - Parameter chosen: names of fields; nil for all.
  package func write(_ value: Value, chosen: Set<String>? = nil, to writer: inout JSONWriter) {
    writer.object { writer in
      for member in members where chosen?.contains(member.name) ?? true {
        writer.key(member.key)
        member.write(value, &writer)
      }
    }
  }
}

/// One member of a shape.
package struct Field<Value: Sendable>: Sendable {
  package let name: String
  package let schema: Schema
  let write: @Sendable (Value, inout JSONWriter) -> Void

  /// Something plain: a text, a number, an id, a time, a choice, or a list of them; null where it may be nil.
  package init<Plain: JSONWritable>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Plain
  ) {
    (self.name, schema) = (name, Plain.schema)
    write = { get($0).write(to: &$1) }
  }

  package init<Inner>(
    _ name: String, _ shape: Shape<Inner>, _ get: @escaping @Sendable (Value) -> Inner
  ) {
    (self.name, schema) = (name, shape.schema)
    write = { shape.write(get($0), to: &$1) }
  }

  package init<Inner>(
    _ name: String, optional shape: Shape<Inner>, _ get: @escaping @Sendable (Value) -> Inner?
  ) {
    (self.name, schema) = (name, .nullable(shape.schema))
    write = { value, writer in
      if let inner = get(value) { shape.write(inner, to: &writer) } else { writer.null() }
    }
  }

  package init<Inner>(
    _ name: String, list shape: Shape<Inner>, _ get: @escaping @Sendable (Value) -> [Inner]
  ) {
    (self.name, schema) = (name, .list(shape.schema))
    write = { value, writer in
      writer.array { for inner in get(value) { shape.write(inner, to: &$0) } }
    }
  }

  /// What is JSON already; an object.
  package init(raw name: String, _ get: @escaping @Sendable (Value) -> String) {
    (self.name, schema) = (name, .map(.any))
    write = { $1.raw(get($0)) }
  }

  /// What has a schema of its own.
  package init(
    _ name: String, _ schema: Schema,
    write: @escaping @Sendable (Value, inout JSONWriter) -> Void
  ) {
    (self.name, self.schema, self.write) = (name, schema, write)
  }
}

/// A plain value that knows how it is written.
package protocol JSONWritable: SendableMetatype {
  static var schema: Schema { get }
  func write(to writer: inout JSONWriter)
}

extension String: JSONWritable {
  package static var schema: Schema { .text() }
  package func write(to writer: inout JSONWriter) { writer.text(self) }
}

extension Int: JSONWritable {
  package static var schema: Schema { .integer() }
  package func write(to writer: inout JSONWriter) { writer.int(Int64(self)) }
}

extension Int64: JSONWritable {
  package static var schema: Schema { .integer() }
  package func write(to writer: inout JSONWriter) { writer.int(self) }
}

extension Double: JSONWritable {
  package static var schema: Schema { .number }
  package func write(to writer: inout JSONWriter) { writer.number(self) }
}

extension Bool: JSONWritable {
  package static var schema: Schema { .bool }
  package func write(to writer: inout JSONWriter) { writer.bool(self) }
}

extension Instant: JSONWritable {
  package static var schema: Schema { .instant }
  package func write(to writer: inout JSONWriter) { writer.text(preciseDescription) }
}

extension Day: JSONWritable {
  package static var schema: Schema { .day }
  package func write(to writer: inout JSONWriter) { writer.text(description) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  package static var schema: Schema { .nullable(Wrapped.schema) }

  package func write(to writer: inout JSONWriter) {
    if let value = self { value.write(to: &writer) } else { writer.null() }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  package static var schema: Schema { .list(Element.schema) }

  package func write(to writer: inout JSONWriter) {
    writer.array { for item in self { item.write(to: &$0) } }
  }
}

/// An id leaves as text.
package struct IDText: JSONWritable {
  let value: Int64

  package init(_ id: some NumberedID) { value = id.value }
  package init(_ value: Int64) { self.value = value }

  package static var schema: Schema { .id }
  package func write(to writer: inout JSONWriter) { writer.text(String(value)) }
}

/// One of a few words.
package struct Choice<Word>: JSONWritable
where Word: RawRepresentable<String> & CaseIterable & Sendable {
  let word: Word

  package init(_ word: Word) { self.word = word }

  package static var schema: Schema { .choice(Word.allCases.map(\.rawValue)) }
  package func write(to writer: inout JSONWriter) { writer.text(word.rawValue) }
}

extension Field {
  package init<ID: NumberedID>(id name: String, _ get: @escaping @Sendable (Value) -> ID) {
    self.init(name) { IDText(get($0)) }
  }

  package init<ID: NumberedID>(id name: String, _ get: @escaping @Sendable (Value) -> ID?) {
    self.init(name) { get($0).map { IDText($0) } }
  }

  package init<Word>(choice name: String, _ get: @escaping @Sendable (Value) -> Word)
  where Word: RawRepresentable<String> & CaseIterable & Sendable {
    self.init(name) { Choice(get($0)) }
  }

  package init<Word>(choice name: String, _ get: @escaping @Sendable (Value) -> Word?)
  where Word: RawRepresentable<String> & CaseIterable & Sendable {
    self.init(name) { get($0).map { Choice($0) } }
  }
}
