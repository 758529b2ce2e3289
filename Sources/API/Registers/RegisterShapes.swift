import Domain
import Services
import Storage

/// What entries of all registers have in common.
enum RegisterShapes {
  /// A problem beside an entry.
  static let problem = Shape<ProblemSummary>(
    "RegisterProblem",
    [
      .init(id: "id") { $0.id },
      .init("number") { $0.number },
      .init("title") { $0.title },
      .init(choice: "state") { $0.state },
    ])

  static let contact = Shape<ShownContact>(
    "RegisterContact",
    [
      .init("name") { $0.name },
      .init("post") { $0.post },
      .init("phone") { $0.phone },
    ])

  /// One field that changed. Sealed values are not told.
  struct ChangedField: Sendable {
    let name: String
    let isSealed: Bool
    let from: String?
    let to: String?

    init(_ field: RegisterChange.Field, of register: String) {
      func text(_ value: String?) -> String? {
        RegisterStory.day(value, field.name, of: register)?.description ?? value
      }
      name = field.name
      isSealed = RegisterStory.isSealed(field.name, of: register)
      (from, to) = isSealed ? (nil, nil) : (text(field.from), text(field.to))
    }
  }

  private static let field = Shape<ChangedField>(
    "RegisterChangeField",
    [
      .init("name") { $0.name },
      .init("is_sealed") { $0.isSealed },
      .init("from") { $0.from },
      .init("to") { $0.to },
    ])

  struct NamedChange: Sendable {
    let change: RegisterChange
    let actor: String?
  }

  /// What happened to an entry.
  static let change = Shape<NamedChange>(
    "RegisterChange",
    [
      .init("at") { $0.change.at },
      .init("actor") { $0.actor },
      .init("register") { $0.change.register },
      .init("verb") { $0.change.verb },
      .init("fields", list: field) { named in
        named.change.fields.map { ChangedField($0, of: named.change.register) }
      },
    ])
}

extension RegisterStory {
  var named: [RegisterShapes.NamedChange] {
    changes.map { .init(change: $0, actor: actors[$0.actor]) }
  }
}
