import Domain
import Foundation
import Services
import Storage
import TestSupport
import Testing

/// Webhooks as their owners have them: made, changed, rotated, paused, removed.
@Suite struct WebhookTests {
  @Test(
    arguments: [
      ("", "https://hooks.example/", [.nameMissing]),
      ("长" + String(repeating: "长", count: 60), "https://hooks.example/", [.nameTooLong]),
      ("a", "", [.addressInvalid]), ("a", "hooks.example/x", [.addressInvalid]),
      ("a", "ftp://hooks.example/", [.addressInvalid]),
      ("a", "https://user:word@hooks.example/", [.addressInvalid]),
      ("a", "https://hooks.example/#part", [.addressInvalid]),
      ("a", "https://hooks.example/a b", [.addressInvalid]),
      ("a", "http://hooks.example/", [.addressNotHTTPS]),
      ("a", "https://127.0.0.1/", [.addressPrivate]), ("a", "https://[::1]/", [.addressPrivate]),
      ("a", "https://169.254.169.254/latest", [.addressPrivate]),
      ("a", "https://10.1.2.3:8443/", [.addressPrivate]),
      ("", "http://hooks.example/", [.nameMissing, .addressNotHTTPS]),
    ] as [(String, String, [WebhookRefusal])])
  func whatIsRefused(_ name: String, _ address: String, _ reasons: [WebhookRefusal]) async throws {
    try await Engine.sqlite.withDatabase { database in
      let test = try await TestPlatform(database)
      let account = try await test.account(.office)
      await #expect(throws: WebhookRefusals(reasons)) {
        _ = try await CreateWebhook(test.platform)(
          .init(name: name, address: address), by: account)
      }
    }
  }

  @Test func kindsAreKnownAndTwentyAreEnough() async throws {
    try await Engine.sqlite.withDatabase { database in
      let test = try await TestPlatform(database)
      let account = try await test.account(.office)
      func make(_ kinds: [String]?) async throws {
        _ = try await CreateWebhook(test.platform)(
          .init(name: "a", address: "https://hooks.example/", kinds: kinds), by: account)
      }
      await #expect(throws: WebhookRefusals([.kindsMissing])) { try await make([]) }
      await #expect(throws: WebhookRefusals([.unknownKind])) {
        try await make(["problem.closed", "problem.exploded"])
      }
      for _ in 0..<20 { try await make(["problem.closed"]) }
      await #expect(throws: WebhookRefusals([.tooMany])) { try await make(nil) }
    }
  }

  /// Officials, enterprises, leaders and administrators have none.
  @Test func onlyOfficesAndHandlersHaveThem() {
    let may = Role.allCases.filter { $0.may(.manageWebhooks) }
    #expect(may == [.office, .director, .countyOffice, .handler])
    #expect(Role.allCases.filter { $0.may(.overseeWebhooks) } == [.systemAdministrator])
  }

  @Test(arguments: Engine.available)
  func nobodyElsesWebhookIsThere(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let id = try await desk.hook(of: desk.county).id
      for account in [desk.office, desk.handler] {
        await #expect(throws: UseCaseError.self) {
          _ = try await ShowWebhooks(desk.platform).one(id, for: account)
        }
        await #expect(throws: UseCaseError.self) {
          try await SwitchWebhook(desk.platform).remove(id, by: account)
        }
      }
      #expect(try await desk.stored(id).webhook.state == .active)
      let administrator = try await desk.test.account(.systemAdministrator)
      let all = try await ShowWebhooks(desk.platform).all(before: nil, for: administrator).items
      #expect(all.map(\.stored.id) == [id] && all[0].owner == "测试员")
      #expect(all[0].stored.webhook.origin == "https://hooks.example")
      try await SwitchWebhook(desk.platform).switchOff(id, by: administrator)
      #expect(try await desk.stored(id).webhook.reason == .administrator)
      let told = try await ListNotices(desk.platform)(after: nil, for: desk.county).items
      #expect(told.map(\.kind) == [.webhookOff] && told[0].subject == .webhook(id))
      #expect(told[0].title == "钩子a")
    }
  }

  /// Neither the table nor the ledger has the secret or the address's path in clear, and the ledger tells
  /// the same as the tables after all that can be done.
  @Test(arguments: Engine.available)
  func secretsAreSealedAndTheLedgerKnowsTheRest(engine: Engine) async throws {
    try await HookDesk.run(on: engine) { desk in
      let (id, secret) = try await desk.hook(of: desk.office, kinds: ["problem.closed"])
      #expect(secret.bytes.count == 32 && secret.text.hasPrefix("whsec_"))
      let detail = try await ShowWebhooks(desk.platform).one(id, for: desk.office)
      #expect(detail.address == "https://hooks.example/a?key=tell-nobody")
      try await ChangeWebhook(desk.platform)(
        id, to: .init(name: "另一个", address: "https://hooks.example/b?key=still-nobody"),
        by: desk.office)
      // Of the secret the ledger knows when it was made: that must be another moment.
      desk.test.advance(seconds: 60)
      let next = try await RotateWebhookSecret(desk.platform)(id, by: desk.office)
      let use = SwitchWebhook(desk.platform)
      try await use.pause(id, by: desk.office)
      await #expect(throws: WebhookRefusals([.wrongState])) {
        try await use.pause(id, by: desk.office)
      }
      await #expect(throws: WebhookRefusals([.wrongState])) {
        try await RedeliverWebhook(desk.platform).test(id, by: desk.office)
      }
      try await use.resume(id, from: .stopped, by: desk.office)
      let stored = try await desk.platform.database.read { connection in
        let runs = try connection.rows(
          "select address || secret || old_secret from webhook_runs", []
        ) { try $0.text(0) }
        let rows = try connection.rows(
          "select kind || payload from ledger where stream = ?1 order by version", ["webhook/\(id)"]
        ) { try $0.text(0) }
        return runs + rows
      }
      for text in stored {
        let hidden = ["nobody", "whsec_"] + [secret, next].map { String($0.text.dropFirst(6)) }
        for word in hidden {
          #expect(!text.contains(word), "\(text)")
        }
      }
      let kinds = ["added", "changed", "rotated", "paused", "resumed"]
      #expect(stored.dropFirst().map { $0.prefix { $0 != "{" } } == kinds.map { "webhook.\($0)" })
      #expect(try await ReplayLedger(desk.platform)().differences == [])
      try await use.remove(id, by: desk.office)
      await #expect(throws: UseCaseError.self) {
        _ = try await ShowWebhooks(desk.platform).one(id, for: desk.office)
      }
      #expect(try await ReplayLedger(desk.platform)().differences == [])
    }
  }

  /// docs/webhooks.md names every kind and no other.
  @Test func everyKindIsExplained() throws {
    let text = try String(
      contentsOfFile: TestPlatform.root + "/docs/webhooks.md", encoding: .utf8)
    let named = text.matches(of: #/`((?:order|problem)\.[a-z_]+)`/#).map { String($0.1) }
    #expect(Set(named) == WebhookKinds.known && named.count == WebhookKinds.all.count)
  }

  /// The Standard Webhooks specification's own example.
  @Test func signatureOfTheSpecification() throws {
    let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    #expect(
      secret.signature(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330,
        body: Array(#"{"test": 2432232314}"#.utf8))
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  /// Python: base64.b64encode(hmac.new(bytes(range(32)), b'17.1770861600.{"a":"b"}', hashlib.sha256).digest())
  @Test func signatureOfASecretOf32Bytes() throws {
    let secret = try #require(
      WebhookSecret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
    #expect(
      secret.signature(id: "17", seconds: 1_770_861_600, body: Array(#"{"a":"b"}"#.utf8))
        == "v1,OIX23kBPCoCPKIPxcW1es9BpMLO6oR6H9dLUdisV3EY=")
    #expect(WebhookSecret("whsec_A") == nil && WebhookSecret("AAAA") == nil)
  }

  /// For a day both secrets sign, the new one first; then only the new one.
  @Test func rotation() async throws {
    try await HookDesk.run(on: .sqlite) { desk in
      let (id, old) = try await desk.hook(of: desk.office)
      let new = try await RotateWebhookSecret(desk.platform)(id, by: desk.office)
      for (seconds, secrets) in [(0, [new, old]), (86_399, [new, old]), (1, [new])] {
        desk.test.advance(seconds: Int64(seconds))
        desk.receiver.forget()
        try await RedeliverWebhook(desk.platform).test(id, by: desk.office)
        try await desk.deliver()
        let got = try #require(desk.receiver.got.first)
        let expected = secrets.map {
          $0.signature(
            id: got.header("webhook-id"), seconds: Int64(got.header("webhook-timestamp"))!,
            body: got.post.body)
        }
        #expect(got.header("webhook-signature") == expected.joined(separator: " "))
        #expect(got.type == "lianbang.test" && got.id == got.header("webhook-id"))
      }
    }
  }
}
