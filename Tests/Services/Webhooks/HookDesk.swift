import Cryptography
import Domain
import Foundation
import Services
import Storage
import Synchronization
import TestSupport

/// Two counties, people of both, and a receiver that says what the test wants.
struct HookDesk: Sendable {
  let test: TestPlatform
  let office: Account
  let director: Account
  /// Of 清河县.
  let county: Account
  let handler: Account
  let otherCounty: Account
  let receiver = Receiver()

  var platform: Platform { test.platform }

  init(_ test: TestPlatform) async throws {
    self.test = test
    try await test.importRows(
      .divisions, "code,name\n990122000000,清江县\n990122101000,大河镇\n990122101200,大河村")
    office = try await test.account(.office)
    director = try await test.account(.director)
    county = try await test.account(.countyOffice, unit: "示例市/清河县/清河县活动办")
    handler = try await test.account(.handler, unit: "清河县水利局")
    otherCounty = try await test.account(.countyOffice, unit: "示例市/清江县")
    try await test.sequence()
  }

  static func run<T>(
    on engine: Engine, _ body: (HookDesk) async throws -> T
  ) async throws -> T {
    try await engine.withSample { try await body(HookDesk($0)) }
  }

  // MARK: Webhooks

  func hook(
    of account: Account, _ path: String = "a", kinds: [String]? = nil
  ) async throws -> (id: WebhookID, secret: WebhookSecret) {
    try await CreateWebhook(platform)(
      .init(
        name: "钩子\(path)", address: "https://hooks.example/\(path)?key=tell-nobody", kinds: kinds),
      by: account)
  }

  func stored(_ id: WebhookID) async throws -> WebhookRows.Stored {
    try await platform.database.read { try WebhookRows.find(id, in: $0)! }
  }

  func deliveries(
    _ id: WebhookID, of account: Account
  ) async throws -> [DeliveryList.Line] {
    try await ShowWebhooks(platform).deliveries(
      of: id, nil, before: nil, for: account, size: 10_000
    ).items.reversed()
  }

  /// Sequences what happened and delivers until nothing is due.
  @discardableResult
  func deliver() async throws -> DeliverWebhooks.Done {
    try await test.sequence()
    var sum = DeliverWebhooks.Done()
    let deliver = DeliverWebhooks(platform, send: receiver.send)
    while true {
      let done = try await deliver.round()
      if done.delivered + done.failed == 0 {
        sum.fault = sum.fault ?? done.fault
        return sum
      }
      sum.delivered += done.delivered
      sum.failed += done.failed
    }
  }

  // MARK: Problems

  func register(_ place: String = "示例市/清河县/柳林镇/河湾村") async throws -> ProblemID {
    try await RegisterProblem(platform)(
      Registration(
        track: "village", title: "王老五家门口", detail: "电话 13800009999", concerns: place, foundOn: ""),
      by: office)
  }

  func act(_ command: ProblemCommand, on id: ProblemID, by account: Account) async throws {
    _ = try await ActOnProblem(platform)(.command(command), on: id, seen: nil, by: account)
  }

  func assign(_ id: ProblemID) async throws {
    try await act(
      .judge(category: "infrastructure", difficulty: .general, tier: "", note: "悄悄话"), on: id,
      by: office)
    _ = try await ActOnProblem(platform)(
      .assign(.init(unit: "示例市/清河县/清河县水利局")), on: id, seen: nil, by: office)
  }
}

/// Takes what is sent, and answers as told.
final class Receiver: Sendable {
  struct Got: Sendable {
    let post: WebhookPost
    let event: [String: any Sendable]

    var type: String { event["type"] as? String ?? "" }
    var id: String { event["id"] as? String ?? "" }
    func header(_ name: String) -> String { post.headers.first { $0.name == name }?.value ?? "" }
  }

  private struct State {
    var got: [Got] = []
    var answer: @Sendable (WebhookPost) async -> WebhookAnswer? = { _ in .ok }
  }
  private let state = Mutex(State())

  var got: [Got] { state.withLock(\.got) }
  var types: [String] { got.map { String($0.type.dropFirst("lianbang.".count)) } }

  func answer(_ answer: @escaping @Sendable (WebhookPost) async -> WebhookAnswer?) {
    state.withLock { $0.answer = answer }
  }

  func answer(_ answer: WebhookAnswer) { self.answer { _ in answer } }

  func forget() { state.withLock { $0.got = [] } }

  var send: DeliverWebhooks.Send {
    { post in
      let event = Receiver.read(post.body)
      let answer = self.state.withLock { state in
        state.got.append(Got(post: post, event: event))
        return state.answer
      }
      return await answer(post)
    }
  }

  private static func read(_ body: [UInt8]) -> [String: any Sendable] {
    let object = try? JSONSerialization.jsonObject(with: Data(body))
    return (object as? [String: any Sendable]) ?? [:]
  }
}

extension WebhookAnswer {
  static let ok = WebhookAnswer(.status(200, retryAfter: nil), milliseconds: 3)
  static func status(_ status: Int) -> WebhookAnswer {
    WebhookAnswer(.status(status, retryAfter: nil), body: Array("no".utf8), milliseconds: 3)
  }
}
