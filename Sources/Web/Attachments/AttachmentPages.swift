import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services

/// Photos and documents of a problem: added on its page, shown or saved, taken back with a reason.
struct AttachmentPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.attachment(":id"), use: read)
    doors.post(.withdrawal(":id"), use: withdraw)
  }

  /// Pictures are shown where the page asks for it; all else is saved. Nothing is ever shown that a
  /// browser could take for a page.
  private func read(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let id = AttachmentID(try context.id())
    let content: ReadAttachment.Content
    do {
      content = try await ReadAttachment(site.platform, site.store)(id, for: account)
    } catch let refusal as AttachmentRefusal {
      if refusal == .unknown { throw RequestError.notFound }
      return unavailable(refusal, request, context)
    }
    let attachment = content.attachment
    let isShown = attachment.type.isPicture && request.query("view") == "1"
    let tag = "\"\(Hexadecimal.encode(attachment.digest))\""
    var headers: HTTPFields = [
      // Asked for anew each time: the right to see it may have ended.
      .cacheControl: "private, no-cache", .eTag: tag,
    ]
    if request.headers[.ifNoneMatch] == tag {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = attachment.type.mediaType
    headers[.contentDisposition] = ContentDisposition.value(
      isShown: isShown, name: attachment.name)
    return Response(
      status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: content.bytes)))
  }

  private func unavailable(
    _ refusal: AttachmentRefusal, _ request: Request, _ context: AppContext
  ) -> Response {
    let status: HTTPResponse.Status =
      switch refusal {
      case .withdrawn, .purged: .gone
      case .missing, .changed, .folder: .internalServerError
      default: .unprocessableContent
      }
    if status == .internalServerError {
      context.logger.error("attachment", metadata: ["refusal": "\(refusal)"])
    }
    let words = site.words(context)
    let view: View = [
      "heading": words("attachment.unavailable"), "advice": words.refusal(refusal),
      "status": String(status.code), "url_back": Route.home.path,
    ]
    return site.page(
      "error", view, title: words("attachment.unavailable"), request: request, context: context,
      status: status)
  }

  private func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    let id = AttachmentID(try context.id())
    do {
      let withdrawn = try await WithdrawAttachment(site.platform)(
        id, reason: form["reason"], by: account)
      return Site.redirect(to: Route.problem(withdrawn.problem).path + "#attachments")
    } catch let refusal as AttachmentRefusal {
      switch refusal {
      case .unknown: throw RequestError.notFound
      case .notYours: throw UseCaseError.forbidden
      default: return unavailable(refusal, request, context)
      }
    }
  }
}
