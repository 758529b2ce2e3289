import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Synchronization

/// The outlines that maps are drawn of, as JSON.
struct OutlinePages: Sendable {
  let site: Site
  private let kept = KeptOutlines()

  init(site: Site) { self.site = site }

  func addRoutes(to doors: Doors) {
    doors.get(.mapOutlines, use: outlines)
  }

  /// Where a map of what is directly below a unit asks for them.
  static func address(below unit: UnitID) -> String {
    Route.mapOutlines.path(query: [("unit", unit.description)])
  }

  private func outlines(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let unit = UnitID(request.query("unit")) else { throw RequestError.badQuery }
    let show = ShowOutlines(site.platform)
    let stamp = try await show.stamp(below: unit)
    let tag = "\"\(Digest.sha256(Array("\(unit) \(stamp)".utf8)).hex.prefix(16))\""
    let headers: HTTPFields = [
      .contentType: "application/json; charset=utf-8", .eTag: tag,
      .cacheControl: "private, no-cache", .vary: "Accept-Encoding",
    ]
    if request.headers[.ifNoneMatch] == tag {
      return Response(status: .notModified, headers: headers)
    }
    if let body = kept[unit, tag] { return body.answer(headers, request) }
    let body = OutlineBody(ChartJSON.text(OutlineView(try await show(below: unit))))
    kept[unit, tag] = body
    return body.answer(headers, request)
  }
}

/// Packed once: outlines of a county with many townships are large.
private struct OutlineBody: Sendable {
  private let plain: ByteBuffer
  private let packed: ByteBuffer?

  init(_ text: String) {
    plain = ByteBuffer(string: text)
    packed = Gzip.pack(Array(text.utf8)).map { ByteBuffer(bytes: $0) }
  }

  func answer(_ headers: HTTPFields, _ request: Request) -> Response {
    guard let packed, Gzip.isAccepted(request.headers[.acceptEncoding]) else {
      return Response(status: .ok, headers: headers, body: .init(byteBuffer: plain))
    }
    var headers = headers
    headers[.contentEncoding] = "gzip"
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: packed))
  }
}

/// What was drawn of the last units asked for.
private final class KeptOutlines: Sendable {
  private static let limit = 32
  private let bodies = Mutex<[UnitID: (tag: String, body: OutlineBody)]>([:])

  subscript(unit: UnitID, tag: String) -> OutlineBody? {
    get { bodies.withLock { $0[unit].flatMap { $0.tag == tag ? $0.body : nil } } }
    set {
      guard let newValue else { return }
      bodies.withLock { bodies in
        if bodies.count >= Self.limit, bodies[unit] == nil { bodies.removeAll() }
        bodies[unit] = (tag, newValue)
      }
    }
  }
}
