import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Look-back samples 回头看: drawn for whole months, worked off, and repeatable by anybody.
struct LookBackPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.lookBacks, use: list)
    // Before the page of one sample, which would take the word for an id.
    doors.get(.newLookBack) { request, context in
      try await drawPage(DrawRequest(request), [], request, context)
    }
    doors.post(.lookBacks, use: draw)
    doors.get(.lookBack(":id")) { request, context in
      try await show(isVerified: false, request, context)
    }
    doors.get(.lookBackProof(":id")) { request, context in
      try await show(isVerified: true, request, context)
    }
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let lines = try await ShowLookBack(site.platform).lines(for: account)
    let view = LookBackView(words: words, platform: site.platform)
    return site.page(
      "look-backs",
      [
        "samples": lines.map(view.row), "is_empty": lines.isEmpty,
        "url_new": Route.newLookBack.path,
      ], title: words("look_back.title"), request: request, context: context)
  }

  /// - Parameter isVerified: the draw is repeated from the ledger; nothing changes by it.
  private func show(
    isVerified: Bool, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let id = LookBackID(try context.id())
    do {
      let detail = try await ShowLookBack(site.platform)(id, for: account)
      let findings = isVerified ? try await VerifyLookBack(site.platform)(id, for: account) : nil
      let words = site.words(context)
      let view = LookBackView(words: words, platform: site.platform).page(detail, findings)
      return site.page(
        "look-back", view, title: words("look_back.title"), request: request, context: context)
    } catch LookBackRefusal.unknown {
      throw RequestError.notFound
    }
  }

  // MARK: Drawing

  /// With a period asked for, the page says what the draw would do.
  private func drawPage(
    _ asked: DrawRequest, _ faults: [String], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    guard account.may(.lookBack) else { throw UseCaseError.forbidden }
    let words = site.words(context)
    var faults = faults
    var preview: DrawLookBack.Preview?
    if asked.isAsked {
      do {
        if let (scope, share) = try await parts(asked) {
          preview = try await DrawLookBack(site.platform).preview(scope, share, by: account)
        } else {
          faults.append(words("look_back.incomplete"))
        }
      } catch UseCaseError.unknownUnit(let name) {
        faults.append(words("orders.unknown_unit", ["name": name]))
      }
    }
    // The month that ended last is the one that is due.
    let today = site.platform.now().day
    let last = today.adding(months: -1).description.prefix(7)
    let view = LookBackView(words: words, platform: site.platform).drawing(
      asked, defaultMonth: String(last), preview, faults)
    return site.page(
      "look-back-new", view, title: words("look_back.draw"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent, answersFor: .newLookBack)
  }

  /// - Returns: nil where something was left out or cannot be read.
  /// - Throws: `UseCaseError.unknownUnit`
  private func parts(_ asked: DrawRequest) async throws -> (LookBack.Scope, LookBackShare)? {
    guard let (from, to) = asked.days, let share = LookBackShare(asked.share) else { return nil }
    let track = asked.track.isEmpty ? nil : Track(rawValue: asked.track)
    if !asked.track.isEmpty, track.flatMap({ site.platform.procedures[$0] }) == nil { return nil }
    let unit: UnitID? =
      asked.unit.isEmpty ? nil : try await FindUnit(site.platform)(asked.unit)
    return (LookBack.Scope(from: from, to: to, track: track, unit: unit), share)
  }

  private func draw(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let asked = DrawRequest(try await FormData(request, context))
    let words = site.words(context)
    do {
      guard let (scope, share) = try await parts(asked) else {
        return try await drawPage(asked, [], request, context)
      }
      let id = try await DrawLookBack(site.platform)(scope, share, by: account)
      return Site.redirect(to: Route.lookBack(id.description).path)
    } catch let refusal as LookBackRefusal {
      let text = words("look_back.refusal.\(refusal.rawValue)")
      return try await drawPage(asked, [text], request, context)
    } catch UseCaseError.unknownUnit {
      return try await drawPage(asked, [], request, context)
    }
  }
}
