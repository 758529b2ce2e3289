import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// What a receiver does not believe, and what it does then.
@Suite struct ExchangeFaultTests {
  private func withPair(
    _ engine: Engine, _ body: (ExchangeWorld, ExchangeTap) async throws -> Void
  ) async throws {
    try await engine.withDatabase { lower in
      try await Engine.sqlite.withDatabase { upper in
        let world = try await ExchangeWorld([.county: lower, .city: upper])
        try await world.link(.county, to: .city)
        try await body(world, ExchangeTap(world))
      }
    }
  }

  private func handUp(_ title: String, _ world: ExchangeWorld) async throws -> ProblemID {
    let id = try await world.register(title, at: .county)
    try await world.act(.refer(.superior, to: "city", text: "请上级协调"), on: id, at: .county)
    try await world[.county].sequence()
    return id
  }

  @Test(arguments: Engine.available)
  func whatIsNotProvenChangesNothing(engine: Engine) async throws {
    try await withPair(engine) { world, tap in
      _ = try await handUp("一", world)
      let good = try await tap.next()
      let cases: [(String, Int, String, (ExchangeRequest) throws -> ExchangeRequest)] = [
        ("another token", 401, "unauthorised", { tap.with($0, token: .random()) }),
        ("no JSON", 400, "malformed", { tap.with($0, body: Array("[{".utf8)) }),
        ("no array", 400, "malformed", { tap.with($0, body: Array("{}".utf8)) }),
        ("no checkpoint", 400, "malformed", { try tap.with($0) { $0.removeFirst() } }),
        (
          "UTF-16", 400, "malformed",
          { request in
            let text = String(decoding: request.body, as: UTF8.self)
            return tap.with(request, body: Array(text.data(using: .utf16LittleEndian)!))
          }
        ),
        (
          "deep nesting", 400, "malformed",
          { tap.with($0, body: Array(String(repeating: "[", count: 100_000).utf8)) }
        ),
        (
          "too many bytes", 413, "too_large",
          { tap.with($0, body: $0.body + Array(repeating: 32, count: 1 << 20)) }
        ),
        (
          "too many events", 413, "too_large",
          { try tap.with($0) { $0 += Array(repeating: $0[1], count: 100) } }
        ),
        (
          "another source", 400, "malformed",
          { try tap.with($0) { $0[1]["source"] = "urn:lianbang:0000000000000000" } }
        ),
        (
          "data that differ from the entry", 400, "malformed",
          { try tap.with($0) { $0[1]["data"] = ["text": "别的"] } }
        ),
        (
          "another number", 400, "malformed",
          { try tap.with($0) { $0[1]["sequence"] = "99999999999999999999" } }
        ),
        (
          "another place", 422, "not_proven",
          { try tap.with($0) { $0[1]["leafindex"] = "0" } }
        ),
        (
          "a root nobody signed", 422, "foreign_checkpoint",
          { request in
            try tap.with(request) { events in
              var data = events[0]["data"] as! [String: Any]
              let note = (data["note"] as! String).split(
                separator: "\n", omittingEmptySubsequences: false)
              let root = Base64.encode([UInt8](repeating: 7, count: 32))
              data["note"] =
                ([String(note[0]), String(note[1]), root] + note[3...].map(String.init))
                .joined(separator: "\n")
              events[0]["data"] = data
            }
          }
        ),
      ]
      for (name, status, code, spoil) in cases {
        let reply = try await world.line.send(try spoil(good))
        #expect(reply.status == status, "\(name)")
        #expect(try tap.code(of: reply) == code, "\(name)")
        #expect(try await world.link(.county, at: .city).stored.received == 0, "\(name)")
      }
      #expect(try await world.line.send(good).status == 200)
      #expect(try await world.link(.county, at: .city).stored.received == 1)
    }
  }

  /// A sender whose database was put back to an earlier copy numbers other messages anew.
  @Test(arguments: Engine.available)
  func aForkedLedgerStopsTheLink(engine: Engine) async throws {
    try await withPair(engine) { world, tap in
      _ = try await handUp("一", world)
      let good = try await tap.next()
      try await world.send(from: .county)
      // The same number for another message, in a ledger signed by the same keys.
      try await tap.forget(last: 1)
      _ = try await handUp("二", world)
      let other = try await tap.next()
      let reply = try await world.line.send(other)
      #expect(reply.status == 423)
      #expect(try tap.code(of: reply) == "stopped")
      let status = try await world.link(.county, at: .city)
      #expect(status.link.state == .stopped && status.link.fault == .forked)
      #expect(status.isAlarming(at: world[.city].platform.now()))
      #expect(status.stored.received == 1)
      // Also what was good is not taken any more, and the sender learns why.
      #expect(try await world.line.send(good).status == 423)
      #expect(try await world.send(from: .county) == [.stopped(.peerStopped)])
      #expect(try await world.link(.city, at: .county).link.fault == .peerStopped)
      for place in [ExchangeWorld.Place.county, .city] {
        #expect(try await ReplayLedger(world[place].platform)().differences == [])
      }
    }
  }

