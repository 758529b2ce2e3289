import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// 消息渠道: the robots of groups, and the outbox, for the offices that keep them.
enum MessageEndpoints {
  static let list: [Endpoint] =
    [robots, make, kinds, remove, outbox, troubles] + [trial, pause, resume]

  private static let robot = Shape<KeepRobots.Shown>(
    "Robot",
    [
      .init(id: "id") { $0.robot.id },
      .init("version") { $0.robot.version },
      .init("name") { $0.robot.name },
      .init(choice: "kind") { $0.robot.kind },
      .init("address") { $0.address },
      .init(id: "unit_id") { $0.robot.unit },
      .init("unit") { $0.robot.unitName },
      .init(choice: "state") { $0.robot.state },
      .init("reason") { $0.robot.reason ?? $0.fault },
      .init("language") { $0.robot.language },
      .init("kinds") { $0.robot.kinds.map { Choice($0) } },
    ])

  private static let robots = Endpoint.list(
    "/messages/robots", "listRobots", .webhooks, isPaged: false, robot
  ) { call in Listed(try await KeepRobots(call.platform).list(by: call.account)) }

  private static let kindSchema = Schema.list(
    .choice(Robot.kinds.map(\.rawValue)), least: 1, most: Robot.kinds.count)

  private static func read(_ value: JSON) -> [Notice.Kind] {
    (value.array ?? []).compactMap { $0.text.flatMap { Notice.Kind(rawValue: $0) } }
  }

  private static let made = Shape<RobotID>("RobotMade", [.init(id: "id") { $0 }])

  private static let make = Endpoint.create(
    "/messages/robots", "makeRobot", .webhooks,
    body: ObjectSchema(
      "RobotRequest",
      [
        .init("name", .text(least: 1, most: 40)),
        .init("kind", .choice(Robot.Kind.allCases.map(\.rawValue))),
        .init("address", .text(least: 1, most: 1000)), .optional("secret", .text(most: 200)),
        .init("kinds", kindSchema),
      ]), made
  ) { call in
    var form = KeepRobots.Form()
    form.name = call.body["name"].text ?? ""
    form.kind = call.body["kind"].text.flatMap { Robot.Kind(rawValue: $0) } ?? .wecom
    form.address = (call.body["address"].text ?? "").trimmed
    form.secret = (call.body["secret"].text ?? "").trimmed
    form.kinds = read(call.body["kinds"])
    return Made(
      try await KeepRobots(call.platform).make(
        form, language: call.language.rawValue, by: call.account))
  }

  private static let kinds = Endpoint.act(
    "/messages/robots/{id}/kinds", "chooseRobotKinds", .webhooks, method: .put,
    body: ObjectSchema("RobotKinds", [.init("kinds", kindSchema)])
  ) { call in
    try await KeepRobots(call.platform).choose(
      read(call.body["kinds"]), for: call.id(), by: call.account)
  }

  private static let remove = Endpoint.act(
    "/messages/robots/{id}", "removeRobot", .webhooks, method: .delete
  ) { call in try await KeepRobots(call.platform)(.remove, call.id(), by: call.account) }

  private static let trial = Endpoint.act(
    "/messages/robots/{id}/trial", "tryRobot", .webhooks
  ) { call in try await KeepRobots(call.platform)(.trial, call.id(), by: call.account) }

  private static let pause = Endpoint.act(
    "/messages/robots/{id}/pause", "pauseRobot", .webhooks
  ) { call in try await KeepRobots(call.platform)(.pause, call.id(), by: call.account) }

  private static let resume = Endpoint.act(
    "/messages/robots/{id}/resumption", "resumeRobot", .webhooks
  ) { call in try await KeepRobots(call.platform)(.resume, call.id(), by: call.account) }

  // MARK: The outbox

  private static let message = Shape<MessageList.Line>(
    "Message",
    [
      .init(id: "id") { $0.id },
      .init(choice: "channel") { $0.channel },
      .init(choice: "kind") { $0.kind },
      .init("robot") { $0.robot },
      .init("number") { $0.number },
      .init("due_at") { $0.due },
      .init("state") { $0.state.rawValue },
      .init("attempts") { $0.attempts },
      .init("fault") { $0.fault },
      .init("settled_at") { $0.settled },
    ])

  private static let outbox = Endpoint.list(
    "/messages/outbox", "listMessages", .notices,
    query: [.init("part", .choice(MessageList.Part.allCases.map(\.rawValue)))], message
  ) { call in
    let page = try await ListMessages(call.platform)(
      call.word("part") ?? .waiting, before: call.cursor { MessageID($0) }, limit: call.limit,
      for: call.account)
    return Listed(page.items, next: page.next?.description)
  }

  private static let trouble = Shape<MessageLines.Trouble>(
    "MessageTrouble",
    [
      .init(choice: "channel") { $0.channel },
      .init("tries") { $0.tries },
      .init("since") { $0.since },
      .init("until") { $0.until },
      .init("fault") { $0.fault },
    ])

  private static let troubles = Endpoint.list(
    "/messages/troubles", "listMessageTroubles", .notices, isPaged: false, trouble
  ) { call in Listed(try await ListMessages(call.platform).troubles(for: call.account)) }
}
