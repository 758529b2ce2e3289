import Domain
import HTTP
import HTTPTypes
import Services
import Storage

/// 消息: what the account was told, and how it wants to be told.
enum NoticeEndpoints {
  static let list: [Endpoint] =
    [find, count, read, settings, change, channels, changeChannels, trial]

  private static let notice = Shape<NoticeLine>(
    "Notice",
    [
      .init("id") { IDText($0.id) },
      .init(choice: "kind") { $0.kind },
      .init("at") { $0.at },
      .init("visible_at") { $0.visible },
      .init("is_read") { $0.isRead },
      .init("bundle") { $0.bundle },
      .init(id: "problem_id") { $0.subject.problem },
      .init(id: "enterprise_id") { $0.subject.enterprise },
      .init(id: "unit_id") { $0.subject.unit },
      .init(id: "webhook_id") { $0.subject.webhook },
      .init(id: "order_id") { $0.order },
      .init("number") { $0.number },
      .init("title") { $0.title },
      .init("concerns") { $0.concerns },
    ])

  private static let find = Endpoint.list(
    "/notices", "listNotices", .notices, notice
  ) { call in
    let page = try await ListNotices(call.platform)(
      after: call.cursor { NoticeList.Key($0) }, for: call.account, size: call.limit)
    return Listed(page.items, next: page.next?.text)
  }

  private static let unread = Shape<Int>(
    "UnreadNotices",
    [
      .init("count") { min($0, CountUnread.limit - 1) },
      .init("is_more") { $0 >= CountUnread.limit },
    ])

  private static let count = Endpoint.get(
    "/notices/unread", "countUnreadNotices", .notices, unread
  ) { call in Found(try await CountUnread(call.platform)(for: call.account)) }

  private static let read = Endpoint.act(
    "/notices/reading", "readNotices", .notices,
    body: ObjectSchema("NoticeReading", [.optional("problem_id", .id)])
  ) { call in
    let use = ReadNotices(call.platform)
    if let problem = call.body["problem_id"].text.flatMap({ ProblemID($0) }) {
      try await use(of: problem, by: call.account)
    } else {
      try await use.all(by: call.account)
    }
  }

  // MARK: How to be told

  private struct Setting: Sendable {
    let kind: Notice.Kind
    let mode: Notice.Mode
  }

  private static let setting = Shape<Setting>(
    "NoticeSetting",
    [
      .init(choice: "kind") { $0.kind },
      .init(choice: "mode") { $0.mode },
      .init("is_obligatory") { $0.kind.isObligatory },
    ])

  private static let settings = Endpoint.list(
    "/notices/settings", "listNoticeSettings", .notices, isPaged: false, setting
  ) { call in
    let modes = try await SetNotices(call.platform).modes(of: call.account)
    return Listed(modes.map { Setting(kind: $0.0, mode: $0.1) })
  }

  private static let kind = Schema.choice(Notice.Kind.allCases.map(\.rawValue))

  private static let change = Endpoint.act(
    "/notices/settings", "changeNoticeSettings", .notices, method: .patch,
    body: ObjectSchema(
      "NoticeSettings",
      [
        .init(
          "items",
          .list(
            .object(
              ObjectSchema(
                "NoticeSettingChange",
                [
                  .init("kind", kind), .init("mode", .choice(Notice.Mode.allCases.map(\.rawValue))),
                ])), most: 100))
      ])
  ) { call in
    var modes: [Notice.Kind: Notice.Mode] = [:]
    for item in call.body["items"].array ?? [] {
      if let kind = item["kind"].text.flatMap({ Notice.Kind(rawValue: $0) }) {
        modes[kind] = item["mode"].text.flatMap { Notice.Mode(rawValue: $0) }
      }
    }
    try await SetNotices(call.platform)(modes, of: call.account)
  }

  private struct Channel: Sendable {
    let channel: MessageChannel
    let place: String?
    let fault: String?
    let kinds: [Notice.Kind]
  }

  private static let channel = Shape<Channel>(
    "NoticeChannel",
    [
      .init(choice: "channel") { $0.channel },
      .init("place") { $0.place },
      .init("fault") { $0.fault },
      .init("kinds") { $0.kinds.map { Choice($0) } },
    ])

  private static let channels = Endpoint.list(
    "/notices/channels", "listNoticeChannels", .notices, isPaged: false, channel
  ) { call in
    let settings = try await SetMessages(call.platform).settings(of: call.account)
    return Listed(
      settings.channels.map { channel in
        Channel(
          channel: channel, place: channel == .mail ? settings.mail : settings.phone,
          fault: settings.faults[channel],
          kinds: Notice.Kind.allCases.filter {
            settings.choices[$0]?.contains(channel) ?? false
          })
      })
  }

  private static let personal = Schema.choice(MessageChannel.personal.map(\.rawValue))

  private static let changeChannels = Endpoint.act(
    "/notices/channels", "changeNoticeChannels", .notices, method: .put,
    body: ObjectSchema(
      "NoticeChannels",
      [
        .init("mail", .text(most: 254)),
        .init(
          "items",
          .list(
            .object(
              ObjectSchema(
                "NoticeChannelChoice",
                [.init("channel", personal), .init("kinds", .list(kind, most: 100))])), most: 10)),
      ])
  ) { call in
    // What is not named is not wanted: as on the page.
    var choices = Dictionary(
      uniqueKeysWithValues: Notice.Kind.allCases.map { ($0, Set<MessageChannel>()) })
    for item in call.body["items"].array ?? [] {
      guard let channel = item["channel"].text.flatMap({ MessageChannel(rawValue: $0) }) else {
        continue
      }
      for kind in item["kinds"].array ?? [] {
        if let kind = kind.text.flatMap({ Notice.Kind(rawValue: $0) }) {
          choices[kind]?.insert(channel)
        }
      }
    }
    do {
      try await SetMessages(call.platform)(
        mail: (call.body["mail"].text ?? "").trimmed, choices, language: call.language.rawValue,
        of: call.account)
    } catch SetMessages.Fault.badAddress {
      throw APIError(
        .unprocessableContent, "refused",
        reasons: [.init("bad_mail", key: "messages.fault.bad_mail")])
    }
  }

  private static let trial = Endpoint.act(
    "/notices/channels/{channel}/trial", "tryNoticeChannel", .notices,
    places: ["channel": personal]
  ) { call in
    guard let channel = MessageChannel(rawValue: call.place("channel")) else {
      throw UseCaseError.notFound
    }
    try await SetMessages(call.platform).trial(channel, of: call.account)
  }
}
