import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Holds a request against what its endpoint says of itself, before anything is done.
struct CheckedEndpoint: Sendable {
  let endpoint: Endpoint
  private let names: [String]
  private let parameterSchemas: [String: Schema]

  /// Bytes of a JSON body.
  static let maximumBody = 1 << 20

  init(_ endpoint: Endpoint) {
    self.endpoint = endpoint
    names = endpoint.placeNames
    parameterSchemas = Dictionary(
      uniqueKeysWithValues: endpoint.query.map { ($0.name, $0.schema) })
  }

  var takesFile: Bool { if case .file = endpoint.body { true } else { false } }

  /// What fits the document and cannot be all the same, such as a month that is none, is refused otherwise than what
  /// does not fit it.
  func handle(_ call: Call) async throws -> Reply {
    do {
      return try await endpoint.handle(call)
    } catch var error as APIError where error.status == .badRequest {
      error.status = .unprocessableContent
      throw error
    }
  }

  // MARK: Head

  /// Who takes neither what is answered nor everything gets nothing.
  func checkAccept(_ request: Request) throws {
    guard let accept = request.headers[.accept], !accept.isEmpty else { return }
    let types =
      switch endpoint.answer {
      case .json: [Reply.json]
      case .nothing: [String]()
      case .file(let types): types
      }
    if types.isEmpty { return }
    let ranges = accept.lowercased().split(separator: ",").map {
      String($0.prefix { $0 != ";" }).trimmed
    }
    for type in types {
      let family = type.prefix { $0 != "/" } + "/*"
      let plain = String(type.prefix { $0 != ";" })
      if ranges.contains(where: {
        $0 == "*/*" || $0 == family || $0 == plain || $0 == "application/problem+json"
      }) {
        return
      }
    }
    throw APIError(.notAcceptable, "not_acceptable")
  }

  /// The places of the path, each what it may be; otherwise there is nothing at the address.
  func places(_ context: AppContext) throws -> [String: String] {
    var places: [String: String] = [:]
    for name in names {
      let raw = context.parameters.get(name) ?? ""
      guard let text = FormData.percentDecoded(ArraySlice(raw.replacing("+", with: "%2B").utf8)),
        (endpoint.places[name] ?? .id).faults(.text(text)).isEmpty
      else { throw APIError(.notFound, "not_found") }
      places[name] = text
    }
    return places
  }

  func parameters(_ request: Request) throws -> [String: String] {
    guard let query = request.uri.query, !query.isEmpty else { return [:] }
    guard let pairs = FormData.pairs(query.utf8) else { throw APIError(.badRequest, "bad_query") }
    var values: [String: String] = [:]
    var faults: [SchemaFault] = []
    for (name, value) in pairs {
      guard let schema = parameterSchemas[name] else {
        faults.append(.init("/\(name)", .unknown))
        continue
      }
      faults += schema.faults(CheckedEndpoint.value(value, schema), at: "/\(name)")
      if values.updateValue(value, forKey: name) != nil {
        faults.append(.init("/\(name)", .tooLong))
      }
    }
    guard faults.isEmpty else { throw APIError(.badRequest, "bad_query", faults: faults) }
    return values
  }

  /// A text of the query as the value that it means.
  private static func value(_ text: String, _ schema: Schema) -> JSON {
    switch schema {
    case .integer: Int64(text).map { .int($0) } ?? .text(text)
    // `fields=id,title`
    case .list(let item, _, _):
      .array(
        text.split(separator: ",", omittingEmptySubsequences: false).map {
          value(String($0), item)
        })
    case .bool: ["true": JSON.bool(true), "false": .bool(false)][text] ?? .text(text)
    default: .text(text)
    }
  }

  // MARK: Body

  func body(_ request: Request) async throws -> [UInt8] {
    switch endpoint.body {
    case nil:
      // A POST that takes nothing may still say that it brings `{}`.
      if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > 2 {
        throw RequestError.bodyTooLarge
      }
      return []
    case .json:
      let type = request.headers[.contentType]?.lowercased() ?? ""
      guard String(type.prefix { $0 != ";" }).trimmed == Reply.json else {
        throw APIError(.unsupportedMediaType, "media_type")
      }
      return try await RequestBytes.read(request, upTo: Self.maximumBody)
    case .file(let most): return try await RequestBytes.read(request, upTo: most)
    }
  }

  func read(_ bytes: [UInt8]) throws -> JSON {
    guard case .json(let schema) = endpoint.body else { return .null }
    let value = try JSON(reading: bytes)
    let faults = Schema.object(schema).faults(value)
    guard faults.isEmpty else { throw APIError(.badRequest, "bad_body", faults: faults) }
    return value
  }
}

extension Endpoint {
  /// Names of the path's places, in their order.
  package var placeNames: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }
}
