import Domain
import Outgoing
import Services
import Storage
import Synchronization
import TestSupport

/// The sample county whose operator has set up mail and SMS, with a carrier that notes what it is given and
/// answers as it is told.
struct MessageWorld: Sendable {
  let desk: LoopDesk
  let platform: Platform
  let carrier = NotedCarrier()

  static let gateways = MessageGateways(
    mail: MailGateway(
      server: MailServer(host: "mail.test", port: 25, security: .none), from: "lianbang@city.test"),
    sms: SMSGateway(
      url: "https://sms.test/send", body: #"{"to":"{phone}","text":"{text}"}"#,
      success: #""code":0"#),
    url: "https://lianbang.test")

  static func run<T>(
    on engine: Engine, _ body: (MessageWorld) async throws -> T
  ) async throws -> T {
    try await engine.withDatabase { database in
      let test = try await TestPlatform(database, gateways: gateways)
      try await test.loadSample()
      let desk = try await LoopDesk(test)
      return try await body(MessageWorld(desk: desk, platform: test.platform))
    }
  }

  /// A text is its key and its arguments, in the order of their names.
  static let words = MessageWords { key, arguments, language in
    let arguments = arguments.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    return ([language, key] + arguments).joined(separator: " ")
  }

  var send: SendMessages {
    SendMessages(platform, carrier.carrier, Self.words)
  }

  /// Sends until nothing is due.
  @discardableResult
  func pump() async throws -> SendMessages.Done {
    var all = try await send()
    while true {
      let done = try await send()
      if done.isIdle { return all }
      all.sent += done.sent
      all.failed += done.failed
    }
  }

  func choose(
    _ kinds: [Notice.Kind], by channels: Set<MessageChannel> = [.mail], for person: Person
  ) async throws {
    try await SetMessages(platform)(
      mail: "\(person.rawValue)@city.test",
      Dictionary(uniqueKeysWithValues: kinds.map { ($0, channels) }), language: "zh",
      of: desk.account(person))
  }

  func robot(
    _ kind: Robot.Kind = .dingtalk, kinds: [Notice.Kind] = [.registered, .assigned],
    by person: Person = .office
  ) async throws -> RobotID {
    var form = KeepRobots.Form()
    (form.name, form.kind, form.kinds) = ("工作群", kind, kinds)
    (form.address, form.secret) = ("https://robot.test/send?access_token=abcd1234", "SEC1")
    return try await KeepRobots(platform).make(form, language: "zh", by: desk.account(person))
  }

  /// As it is shown: six digits.
  func number(of problem: Problem) async throws -> String {
    let number = try await platform.database.read { connection in
      try connection.row("select number from problems where id = ?1", [problem.id]) {
        try $0.int(0)
      }
    }
    return padded(Int(number!), 6)
  }

  /// `channel state attempts` of every line of the outbox, in their order.
  func outbox() async throws -> [String] {
    try await platform.database.read { connection in
      try connection.rows(
        "select channel, state, attempts from message_outbox order by id"
      ) { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.int(2))" }
    }
  }
}

final class NotedCarrier: Sendable {
  private struct State {
    var mails: [OutgoingMail] = []
    var requests: [OutgoingRequest] = []
    var mail: OutgoingFault?
    var answer: Result<OutgoingAnswer, OutgoingFault> = .success(
      OutgoingAnswer(status: 200, body: Array(#"{"errcode":0,"code":0}"#.utf8)))
  }

  private let state = Mutex(State())

  var mails: [OutgoingMail] { state.withLock { $0.mails } }
  var requests: [OutgoingRequest] { state.withLock { $0.requests } }

  func answerMails(_ fault: OutgoingFault?) { state.withLock { $0.mail = fault } }

  func answer(_ status: Int, _ body: String) {
    state.withLock {
      $0.answer = .success(OutgoingAnswer(status: status, body: Array(body.utf8)))
    }
  }

  var carrier: MessageCarrier {
    MessageCarrier(
      mail: { mail in
        self.state.withLock {
          $0.mails.append(mail)
          return $0.mail
        }
      },
      request: { request in
        self.state.withLock {
          $0.requests.append(request)
          return $0.answer
        }
      })
  }
}
