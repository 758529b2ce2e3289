import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// Signing in and out: name and password, then the second factor's code where there is one.
struct SignInPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.signIn) { request, context in
      signInPage(next: request.query("next"), username: "", fault: nil, request, context)
    }
    doors.post(.signIn, use: signIn)
    doors.post(.signOut, use: signOut)
    doors.get(.signInCode) { request, context in
      guard try context.heldSession().stage == .code else {
        return Site.redirect(to: Route.home.path)
      }
      return codePage(next: request.query("next"), fault: nil, request, context)
    }
    doors.post(.signInCode, use: passCode)
    doors.get(.waiting, use: waiting)
  }

  private func signIn(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let words = site.words(context)
    let fault: String
    do {
      let session = try await SignIn(site.platform)(
        username: form["username"], password: form["password"], context.arrival)
      // What came with the old cookie is over.
      try await SignIn(site.platform).end(context.session)
      return try await site.signedIn(session, next: form["next"], context)
    } catch UseCaseError.signInFailed {
      fault = words("sign_in.failed")
    } catch UseCaseError.tooManyTries(let until) {
      fault = words.tooManyTries(until, now: site.platform.now())
    }
    return signInPage(
      next: form["next"], username: form["username"], fault: fault, request, context)
  }

  private func signOut(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    try await SignIn(site.platform).end(context.session)
    var response = Site.redirect(to: Route.signIn.path)
    response.setCookie(SessionMiddleware.cookie(for: .random(), secure: site.secureCookies))
    return response
  }

  private func passCode(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    let session = try context.heldSession()
    let next = form["next"]
    guard session.stage == .code else { return Site.redirect(to: Route.home.path) }
    let words = site.words(context)
    let fault: String
    do {
      let token = try await PassSecondFactor(site.platform)(
        session, code: form["code"], context.arrival)
      return try await site.signedIn(token, next: next, context)
    } catch UseCaseError.wrongCode {
      fault = words("code.wrong")
    } catch UseCaseError.tooManyTries(let until) {
      fault = words.tooManyTries(until, now: site.platform.now())
    }
    return codePage(next: next, fault: fault, request, context)
  }

  private func waiting(_ request: Request, _ context: AppContext) async throws -> Response {
    let session = try context.heldSession()
    guard session.stage == .grant else {
      return Site.redirect(to: (Route.wanted(at: session.stage) ?? .home).path)
    }
    let words = site.words(context)
    return site.page(
      "waiting",
      [
        "greeting": words("waiting.greeting", ["name": session.account.name]),
        "role": words("role.\(session.account.role.rawValue)"),
      ], title: words("waiting.title"), request: request, context: context)
  }

  private func signInPage(
    next: String, username: String, fault: String?, _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    return site.page(
      "sign-in",
      [
        "url": Route.signIn.path, "next": next, "username": username, "failed": fault != nil,
        "fault": fault ?? "", "password_limit": String(Credentials.maximumPassword),
      ],
      title: words("sign_in.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }

  private func codePage(
    next: String, fault: String?, _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    return site.page(
      "sign-in-code",
      [
        "url": Route.signInCode.path, "next": next, "failed": fault != nil, "fault": fault ?? "",
      ], title: words("code.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }

  /// Whether an address is a path of this site and nothing that a browser takes for another's.
  static func isLocal(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    return bytes.first == UInt8(ascii: "/")
      && bytes.dropFirst().first != UInt8(ascii: "/") && !bytes.contains(UInt8(ascii: "\\"))
      && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  }
}

extension Site {
  /// Goes on after a session got a new text: a new session always means a new cookie, so that none can be
  /// planted beforehand. What is still wanted is asked for on the way; a page that is not for whoever
  /// signed in is not where they go.
  func signedIn(
    _ token: SecretToken, next: String, _ context: AppContext
  ) async throws -> Response {
    let session = try await SignIn(platform).session(of: token)
    let isOpen =
      SignInPages.isLocal(next)
      && session.map { plan.opens(next, to: $0.account.role) } ?? false
    var response = Site.redirect(to: isOpen ? next : Route.home.path)
    response.setCookie(SessionMiddleware.cookie(for: token, secure: secureCookies))
    // Known from now on, unless it is already: whoever guessed the password alone gets no such mark.
    if let session, session.stage != .code {
      let marks = DeviceMark(platform)
      if try context.arrival.mark.map({ try !marks.fits($0, session.account.id) }) ?? true {
        response.setCookie(
          SessionMiddleware.deviceCookie(
            try marks.make(for: session.account.id), secure: secureCookies))
      }
    }
    return response
  }

  /// Puts a session's new text into an answer that is a page.
  func renewing(_ token: SecretToken, _ response: Response) -> Response {
    var response = response
    response.setCookie(SessionMiddleware.cookie(for: token, secure: secureCookies))
    return response
  }
}

extension Wording {
  func tooManyTries(_ until: Instant, now: Instant) -> String {
    self("sign_in.too_many", ["span": counted("time.minute", Int((until - now + 59) / 60))])
  }
}
