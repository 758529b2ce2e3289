import Cryptography
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services
import Storage

/// What all feeds have in common: programs ask for them again and again, mostly for nothing new.
enum FeedAnswer {
  /// - Parameter isPublic: whether what stands between may keep it too.
  static func response(
    _ text: String, type: String, isPublic: Bool, _ request: Request
  ) -> Response {
    let tag: Substring = "\"\(Digest.sha256(Array(text.utf8)).hex.prefix(32))\""
    var headers: HTTPFields = [
      .eTag: String(tag), .cacheControl: isPublic ? "public, max-age=300" : "private, no-cache",
      // The same address says the same in the reader's language.
      .vary: "Accept-Language",
    ]
    if asked(request).contains(tag) { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = type
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  /// Several may be asked for, and proxies make a weak one of what they compress (RFC 9110, 13.1.2).
  private static func asked(_ request: Request) -> [Substring] {
    (request.headers[.ifNoneMatch] ?? "").split { $0 == "," || $0 == " " }.map {
      $0.hasPrefix("W/") ? $0.dropFirst(2) : $0
    }
  }

  /// Programs get no page for an error: a word.
  static func guarded(
    _ context: AppContext, _ body: () async throws -> Response
  ) async -> Response {
    do {
      return try await body()
    } catch UseCaseError.notFound, UseCaseError.forbidden {
      return plain(.notFound, "not found\n")
    } catch let error as StorageError where error.isTemporary {
      var response = plain(.serviceUnavailable, "try again\n")
      response.headers[.retryAfter] = "60"
      return response
    } catch {
      context.logger.error(
        "request failed",
        metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "–")"])
      return plain(.internalServerError, "failed\n")
    }
  }

  private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
