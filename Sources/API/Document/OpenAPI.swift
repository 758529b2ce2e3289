import Domain
import HTTP
import HTTPTypes
import NIOCore
import Services

/// The interface in OpenAPI 3.1, made of the endpoints themselves.
package struct OpenAPI {
  private let endpoints: [Endpoint]
  private let texts: Catalogue

  package init(_ endpoints: [Endpoint], _ texts: Catalogue) {
    (self.endpoints, self.texts) = (endpoints, texts)
  }

  package var document: ByteBuffer {
    var writer = JSONWriter(capacity: 1 << 18)
    writer.object { writer in
      writer.member("openapi", "3.1.0")
      writer.key("info")
      writer.object {
        $0.member("title", texts.text("api.title"))
        $0.member("version", Version.text)
        $0.member("description", texts.text("api.about"))
      }
      writer.key("servers")
      writer.array { $0.object { $0.member("url", APIRoutes.root) } }
      writer.key("security")
      writer.array {
        $0.object {
          $0.key("token")
          $0.array { _ in }
        }
      }
      writer.key("tags")
      writer.array { writer in
        for area in areas {
          writer.object {
            $0.member("name", area)
            $0.member("description", texts.text("api.area.\(area)"))
          }
        }
      }
      writer.key("paths")
      writer.object { paths(&$0) }
      writer.key("components")
      writer.object { components(&$0) }
    }
    return writer.buffer
  }

  private var areas: [String] {
    var seen: Set<String> = []
    return endpoints.map(\.areaName).filter { seen.insert($0).inserted }
  }

  // MARK: Paths

  private func paths(_ writer: inout JSONWriter) {
    var seen: Set<String> = []
    for path in endpoints.map(\.path) where seen.insert(path).inserted {
      writer.key(path)
      writer.object { writer in
        for endpoint in endpoints where endpoint.path == path {
          writer.key(endpoint.method.rawValue.lowercased())
          writer.object { operation(endpoint, &$0) }
        }
      }
    }
  }

  private func operation(_ endpoint: Endpoint, _ writer: inout JSONWriter) {
    writer.member("operationId", endpoint.name)
    writer.member("summary", texts.text("api.op.\(endpoint.name)"))
    writer.key("tags")
    writer.array { $0.text(endpoint.areaName) }
    if let area = endpoint.area {
      writer.member("x-scope", TokenScope(area, writes: endpoint.isWriting).text)
    }
    writer.key("parameters")
    writer.array { writer in
      for name in endpoint.placeNames {
        parameter(name, in: "path", endpoint.places[name] ?? .id, isRequired: true, &writer)
      }
      for one in endpoint.query {
        parameter(one.name, in: "query", one.schema, isRequired: one.isRequired, &writer)
      }
      if endpoint.method == .post {
        parameter("Idempotency-Key", in: "header", .text(least: 1, most: 255), &writer)
      }
      switch endpoint.versions {
      case .none: break
      case .told where endpoint.method == .get:
        parameter("If-None-Match", in: "header", .text(), &writer)
      case .told: break
      case .checked: parameter("If-Match", in: "header", .text(), &writer)
      }
    }
    if let body = endpoint.body {
      writer.key("requestBody")
      writer.object { writer in
        writer.key("required")
        writer.bool(true)
        writer.key("content")
        writer.object { writer in
          switch body {
          case .json(let schema):
            content(Reply.json, &writer) { write(.object(schema), &$0) }
          case .file:
            content("application/octet-stream", &writer) { $0.object { _ in } }
          }
        }
      }
    }
    writer.key("responses")
    writer.object { responses(endpoint, &$0) }
  }

  private func parameter(
    _ name: String, in place: String, _ schema: Schema, isRequired: Bool = false,
    _ writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("name", name)
      writer.member("in", place)
      if isRequired {
        writer.key("required")
        writer.bool(true)
      }
      let key = "api.parameter.\(name)"
      if texts.has(key) { writer.member("description", texts.text(key)) }
      if case .list = schema, place == "query" {
        // With commas between them.
        writer.member("style", "form")
        writer.key("explode")
        writer.bool(false)
      }
      writer.key("schema")
      write(schema, &writer)
    }
  }

  private func content(
    _ type: String, _ writer: inout JSONWriter, _ schema: (inout JSONWriter) -> Void
  ) {
    writer.key(type)
    writer.object { writer in
      writer.key("schema")
      schema(&writer)
    }
  }

  // MARK: Answers

  private func responses(_ endpoint: Endpoint, _ writer: inout JSONWriter) {
    writer.key(String(endpoint.answer.status.code))
    writer.object { writer in
      writer.member("description", texts.text("api.answer.\(endpoint.answer.status.code)"))
      writer.key("headers")
      writer.object { writer in
        for name in OpenAPI.limitHeaders { header(name, .integer(least: 0), &writer) }
        if endpoint.versions != .none { header("ETag", .text(), &writer) }
        if endpoint.query.contains(where: { $0.name == "after" }) {
          header("Link", .text(), &writer)
        }
        if endpoint.answer.status == .created { header("Location", .text(), &writer) }
      }
      switch endpoint.answer {
      case .json(_, let schema):
        writer.key("content")
        writer.object { writer in
          content(Reply.json, &writer) { write(.object(schema), &$0) }
        }
      case .file(let types):
        writer.key("content")
        writer.object { writer in
          for type in types { content(type, &writer) { $0.object { _ in } } }
        }
      case .nothing: break
      }
    }
    for status in endpoint.refusals {
      writer.key(String(status))
      writer.object { $0.member("$ref", "#/components/responses/E\(status)") }
    }
  }

  private static let limitHeaders = [
    HTTPField.Name.rateLimit, .rateLimitLeft, .rateLimitReset,
  ].map(\.rawName)

  private func header(_ name: String, _ schema: Schema, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.key("schema")
      write(schema, &writer)
    }
  }

  // MARK: Components

  private func components(_ writer: inout JSONWriter) {
    writer.key("securitySchemes")
    writer.object { writer in
      writer.key("token")
      writer.object {
        $0.member("type", "http")
        $0.member("scheme", "bearer")
        $0.member("description", texts.text("api.token"))
      }
    }
    writer.key("responses")
    writer.object { writer in
      for status in Endpoint.allRefusals {
        writer.key("E\(status)")
        writer.object { writer in
          if status == 304 {
            writer.member("description", texts.text("api.answer.304"))
            return
          }
          writer.member("description", texts.text("api.answer.\(status)"))
          writer.key("headers")
          writer.object { writer in
            for name in OpenAPI.limitHeaders { header(name, .integer(least: 0), &writer) }
            if [409, 429, 503].contains(status) {
              header("Retry-After", .integer(least: 0), &writer)
            }
            if status == 401 { header("WWW-Authenticate", .text(), &writer) }
          }
          writer.key("content")
          writer.object { writer in
            content(APIError.type, &writer) { write(.object(APIError.schema), &$0) }
          }
        }
      }
    }
    writer.key("schemas")
    writer.object { writer in
      let taken = Set(named(answers: false).map(\.name))
      for object in named() {
        writer.key(object.name)
        define(object, isClosed: taken.contains(object.name), &writer)
      }
    }
  }

  /// Every named schema, each once, in the order of their names.
  /// - Parameter answers: whether also those of what is answered.
  package func named(answers: Bool = true) -> [ObjectSchema] {
    var found: [String: ObjectSchema] = [:]
    func walk(_ schema: Schema) {
      switch schema {
      case .object(let object):
        if found.updateValue(object, forKey: object.name) == nil {
          object.members.forEach { walk($0.schema) }
        }
      case .list(let inner, _, _), .nullable(let inner), .map(let inner): walk(inner)
      default: break
      }
    }
    for endpoint in endpoints {
      if case .json(let body) = endpoint.body { walk(.object(body)) }
      if answers, case .json(_, let answer) = endpoint.answer { walk(.object(answer)) }
    }
    if answers { walk(.object(APIError.schema)) }
    return found.values.sorted { $0.name < $1.name }
  }

  // MARK: Schemas

  /// - Parameter isClosed: whether it has these members only. Answers may get more: programs pass over what they do
  ///   not know.
  private func define(_ object: ObjectSchema, isClosed: Bool, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("type", "object")
      if isClosed {
        writer.key("additionalProperties")
        writer.bool(false)
      }
      let required = object.members.filter(\.isRequired)
      if !required.isEmpty {
        writer.key("required")
        writer.array { for member in required { $0.text(member.name) } }
      }
      writer.key("properties")
      writer.object { writer in
        for member in object.members {
          writer.key(member.name)
          write(member.schema, &writer)
        }
      }
    }
  }

  /// A schema; a named one by its name.
  private func write(_ schema: Schema, _ writer: inout JSONWriter) {
    switch schema {
    case .object(let object):
      writer.object { $0.member("$ref", "#/components/schemas/\(object.name)") }
    case .nullable(let inner):
      writer.object { writer in
        writer.key("anyOf")
        writer.array { writer in
          write(inner, &writer)
          writer.object { $0.member("type", "null") }
        }
      }
    case .list(let item, let least, let most):
      writer.object { writer in
        writer.member("type", "array")
        bound("minItems", least == 0 ? nil : Int64(least), &writer)
        bound("maxItems", most.map { Int64($0) }, &writer)
        writer.key("items")
        write(item, &writer)
      }
    case .map(let item):
      writer.object { writer in
        writer.member("type", "object")
        writer.key("additionalProperties")
        write(item, &writer)
      }
    case .any: writer.object { _ in }
    default: writer.object { plain(schema, &$0) }
    }
  }

  private func plain(_ schema: Schema, _ writer: inout JSONWriter) {
    switch schema {
    case .text(let least, let most):
      writer.member("type", "string")
      bound("minLength", least == 0 ? nil : Int64(least), &writer)
      bound("maxLength", most.map { Int64($0) }, &writer)
    case .choice(let words):
      writer.member("type", "string")
      writer.key("enum")
      writer.array { for word in words { $0.text(word) } }
    case .integer(let least, let most):
      writer.member("type", "integer")
      writer.member("format", "int64")
      bound("minimum", least, &writer)
      bound("maximum", most ?? .max, &writer)
    case .number: writer.member("type", "number")
    case .bool: writer.member("type", "boolean")
    case .id:
      writer.member("type", "string")
      writer.member("pattern", "^[1-9][0-9]{0,17}$")
    case .day:
      writer.member("type", "string")
      writer.member("format", "date")
    case .instant:
      writer.member("type", "string")
      writer.member("format", "date-time")
    default: break
    }
  }

  private func bound(_ name: String, _ value: Int64?, _ writer: inout JSONWriter) {
    guard let value else { return }
    writer.key(name)
    writer.int(value)
  }
}

extension Endpoint {
  package var areaName: String { area?.rawValue ?? "own" }

  /// The statuses with which it may refuse.
  package var refusals: [Int] {
    // 422 for reading too: a filter that names no unit, a file that was withdrawn.
    var refusals = [400, 401, 403, 404, 406, 422, 429, 503]
    if method == .get, versions != .none { refusals.append(304) }
    if method != .get { refusals += [408, 409] }
    if body != nil { refusals += [413, 415] }
    return refusals.sorted()
  }

  static let allRefusals = [304, 400, 401, 403, 404, 406, 408, 409, 413, 415, 422, 429, 503]
}
