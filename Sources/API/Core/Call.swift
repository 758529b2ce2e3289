import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// One request of a program, with all of it checked against the endpoint's schema.
package struct Call: Sendable {
  /// Works as the request was checked: a POST with an `Idempotency-Key` has a platform that does things once.
  package let platform: Platform
  package let grant: TokenGrant
  package let store: AttachmentStore
  package let imports: ImportJobs
  /// By which other instances are called; nil where none is.
  package let exchange: ExchangeLine?
  /// What the program reads, or whoever it reads for.
  package let texts: Catalogue
  package let arrival: Arrival
  package let body: JSON
  /// The file of an upload.
  package let file: [UInt8]
  let request: Request
  private let places: [String: String]
  private let parameters: [String: String]

  package var account: Account { grant.account }
  package var language: Language { texts.language }

  /// Of a text in both languages.
  package func pick(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

  init(
    platform: Platform, grant: TokenGrant, store: AttachmentStore, imports: ImportJobs,
    exchange: ExchangeLine?, texts: Catalogue, arrival: Arrival, body: JSON, file: [UInt8],
    request: Request, places: [String: String], parameters: [String: String]
  ) {
    self.platform = platform
    self.grant = grant
    self.store = store
    self.imports = imports
    self.exchange = exchange
    self.texts = texts
    self.arrival = arrival
    self.body = body
    self.file = file
    self.request = request
    self.places = places
    self.parameters = parameters
  }

  // MARK: The path

  /// - Precondition: the path has the place.
  package func place(_ name: String) -> String { places[name] ?? "" }

  /// - Throws: `UseCaseError.notFound` for what is too large for an id.
  package func id<ID: NumberedID>(_ type: ID.Type = ID.self, _ name: String = "id") throws -> ID {
    guard let value = Int64(place(name)) else { throw UseCaseError.notFound }
    return ID(value)
  }

  // MARK: The query

  /// A parameter; empty where it is not there.
  package subscript(_ name: String) -> String { parameters[name] ?? "" }

  package func int(_ name: String) -> Int? { parameters[name].flatMap { Int($0) } }

  package func word<Word: RawRepresentable<String>>(_ name: String) -> Word? {
    parameters[name].flatMap { Word(rawValue: $0) }
  }

  package func day(_ name: String) -> Day? { parameters[name].flatMap { Day($0) } }

  package func id<ID: NumberedID>(query name: String) -> ID? {
    parameters[name].flatMap { ID($0) }
  }

  /// How many things a page has.
  package var limit: Int { int("limit") ?? 50 }

  /// Where the last page ended, as it was told.
  /// - Throws: `APIError` for what never was told.
  package func cursor<Cursor>(_ read: (String) -> Cursor?) throws -> Cursor? {
    guard let text = parameters["after"] else { return nil }
    guard let cursor = read(text) else {
      throw APIError(.badRequest, "bad_cursor", faults: [.init("/after", .format)])
    }
    return cursor
  }

  /// Of an export: as `format` says, else as `Accept` does.
  var isCSV: Bool {
    if !self["format"].isEmpty { return self["format"] == "csv" }
    let ranges = CheckedEndpoint.ranges(request)
    return ranges.contains("text/csv")
      && !ranges.contains(String(FileDownload.workbook.prefix { $0 != ";" }))
  }

  /// All that was given of these parameters, for filters that read their own.
  package func values(_ names: [String]) -> [String: String] {
    parameters.filter { names.contains($0.key) }
  }

  /// Nil for all.
  var chosenFields: Set<String>? {
    parameters["fields"].map { Set($0.split(separator: ",").map(String.init)) }
  }

  /// The same address after another page.
  func address(after cursor: String) -> String {
    let kept = request.uri.query?.split(separator: "&").filter { !$0.hasPrefix("after=") } ?? []
    return request.uri.path + "?"
      + (kept.map(String.init) + ["after=\(PercentEncoding.encode(cursor))"]).joined(separator: "&")
  }

  // MARK: Versions

  /// Whether the program has an answer already (RFC 9110, 13.1.2).
  var knowsVersions: Bool { request.headers[.ifNoneMatch] != nil }

  /// What a version looks like to whoever asks: the same problem has other options and other names tomorrow, and
  /// less of it for another account. So a tag holds for one account and for a quarter of an hour; a deed ends it
  /// at once.
  func tag(_ version: String) -> String {
    let quarter = platform.now().milliseconds / 900_000
    return "\(version)-\(String(quarter, radix: 36))-\(String(account.id.value, radix: 36))"
  }

  func isKnown(_ tag: String) -> Bool {
    guard let known = request.headers[.ifNoneMatch] else { return false }
    return known == "\"\(tag)\"" || known.trimmed == "*" || ETag.all(known).contains(tag)
  }

  /// The version that the program acts on; nil where it named none or said that any will do.
  /// - Throws: `APIError` for a tag that is none of this interface's.
  package func seenVersion() throws -> Int? {
    guard let match = request.headers[.ifMatch], match != "*" else { return nil }
    guard let version = ETag.plain(match).flatMap({ Int($0.prefix { $0 != "-" }) }) else {
      throw APIError(.badRequest, "bad_etag")
    }
    return version
  }
}

enum ETag {
  /// `"17"`, or `W/"17"` from a proxy that packed the answer.
  static func plain(_ text: String) -> String? {
    let tag = text.trimmed
    let strong = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
    guard strong.count >= 2, strong.first == "\"", strong.last == "\"" else { return nil }
    return String(strong.dropFirst().dropLast())
  }

  static func all(_ header: String) -> [String] {
    header.split(separator: ",").compactMap { plain(String($0)) }
  }
}
