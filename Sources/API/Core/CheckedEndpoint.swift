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
  private let required: [String]

  /// Bytes of a JSON body.
  static let maximumBody = 1 << 20

  init(_ endpoint: Endpoint) {
    self.endpoint = endpoint
    names = endpoint.placeNames
    parameterSchemas = Dictionary(
      uniqueKeysWithValues: endpoint.query.map { ($0.name, $0.schema) })
    required = endpoint.query.filter(\.isRequired).map(\.name)
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
    let ranges = CheckedEndpoint.ranges(request)
    let types =
      switch endpoint.answer {
      case .json: [Reply.json]
      case .nothing: [String]()
      case .file(let types): types
      }
    if types.isEmpty { return }
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

  /// What `Accept` takes, without what it takes at no price (RFC 9110, 12.4.2).
  static func ranges(_ request: Request) -> [String] {
    (request.headers[.accept] ?? "").lowercased().split(separator: ",").compactMap { range in
      let words = range.split(separator: ";").map { String($0).trimmed }
      let isRefused = words.dropFirst().contains {
        $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0
      }
      return isRefused ? nil : words.first
    }
  }

  /// Whoever says on which version they act must not believe that it was looked at where it is not.
  func checkVersions(_ request: Request) throws {
    guard endpoint.isWriting, endpoint.versions != .checked, let match = request.headers[.ifMatch],
      match != "*"
    else { return }
    throw APIError(.badRequest, "no_if_match")
  }

  /// The places of the path, each what it may be; otherwise there is nothing at the address.
  func places(_ context: AppContext) throws -> [String: String] {
    var places: [String: String] = [:]
    for name in names {
      guard let text = CheckedEndpoint.decoded(context.parameters.get(name) ?? ""),
        (endpoint.places[name] ?? .id).faults(.text(text)).isEmpty
      else { throw APIError(.notFound, "not_found") }
      places[name] = text
    }
    return places
  }

  /// A plus sign is itself in a path; most places have nothing to decode.
  private static func decoded(_ raw: String) -> String? {
    guard raw.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == 0 }) else { return raw }
    return FormData.percentDecoded(ArraySlice(raw.replacing("+", with: "%2B").utf8))
  }

  func parameters(_ request: Request) throws -> [String: String] {
    guard let pairs = FormData.pairs((request.uri.query ?? "").utf8) else {
      throw APIError(.badRequest, "bad_query")
    }
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
    faults += required.filter { values[$0] == nil }.map { .init("/\($0)", .missing) }
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
      try await mustBringNothing(request)
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

  /// Whoever takes nothing may still be sent `{}`; more would be passed over, and so is refused.
  private func mustBringNothing(_ request: Request) async throws {
    let headers = request.headers
    guard headers[.transferEncoding] != nil || headers[.contentLength] ?? "0" != "0" else { return }
    var bytes: [UInt8]?
    do {
      bytes = try await RequestBytes.read(request, upTo: 1024)
    } catch RequestError.bodyTooLarge {}
    let empty: [JSON] = [.null, .object([:])]
    guard let bytes, try bytes.isEmpty || empty.contains(JSON(reading: bytes)) else {
      throw APIError(.badRequest, "bad_body", faults: [.init("", .unknown)])
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
