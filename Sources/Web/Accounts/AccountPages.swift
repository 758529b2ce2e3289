import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services

/// Signing in and out, and taking up an invitation.
struct AccountPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.signIn) { request, context in
      signInPage(next: request.query("next"), username: "", failed: false, request, context)
    }
    doors.post(.signIn, use: signIn)
    doors.post(.signOut, use: signOut)
    doors.get(.invitation(":token")) { request, context in
      try await invitationPage(username: "", fault: nil, request, context)
    }
    doors.post(.invitation(":token"), use: acceptInvitation)
  }

  private func signIn(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    do {
      let session = try await SignIn(site.platform)(
        username: form["username"], password: form["password"])
      return signedIn(session, next: form["next"])
    } catch UseCaseError.signInFailed {
      return signInPage(
        next: form["next"], username: form["username"], failed: true, request, context)
    }
  }

  private func signOut(_ request: Request, _ context: AppContext) async throws -> Response {
    _ = try await FormData(request, context)
    try await SignIn(site.platform).end(context.session)
    return signedIn(.random(), next: Route.signIn.path)
  }

  private func acceptInvitation(
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let form = try await FormData(request, context)
    do {
      let session = try await AcceptInvitation(site.platform)(
        token(context), username: form["username"], password: form["password"],
        repeated: form["repeated"])
      return signedIn(session, next: "")
    } catch UseCaseError.credentials(let fault) {
      return try await invitationPage(username: form["username"], fault: fault, request, context)
    }
  }

  private func token(_ context: AppContext) -> SecretToken {
    SecretToken(text: context.parameters.get("token") ?? "")
  }

  /// A new session always means a new cookie, so that none can be planted beforehand.
  private func signedIn(_ session: SecretToken, next: String) -> Response {
    var response = Site.redirect(to: AccountPages.isLocal(next) ? next : Route.home.path)
    response.setCookie(SessionMiddleware.cookie(for: session, secure: site.secureCookies))
    return response
  }

  /// Whether an address is a path of this site and nothing that a browser takes for another's.
  static func isLocal(_ address: String) -> Bool {
    let bytes = Array(address.utf8)
    return bytes.first == UInt8(ascii: "/")
      && bytes.dropFirst().first != UInt8(ascii: "/") && !bytes.contains(UInt8(ascii: "\\"))
      && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private func signInPage(
    next: String, username: String, failed: Bool, _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    return site.page(
      "sign-in",
      [
        "url": Route.signIn.path, "next": next, "username": username, "failed": failed,
        "password_limit": String(Credentials.maximumPassword),
      ],
      title: words("sign_in.title"), request: request, context: context,
      status: failed ? .unprocessableContent : .ok)
  }

  private func invitationPage(
    username: String, fault: CredentialFault?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let name = try await AcceptInvitation(site.platform).holder(of: token(context))
    let limits = ["n": String(Credentials.minimumPassword)]
    let aboutName = fault == .usernameForm || fault == .usernameTaken
    let text = fault.map { words("credentials.\($0.rawValue)", limits) } ?? ""
    return site.page(
      "invitation",
      [
        "url": Route.invitation(token(context).text).path, "username": username,
        "greeting": words("invitation.greeting", ["name": name]), "failed": fault != nil,
        "fault": text, "fault_field": aboutName ? "username" : "password",
        "username_fault": (aboutName ? text : "").orFalse,
        "password_fault": (aboutName ? "" : text).orFalse,
        "password_hint": words("invitation.password_hint", limits),
      ],
      title: words("invitation.title"), request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }
}
