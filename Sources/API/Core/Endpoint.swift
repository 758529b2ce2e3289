import Domain
import HTTP
import HTTPTypes

/// One thing a program can ask for: the route, what it takes and gives, and who does it. The routes and the
/// document that describes them are both made from it.
package struct Endpoint: Sendable {
  /// What the document calls the operation, and the key of its texts: `api.op.NAME`.
  package let name: String
  package let method: HTTPRequest.Method
  /// Below the interface's root, with its places: `/problems/{id}/closure`.
  package let path: String
  /// What of a token's scope it needs; nil: any token will do.
  package let area: APIArea?
  /// Whether it changes something, or is put on record, and so needs the scope to write.
  package let isWriting: Bool
  package let query: [Parameter]
  /// What the places of the path may be; ids where nothing is said.
  package let places: [String: Schema]
  package let body: Body?
  package let answer: Answer
  package let versions: Versions
  let handle: @Sendable (Call) async throws -> Reply

  /// What it has to do with versions, which are ETags outside.
  package enum Versions: Sendable {
    case none
    /// Its answer tells one; a GET says 304 to whoever has it already.
    case told
    /// It also holds `If-Match` against the present one, in the transaction that acts.
    case checked
  }

  package struct Parameter: Sendable {
    package let name: String
    package let schema: Schema
    /// Whether nothing can be answered without it.
    package let isRequired: Bool

    package init(_ name: String, _ schema: Schema, isRequired: Bool = false) {
      (self.name, self.schema, self.isRequired) = (name, schema, isRequired)
    }
  }

  package enum Body: Sendable {
    case json(ObjectSchema)
    /// One file as it is, with its name in the query.
    case file(most: Int)
  }

  package enum Answer: Sendable {
    case json(HTTPResponse.Status, ObjectSchema)
    case nothing
    /// Of these media types.
    case file([String])

    package var status: HTTPResponse.Status {
      switch self {
      case .json(let status, _): status
      case .nothing: .noContent
      case .file: .ok
      }
    }
  }

  package typealias Handler<Value> = @Sendable (Call) async throws -> Value

  /// What every GET of things takes.
  private static func fields<Value>(of shape: Shape<Value>) -> Parameter {
    Parameter("fields", .list(.choice(shape.fields.map(\.name)), least: 1, most: 100))
  }

  static let paging = [
    Parameter("after", .text(least: 1, most: 200)),
    Parameter("limit", .integer(least: 1, most: 200)),
  ]

  private init(
    _ method: HTTPRequest.Method, _ path: String, _ name: String, _ area: APIArea?,
    _ query: [Parameter], _ places: [String: Schema], _ body: Body?, _ answer: Answer,
    _ versions: Versions = .none, isDeed: Bool = false, _ handle: @escaping Handler<Reply>
  ) {
    (self.method, self.path, self.name, self.area) = (method, path, name, area)
    (self.query, self.places, self.body, self.answer) = (query, places, body, answer)
    self.versions = versions
    isWriting = method != .get || isDeed
    self.handle = handle
  }

  /// One thing. What it gives may carry a version, which becomes its ETag.
  /// - Parameters:
  ///   - isDeed: whether the ledger says who looked.
  ///   - version: a look at the version alone, where that costs less than the thing.
  package static func get<Value>(
    _ path: String, _ name: String, _ area: APIArea?, isDeed: Bool = false,
    query: [Parameter] = [], places: [String: Schema] = [:], _ shape: Shape<Value>,
    versions: Versions = .none,
    version: Handler<Int>? = nil, _ handler: @escaping Handler<Found<Value>>
  ) -> Endpoint {
    Endpoint(
      .get, path, name, area, [fields(of: shape)] + query, places, nil,
      .json(.ok, shape.sparse), versions, isDeed: isDeed
    ) { call in
      let chosen = call.chosenFields
      if let version, call.knowsVersions {
        let present = call.tag(String(try await version(call)))
        if call.isKnown(present) { return .notModified(present) }
      }
      let found = try await handler(call)
      let tag = found.version.map { call.tag($0) }
      if let tag, call.isKnown(tag) { return .notModified(tag) }
      return .json(.ok, version: tag) {
        shape.write(found.value, chosen: chosen, to: &$0)
      }
    }
  }

  /// A page of things.
  package static func list<Item>(
    _ path: String, _ name: String, _ area: APIArea?, query: [Parameter] = [],
    places: [String: Schema] = [:], isPaged: Bool = true, _ shape: Shape<Item>,
    _ handler: @escaping Handler<Listed<Item>>
  ) -> Endpoint {
    let item = Schema.object(shape.sparse)
    let answer = ObjectSchema(
      shape.name + "List",
      [.init("items", .list(item)), .init("next", .nullable(.text()))])
    return Endpoint(
      .get, path, name, area, [fields(of: shape)] + (isPaged ? paging : []) + query, places, nil,
      .json(.ok, answer)
    ) { call in
      let chosen = call.chosenFields
      let list = try await handler(call)
      var reply = Reply.json(.ok) { writer in
        writer.object { writer in
          writer.key("items")
          writer.array { writer in
            for item in list.items { shape.write(item, chosen: chosen, to: &writer) }
          }
          writer.key("next")
          list.next.write(to: &writer)
        }
      }
      if let next = list.next { reply.links = [("next", call.address(after: next))] }
      return reply
    }
  }

  /// Something is made: 201 with its address.
  package static func create<Value>(
    _ path: String, _ name: String, _ area: APIArea?, places: [String: Schema] = [:],
    body: ObjectSchema, _ shape: Shape<Value>, versions: Versions = .none,
    _ handler: @escaping Handler<Made<Value>>
  ) -> Endpoint {
    Endpoint(
      .post, path, name, area, [], places, .json(body),
      .json(.created, shape.object), versions
    ) { call in
      let made = try await handler(call)
      var reply = Reply.json(.created, version: made.version) { shape.write(made.value, to: &$0) }
      reply.location = made.path.map { APIRoutes.root + $0 }
      return reply
    }
  }

  /// Something is done to a thing: 200 with how it stands then.
  package static func act<Value>(
    _ path: String, _ name: String, _ area: APIArea?, method: HTTPRequest.Method = .post,
    query: [Parameter] = [], places: [String: Schema] = [:], body: ObjectSchema? = nil,
    _ shape: Shape<Value>, versions: Versions = .none,
    _ handler: @escaping Handler<Found<Value>>
  ) -> Endpoint {
    Endpoint(
      method, path, name, area, query, places, body.map { .json($0) },
      .json(.ok, shape.object), versions
    ) { call in
      let found = try await handler(call)
      return .json(.ok, version: found.version) { shape.write(found.value, to: &$0) }
    }
  }

  /// Something is done of which there is nothing to say: 204.
  package static func act(
    _ path: String, _ name: String, _ area: APIArea?, method: HTTPRequest.Method = .post,
    query: [Parameter] = [], places: [String: Schema] = [:], body: ObjectSchema? = nil,
    _ handler: @escaping Handler<Void>
  ) -> Endpoint {
    Endpoint(method, path, name, area, query, places, body.map { .json($0) }, .nothing) { call in
      try await handler(call)
      return .nothing
    }
  }

  /// A file comes in as the whole body: 201.
  package static func upload<Value>(
    _ path: String, _ name: String, _ area: APIArea?, most: Int, query: [Parameter] = [],
    places: [String: Schema] = [:], _ shape: Shape<Value>, _ handler: @escaping Handler<Made<Value>>
  ) -> Endpoint {
    Endpoint(
      .post, path, name, area, query, places, .file(most: most),
      .json(.created, shape.object)
    ) { call in
      let made = try await handler(call)
      var reply = Reply.json(.created, version: made.version) { shape.write(made.value, to: &$0) }
      reply.location = made.path.map { APIRoutes.root + $0 }
      return reply
    }
  }

  /// A file goes out.
  package static func download(
    _ path: String, _ name: String, _ area: APIArea?, query: [Parameter] = [],
    places: [String: Schema] = [:], types: [String], _ handler: @escaping Handler<Reply>
  ) -> Endpoint {
    Endpoint(.get, path, name, area, query, places, nil, .file(types), .none, handler)
  }
}

/// A thing that was found.
package struct Found<Value: Sendable>: Sendable {
  let value: Value
  let version: String?

  /// - Parameter version: of a thing that has one: becomes its ETag.
  package init(_ value: Value, version: Int? = nil) {
    self.value = value
    self.version = version.map { String($0) }
  }
}

/// A thing that was made.
package struct Made<Value: Sendable>: Sendable {
  let value: Value
  /// Where it is, below the interface's root.
  let path: String?
  let version: String?

  package init(_ value: Value, at path: String? = nil, version: Int? = nil) {
    (self.value, self.path) = (value, path)
    self.version = version.map { String($0) }
  }
}

/// A page of things, and where the next begins.
package struct Listed<Item: Sendable>: Sendable {
  let items: [Item]
  let next: String?

  package init(_ items: [Item], next: String? = nil) { (self.items, self.next) = (items, next) }
}