  /// The number is new, but the tree is smaller than the one that was signed.
  @Test(arguments: Engine.available)
  func aLedgerThatWentBackStopsTheLink(engine: Engine) async throws {
    try await withPair(engine) { world, tap in
      _ = try await handUp("一", world)
      try await world.send(from: .county)
      _ = try await handUp("二", world)
      let small = try await tap.next()
      // The receiver saw a larger tree meanwhile, without the second message in it.
      try await world[.city].platform.database.write { connection in
        let link = try LinkRows.find(name: "county", in: connection)!.link.id
        try ReceivedRows.add(
          .init(size: 9_999, root: [UInt8](repeating: 1, count: 32), note: "x"), of: link,
          in: connection)
      }
      #expect(try await world.line.send(small).status == 423)
      #expect(try await world.link(.county, at: .city).link.fault == .rolledBack)
    }
  }

  /// Our own database is an older copy: the other side has more of us than we have.
  @Test(arguments: Engine.available)
  func aSenderNoticesThatItForgot(engine: Engine) async throws {
    try await withPair(engine) { world, _ in
      _ = try await handUp("一", world)
      try await world[.county].platform.database.write { connection in
        try connection.run("update exchange_links set confirmed_size = 9999")
      }
      #expect(try await world.send(from: .county) == [.stopped(.weForgot)])
    }
  }

  /// The other side's database is an older copy: it lacks what it had confirmed.
  @Test(arguments: Engine.available)
  func aSenderNoticesThatTheOtherForgot(engine: Engine) async throws {
    try await withPair(engine) { world, _ in
      _ = try await handUp("一", world)
      try await world.send(from: .county)
      _ = try await handUp("二", world)
      try await world[.city].platform.database.write { connection in
        for table in ["exchange_received", "exchange_checkpoints"] {
          try connection.run("delete from \(table)")
        }
        try connection.run("update exchange_links set received = 0")
      }
      #expect(try await world.send(from: .county) == [.stopped(.peerForgot)])
    }
  }

  /// The answer to a first batch was lost: the next proof begins where the receiver is.
  @Test(arguments: Engine.available)
  func aProofBeginsWhereTheReceiverIs(engine: Engine) async throws {
    try await withPair(engine) { world, tap in
      _ = try await handUp("一", world)
      #expect(try await world.line.send(tap.next()).status == 200)
      _ = try await handUp("二", world)
      #expect(try await world.send(from: .county) == [.sent(1)])
      #expect(try await world.link(.county, at: .city).stored.received == 1)
      #expect(try await world.send(from: .county) == [.sent(1)])
      #expect(try await world.link(.county, at: .city).stored.received == 2)
    }
  }

  /// 2, 4, 8 … 256 seconds, then ten minutes; a success begins anew.
  @Test func waitsGrowWhileTheLineIsDown() {
    #expect(
      (0...11).map { ExchangeLimits.wait(afterFailures: $0) }
        == [2, 2, 4, 8, 16, 32, 64, 128, 256, 600, 600, 600])
  }

  @Test(arguments: Engine.available)
  func whatIsNotConfirmedForADayIsAlarming(engine: Engine) async throws {
    try await withPair(engine) { world, _ in
      _ = try await handUp("一", world)
      world.line.turnHostile(100)
      let status = try await world.link(.city, at: .county)
      #expect(status.unconfirmed == 1 && status.waitingSince != nil)
      let now = world[.county].platform.now()
      #expect(!status.isAlarming(at: now + 86_400))
      #expect(status.isAlarming(at: now + 86_401))
    }
  }

  @Test(arguments: Engine.available)
  func aClosedLinkTellsTheOtherSide(engine: Engine) async throws {
    try await withPair(engine) { world, _ in
      let id = try await handUp("一", world)
      try await CloseLink(world[.city].platform)("county", by: .system)
      #expect(try await world.send(from: .county) == [.stopped(.peerClosed)])
      // The office answers what is still out, and nothing can be handed up any more.
      try await world.act(.answerReferral(text: "上级电话答复"), on: id, at: .county)
      await #expect(throws: UseCaseError.self) {
        try await world.act(.refer(.superior, to: "city", text: "再报"), on: id, at: .county)
      }
      for place in [ExchangeWorld.Place.county, .city] {
        #expect(try await ReplayLedger(world[place].platform)().differences == [])
      }
    }
  }
}
