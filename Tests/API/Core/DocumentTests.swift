import API
import Domain
import Foundation
import HTTP
import HTTPTypes
import Services
import TestSupport
import Testing

/// The document and the routes, each held against the other.
@Suite struct DocumentTests {
  private static func document() async throws -> [String: Any] {
    try await Engine.sqlite.withDatabase { database in
      let test = try await TestPlatform(database)
      let client = try APIClient(test)
      let answer = try await client.get("/openapi.json", as: nil)
      #expect(answer.status == 200 && answer.headers[.contentType] == "application/json")
      let read = try JSONSerialization.jsonObject(with: Data(answer.text.utf8))
      return try #require(read as? [String: Any])
    }
  }

  @Test func everyRouteIsDescribedAndNoOther() async throws {
    let (routes, described) = try await Engine.sqlite.withDatabase { database in
      let client = try APIClient(try await TestPlatform(database))
      let document = try #require(
        try JSONSerialization.jsonObject(
          with: Data(try await client.get("/openapi.json", as: nil).text.utf8)) as? [String: Any])
      let paths = try #require(document["paths"] as? [String: [String: Any]])
      let described = paths.flatMap { path, item in item.keys.map { "\($0) \(path)" } }
      let routes = client.routes.endpoints.map { "\($0.method.rawValue.lowercased()) \($0.path)" }
      return (routes, described)
    }
    #expect(Set(routes) == Set(described))
    #expect(Set(routes).count == routes.count, "a route that is there twice")
  }

  @Test func namesAreUniqueAndHaveTexts() async throws {
    let endpoints = try await Engine.sqlite.withDatabase { database in
      try APIClient(try await TestPlatform(database)).routes.endpoints
    }
    let names = endpoints.map(\.name)
    #expect(Set(names).count == names.count)
    for texts in APIClient.texts.values {
      for key in names.map({ "api.op.\($0)" }) + endpoints.map({ "api.area.\($0.areaName)" }) {
        #expect(texts.has(key), "\(texts.language): \(key)")
      }
      // The other way: no text of an operation that is gone.
      let spare = texts.keys.filter { $0.hasPrefix("api.op.") }
        .subtracting(names.map { "api.op.\($0)" })
      #expect(spare == [])
    }
    // One schema for one name.
    var members: [String: [String]] = [:]
    for object in endpoints.flatMap(Self.schemas) {
      let own = object.members.map(\.name)
      #expect(members[object.name] == nil || members[object.name] == own, "\(object.name)")
      members[object.name] = own
    }
  }

  private static func schemas(of endpoint: Endpoint) -> [ObjectSchema] {
    var found: [ObjectSchema] = []
    if case .json(let body) = endpoint.body { found += nested(.object(body)) }
    if case .json(_, let answer) = endpoint.answer { found += nested(.object(answer)) }
    return found
  }

  private static func nested(_ schema: Schema) -> [ObjectSchema] {
    switch schema {
    case .object(let object): [object] + object.members.flatMap { nested($0.schema) }
    case .list(let inner, _, _), .nullable(let inner), .map(let inner): nested(inner)
    default: []
    }
  }

  /// OpenAPI 3.1.0: what must be there, and references that lead somewhere.
  @Test func isOpenAPI() async throws {
    let document = try await Self.document()
    #expect(document["openapi"] as? String == "3.1.0")
    let info = try #require(document["info"] as? [String: Any])
    #expect(info["title"] is String && info["version"] as? String == Version.text)
    let components = try #require(document["components"] as? [String: [String: Any]])
    var references: Set<String> = []
    Self.collect(document, into: &references)
    #expect(!references.isEmpty)
    for reference in references {
      let parts = reference.split(separator: "/").map(String.init)
      #expect(parts.count == 4 && components[parts[2]]?[parts[3]] != nil, "\(reference)")
    }
  }

  private static func collect(_ value: Any, into references: inout Set<String>) {
    if let object = value as? [String: Any] {
      if let reference = object["$ref"] as? String { references.insert(reference) }
      for inner in object.values { collect(inner, into: &references) }
    } else if let items = value as? [Any] {
      for inner in items { collect(inner, into: &references) }
    }
  }

  /// The page for people names every operation, in both languages, and nothing from elsewhere.
  @Test(arguments: ["zh", "en"])
  func thePage(language: String) async throws {
    let (text, endpoints) = try await Engine.sqlite.withDatabase { database in
      let client = try APIClient(try await TestPlatform(database))
      let page = try await client.get("/docs?lang=\(language)", as: nil)
      return (page.text, client.routes.endpoints)
    }
    for endpoint in endpoints { #expect(text.contains("id=\"\(endpoint.name)\"")) }
    #expect(!text.contains("http://") && !text.contains("https://") && !text.contains("<script"))
    #expect(!text.contains(">api."), "a text that is missing")
  }
}
