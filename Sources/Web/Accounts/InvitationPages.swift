import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// Taking up an account by a one-time link, or setting a new password by one.
struct InvitationPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.invitation(":token")) { request, context in
      try await page(username: "", fault: nil, request, context)
    }
    doors.post(.invitation(":token"), use: accept)
  }

  private func accept(_ request: Request, _ context: AppContext) async throws -> Response {
    let form = try await FormData(request, context)
    do {
      let session = try await AcceptInvitation(site.platform)(
        token(context), username: form["username"], password: form["password"],
        repeated: form["repeated"], context.arrival)
      try await SignIn(site.platform).end(context.session)
      return try await site.signedIn(session, next: "", context)
    } catch UseCaseError.credentials(let fault) {
      return try await page(username: form["username"], fault: fault, request, context)
    }
  }

  private func token(_ context: AppContext) -> SecretToken {
    SecretToken(text: context.parameters.get("token") ?? "")
  }

  private func page(
    username: String, fault: CredentialFault?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let words = site.words(context)
    let invited = try await AcceptInvitation(site.platform).holder(of: token(context))
    let rules = site.platform.signInRules.password
    let aboutName = fault == .usernameForm || fault == .usernameTaken
    let text = fault.map { words.fault($0, rules) } ?? ""
    let title = words(invited.username == nil ? "invitation.title" : "invitation.renewal.title")
    return site.page(
      "invitation",
      [
        "url": Route.invitation(token(context).text).path, "username": username, "heading": title,
        "is_new": invited.username == nil,
        "greeting": words(
          invited.username == nil ? "invitation.greeting" : "invitation.renewal.greeting",
          ["name": invited.name, "username": invited.username ?? ""]),
        "needs_grant": invited.needsGrant, "failed": fault != nil,
        "fault": text, "fault_field": aboutName ? "username" : "password",
        "username_fault": (aboutName ? text : "").orFalse,
        "password_fault": (aboutName ? "" : text).orFalse,
        "password_hint": words.passwordHint(rules),
      ],
      title: title, request: request, context: context,
      status: fault == nil ? .ok : .unprocessableContent)
  }
}

extension Wording {
  func fault(_ fault: CredentialFault, _ rules: PasswordRules) -> String {
    self(
      "credentials.\(fault.rawValue)",
      ["n": String(rules.minimumLength), "kinds": String(rules.kinds)])
  }

  /// What a new password must be like.
  func passwordHint(_ rules: PasswordRules) -> String {
    self(
      rules.kinds > 1 ? "invitation.password_hint.kinds" : "invitation.password_hint",
      ["n": String(rules.minimumLength), "kinds": String(rules.kinds)])
  }
}
