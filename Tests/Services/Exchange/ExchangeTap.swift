import Cryptography
import Domain
import Foundation
import Ledger
import Services
import Storage
import TestSupport
import Testing

/// Takes the county's requests off the line, and changes them.
final class ExchangeTap {
  private let world: ExchangeWorld

  init(_ world: ExchangeWorld) { self.world = world }

  private final class Box: @unchecked Sendable {
    // Set once by the line before it throws, read after.
    var request: ExchangeRequest?
  }

  /// The batch the county would send now; it does not arrive.
  func next() async throws -> ExchangeRequest {
    let box = Box()
    let send = SendExchange(world[.county].platform) { request in
      box.request = request
      throw HostileLine.Fault.dropped
    }
    let id = try await world.link(.city, at: .county).link.id
    _ = try await send(id, isPatient: false)
    try await world[.county].platform.database.write {
      try $0.run("update exchange_links set next_at = 0")
    }
    return try #require(box.request)
  }

  func with(
    _ request: ExchangeRequest, token: SecretToken? = nil, body: [UInt8]? = nil
  ) -> ExchangeRequest {
    ExchangeRequest(
      url: request.url, token: token ?? request.token, contentType: request.contentType,
      body: body ?? request.body)
  }

  /// With its events changed.
  func with(
    _ request: ExchangeRequest, _ change: (inout [[String: Any]]) throws -> Void
  ) throws -> ExchangeRequest {
    var events = try #require(
      JSONSerialization.jsonObject(with: Data(request.body)) as? [[String: Any]])
    try change(&events)
    return with(request, body: Array(try JSONSerialization.data(withJSONObject: events)))
  }

  func code(of reply: ExchangeReply) throws -> String? {
    let problem = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
    return problem?["code"] as? String
  }

  /// The county's database as if its last message had never been written, nor sent.
  func forget(last count: Int) async throws {
    let id = try await world.link(.city, at: .county).link.id
    try await world[.county].platform.database.write { connection in
      let stream = ExchangeOutbox.streamName(id)
      let next = try ExchangeOutbox.next(id, in: connection)
      // Another stream's from now on: the tree stays as it was signed.
      try connection.run(
        "update ledger set stream = 'forgotten/1' where stream = ?1 and version >= ?2",
        [stream, next - count])
      try connection.run("update exchange_links set confirmed = 0, confirmed_size = 0")
    }
  }
}
