import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 消息: what an account was told, by day, and how it wants to be told.
struct InboxPages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.inbox, use: list)
    doors.post(.inboxRead, use: readAll)
    doors.get(.inboxSettings) { request, context in
      try await settings(nil, request, context)
    }
    doors.post(.inboxSettings, use: set)
    doors.post(.inboxTrial, use: trial)
  }

  private func list(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let after = NoticeList.Key(request.query("after"))
    guard after != nil || request.query("after").isEmpty else { throw RequestError.badQuery }
    let page = try await ListNotices(site.platform)(after: after, for: account)
    var view = InboxView(words: words, now: site.platform.now(), role: account.role).page(page)
    view["is_later"] = after != nil
    view["may_read_all"] = (context.unread ?? 0) > 0
    return site.page(
      "inbox", view, title: words("inbox.title"), request: request, context: context)
  }

  /// Who looks at a problem has read what they were told of it.
  /// - Returns: the request's context with the new count.
  static func read(
    _ detail: ShowProblem.Detail, _ platform: Platform, _ context: AppContext
  ) async throws -> AppContext {
    detail.isUnread ? try await read(detail.problem.id, platform, context) : context
  }

  /// The same where nobody has looked yet whether there is anything to read.
  static func read(
    _ problem: ProblemID, _ platform: Platform, _ context: AppContext
  ) async throws -> AppContext {
    let account = try context.signedIn()
    guard try await ReadNotices(platform)(of: problem, by: account) else { return context }
    var context = context
    context.unread = try await CountUnread(platform)(for: account)
    return context
  }

  /// Who looks at visits to an enterprise has read what they were told of them.
  /// - Returns: the request's context with the new count.
  static func readVisits(
    to enterprise: EnterpriseID, _ platform: Platform, _ context: AppContext
  ) async throws -> AppContext {
    let account = try context.signedIn()
    guard try await ReadNotices(platform).visits(to: enterprise, by: account) else {
      return context
    }
    var context = context
    context.unread = try await CountUnread(platform)(for: account)
    return context
  }

  /// Who looks at their pairings has read what they were told of them.
  /// - Returns: the request's context with the new count.
  static func readPairings(
    _ platform: Platform, _ context: AppContext
  ) async throws -> AppContext {
    try await read(platform, context) { try await ReadNotices(platform).pairings(by: $0) }
  }

  /// Who looks at the monthly sheets has read that there is one.
  /// - Returns: the request's context with the new count.
  static func readSheets(
    _ platform: Platform, _ context: AppContext
  ) async throws -> AppContext {
    try await read(platform, context) { try await ReadNotices(platform).sheets(by: $0) }
  }

  private static func read(
    _ platform: Platform, _ context: AppContext, _ read: (Account) async throws -> Bool
  ) async throws -> AppContext {
    guard let unread = context.unread, unread > 0 else { return context }
    let account = try context.signedIn()
    guard try await read(account) else { return context }
    var context = context
    context.unread = try await CountUnread(platform)(for: account)
    return context
  }

  private func readAll(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    _ = try await FormData(request, context)
    try await ReadNotices(site.platform).all(by: account)
    return Site.redirect(to: Route.inbox.path)
  }

  /// - Parameter refused: what was filled in as mail address, where it is none.
  private func settings(
    _ refused: String?, _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let modes = try await SetNotices(site.platform).modes(of: account)
    let outside = MessageSettingsView(
      words: words, settings: try await SetMessages(site.platform).settings(of: account))
    var view: View = [
      "url": Route.inboxSettings.path, "url_inbox": Route.inbox.path,
      "saved": request.query("saved") == "1",
      "modes": Notice.Mode.allCases.map { ["name": words("notice.mode.\($0.rawValue)")] as View },
      "kinds": modes.map { kind, mode in
        [
          "kind": kind.rawValue, "name": words("notice.\(kind.rawValue)"),
          "obligatory": kind.isObligatory, "boxes": outside.boxes(kind),
          "options": words.options(
            Notice.Mode.allCases.map(\.rawValue), named: "notice.mode", chosen: mode.rawValue),
        ] as View
      },
    ]
    view.merge(
      outside.view(mail: refused, isRefused: refused != nil, trial: request.query("trial"))
    ) { $1 }
    return site.page(
      "inbox-settings", view, title: words("inbox.settings"), request: request, context: context,
      status: refused == nil ? .ok : .unprocessableContent,
      answersFor: refused == nil ? nil : .inboxSettings)
  }

  private func set(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    var modes: [Notice.Kind: Notice.Mode] = [:]
    var choices: [Notice.Kind: Set<MessageChannel>] = [:]
    for kind in Notice.Kind.allCases {
      modes[kind] = Notice.Mode(rawValue: form[kind.rawValue])
      choices[kind] = Set(form.values("by_\(kind.rawValue)").compactMap(MessageChannel.init))
    }
    let mail = form["mail"].trimmed
    do {
      try await SetMessages(site.platform)(
        mail: mail, choices, language: context.language.rawValue, of: account)
    } catch SetMessages.Fault.badAddress {
      return try await settings(mail, request, context)
    }
    try await SetNotices(site.platform)(modes, of: account)
    return Site.redirect(to: Route.inboxSettings.path(query: [("saved", "1")]))
  }

  private func trial(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let form = try await FormData(request, context)
    guard let channel = MessageChannel(rawValue: form["channel"]) else {
      throw UseCaseError.notFound
    }
    try await SetMessages(site.platform).trial(channel, of: account)
    return Site.redirect(to: Route.inboxSettings.path(query: [("trial", "1")]))
  }
}
