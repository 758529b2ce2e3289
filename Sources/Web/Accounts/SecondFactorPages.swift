import Cryptography
import Documents
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// Setting up the second factor: a drawing for the telephone, its first code, recovery codes.
struct SecondFactorPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.secondFactor) { request, context in try enrolmentPage(nil, request, context) }
    doors.post(.secondFactor, use: confirm)
    doors.get(.secondFactorRemoval) { request, context in
      try removalPage(nil, request, context)
    }
    doors.post(.secondFactorRemoval, use: remove)
  }

  /// - Throws: `RequestError.notSignedIn` where something else is wanted first.
  private func mayEnrol(_ context: AppContext) throws -> SignIn.Session {
    let session = try context.heldSession()
    guard session.stage == .enrolment || session.stage == .complete else {
      throw RequestError.notSignedIn
    }
    return session
  }

  private func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let session = try mayEnrol(context)
    let words = site.words(context)
    do {
      let enrolled = try await EnrolSecondFactor(site.platform).confirm(
        form["code"], session, context.session, password: form["password"], context.arrival)
      // Shown once and nowhere stored: not after a redirect, which could be asked for again.
      var shown = context
      shown.session = enrolled.session
      let page = site.page(
        "recovery-codes",
        [
          "codes": enrolled.recoveryCodes.map { ["text": $0] as View },
          "url_next": Route.home.path,
        ], title: words("recovery.title"), request: request, context: shown,
        answersFor: .account)
      return site.renewing(enrolled.session, page)
    } catch UseCaseError.wrongCode {
      return try enrolmentPage(words("code.wrong"), request, context)
    } catch UseCaseError.credentials(let fault) {
      return try enrolmentPage(
        words.fault(fault, site.platform.signInRules.password), request, context)
    } catch UseCaseError.tooManyTries(let until) {
      return try enrolmentPage(
        words.tooManyTries(until, now: site.platform.now()), request, context)
    }
  }

  private func enrolmentPage(
    _ fault: String?, _ request: Request, _ context: AppContext
  ) throws -> Response {
    let session = try mayEnrol(context)
    let words = site.words(context)
    let code = try EnrolSecondFactor(site.platform).offer(in: context.session)
    let address = code.address(
      issuer: words("product.name"), account: session.account.username)
    let drawing = QRCode(address)
    return site.page(
      "second-factor",
      [
        "url": Route.secondFactor.path, "is_obligatory": session.stage == .enrolment,
        "is_replacement": session.hasSecondFactor,
        "qr_size": String(drawing?.drawingSize ?? 0), "qr_path": drawing?.path ?? "",
        "secret": grouped(Base32.encode(code.secret)), "address": address,
        "failed": fault != nil, "fault": fault ?? "",
        "is_complete": session.stage == .complete, "url_back": Route.account.path,
      ], title: words("second_factor.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }

  /// In groups of four, as people read aloud.
  private func grouped(_ text: String) -> String {
    stride(from: 0, to: text.count, by: 4).map { start in
      String(text.dropFirst(start).prefix(4))
    }.joined(separator: " ")
  }

  // MARK: Removal

  private func remove(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    _ = try context.signedIn()
    let words = site.words(context)
    do {
      try await RemoveSecondFactor(site.platform)(
        own: context.heldSession(), password: form["password"], context.arrival)
      return Site.redirect(to: Route.account.path)
    } catch UseCaseError.credentials(let fault) {
      return try removalPage(
        words.fault(fault, site.platform.signInRules.password), request, context)
    } catch UseCaseError.tooManyTries(let until) {
      return try removalPage(
        words.tooManyTries(until, now: site.platform.now()), request, context)
    } catch UseCaseError.accountRefused(let reason) {
      return try removalPage(words("account.refusal.\(reason.rawValue)"), request, context)
    }
  }

  private func removalPage(
    _ fault: String?, _ request: Request, _ context: AppContext
  ) throws -> Response {
    let session = try context.heldSession()
    guard session.hasSecondFactor else { throw RequestError.notFound }
    let words = site.words(context)
    return site.page(
      "second-factor-removal",
      [
        "url": Route.secondFactorRemoval.path, "username": session.account.username,
        "failed": fault != nil, "fault": fault ?? "", "url_back": Route.account.path,
      ], title: words("second_factor.removal.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }
}
