import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage

/// 消息渠道: the robots of groups, and the outbox, of which nobody's own messages are shown.
struct MessagePages: Sendable {
  let site: Site

  func addRoutes(to doors: Doors) {
    doors.get(.messages) { request, context in try await page(nil, [], request, context) }
    doors.post(.messages, use: make)
    doors.post(.messageRobot(":id", ":action"), use: act)
  }

  private func page(
    _ form: FormData?, _ faults: [Robot.Fault], _ request: Request, _ context: AppContext
  ) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let part = MessageList.Part(rawValue: request.query("part")) ?? .waiting
    let list = ListMessages(site.platform)
    let lines = try await list(part, before: MessageID(request.query("before")), for: account)
    let troubles = try await list.troubles(for: account)
    let robots = try await KeepRobots(site.platform).list(by: account)
    let view = MessageView(words: words, now: site.platform.now())
    var all = view.robots(robots)
    all.merge(view.outbox(lines, part)) { $1 }
    all.merge(view.form(form, faults)) { $1 }
    all["has_troubles"] = !troubles.isEmpty
    all["troubles"] = troubles.map(view.trouble)
    all["done"] = request.query("done") == "1"
    return site.page(
      "messages", all, title: words("messages.title"), request: request, context: context,
      status: faults.isEmpty ? .ok : .unprocessableContent,
      answersFor: faults.isEmpty ? nil : .messages)
  }

  private func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let data = try await FormData(request, context)
    var form = KeepRobots.Form()
    form.name = data["name"]
    form.kind = Robot.Kind(rawValue: data["kind"]) ?? .wecom
    form.address = data["address"].trimmed
    form.secret = data["secret"].trimmed
    form.kinds = data.values("kinds").compactMap(Notice.Kind.init)
    do {
      try await KeepRobots(site.platform).make(
        form, language: context.language.rawValue, by: account)
    } catch let fault as Robot.Fault {
      return try await page(data, [fault], request, context)
    }
    return Site.redirect(to: Route.messages.path(query: [("done", "1")]))
  }

  private func act(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let data = try await FormData(request, context)
    let id = RobotID(try context.id())
    let robots = KeepRobots(site.platform)
    let action = try context.parameters.require("action")
    if action == "kinds" {
      let kinds = data.values("kinds").compactMap(Notice.Kind.init)
      do {
        try await robots.choose(kinds, for: id, by: account)
      } catch let fault as Robot.Fault {
        return try await page(nil, [fault], request, context)
      }
    } else {
      guard let step = KeepRobots.Step(rawValue: action) else { throw UseCaseError.notFound }
      try await robots(step, id, by: account)
    }
    return Site.redirect(to: Route.messages.path(query: [("done", "1")]))
  }
}
