import Domain
import HTTP
import Services
import Storage

/// The robots and the outbox in a reader's words.
struct MessageView {
  let words: Wording
  let now: Instant

  func robots(_ robots: [KeepRobots.Shown]) -> View {
    ["robots": robots.map(robot), "is_empty": robots.isEmpty]
  }

  private func robot(_ shown: KeepRobots.Shown) -> View {
    let robot = shown.robot
    let isPaused = robot.state == .paused
    var view: View = [
      "id": robot.id.description, "name": robot.name, "address": shown.address,
      "kind": words("messages.robot.\(robot.kind.rawValue)"),
      "owner": robot.unitName ?? words("messages.city"), "is_paused": isPaused,
    ]
    let reason = robot.reason ?? shown.fault
    view["state"] = words("messages.state.\(robot.state.rawValue)")
    view["reason"] = (reason.map(fault) ?? "").orFalse
    view["told"] = robot.kinds.map { words("message.kind.\($0.rawValue)") }
      .joined(separator: words.catalogue.language == .zh ? "、" : ", ")
    view["kinds"] = kinds(robot.kinds)
    view["url_kinds"] = Route.messageRobot(robot.id.description, "kinds").path
    view["steps"] = [isPaused ? "resume" : "pause", "trial", "remove"].map { step -> View in
      [
        "url": Route.messageRobot(robot.id.description, step).path,
        "name": words("messages.step.\(step)"),
      ]
    }
    return view
  }

  private func kinds(_ chosen: [Notice.Kind]) -> [View] {
    Robot.kinds.map { kind in
      [
        "value": kind.rawValue, "name": words("message.kind.\(kind.rawValue)"),
        "chosen": chosen.contains(kind),
      ]
    }
  }

  /// - Parameter data: what was filled in, where something is wrong with it.
  func form(_ data: FormData?, _ faults: [Robot.Fault]) -> View {
    let chosen = data?.values("kinds").compactMap(Notice.Kind.init) ?? [.assigned, .urged]
    return [
      "url": Route.messages.path, "new_name": data?["name"] ?? "",
      // Address and secret are keys: they are not sent back to be read.
      "has_faults": !faults.isEmpty, "is_open": !faults.isEmpty,
      "faults": faults.map { fault in
        ["field": Self.field(fault), "text": words("messages.fault.\(fault.rawValue)")] as View
      },
      "new_kinds": kinds(chosen),
      "robot_kinds": words.options(
        Robot.Kind.allCases.map(\.rawValue), named: "messages.robot",
        chosen: data?["kind"] ?? "wecom"
      ),
    ]
  }

  private static func field(_ fault: Robot.Fault) -> String {
    switch fault {
    case .noName, .tooMany: "robot-name"
    case .badAddress: "robot-address"
    case .noSecret: "robot-secret"
    case .noKinds: "robot-kinds"
    }
  }

  func outbox(
    _ page: Page<MessageList.Line, MessageID>, _ part: MessageList.Part
  ) -> View {
    [
      "parts": MessageList.Part.allCases.map { other -> View in
        [
          "name": words("messages.part.\(other.rawValue)"), "current": other == part,
          "url": Route.messages.path(query: [("part", other.rawValue)]) + "#outbox",
        ]
      },
      "lines": page.items.map(line), "has_lines": !page.items.isEmpty,
      "has_next": page.next != nil,
      "url_next": page.next.map {
        Route.messages.path(query: [("part", part.rawValue), ("before", $0.description)])
          + "#outbox"
      } ?? "",
    ]
  }

  private func line(_ line: MessageList.Line) -> View {
    let what = line.kind.map { words("notice.\($0.rawValue)") } ?? words("messages.trial")
    return [
      "channel": line.robot ?? words("message.channel.\(line.channel.rawValue)"), "what": what,
      "number": line.number.map(words.number) ?? "", "due": words.time(line.due),
      "attempts": String(line.attempts), "fault": (line.fault.map(fault) ?? "").orFalse,
      "settled": line.settled.map(words.time) ?? "",
    ]
  }

  func trouble(_ trouble: MessageLines.Trouble) -> View {
    [
      "text": words(
        "messages.trouble",
        [
          "channel": words("message.channel.\(trouble.channel.rawValue)"),
          "fault": fault(trouble.fault), "since": words.time(trouble.since),
          "until": words.time(trouble.until),
        ])
    ]
  }

  /// A code in words where there are some; numbers of other servers as they are.
  func fault(_ code: String) -> String {
    let key = "messages.code.\(code)"
    return words.catalogue.has(key) ? words(key) : code
  }
}
