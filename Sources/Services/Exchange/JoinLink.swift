import Cryptography
import Domain
import Foundation
import Outgoing
import Storage

/// The second half of a link: calls the instance that made the code. Can be repeated until it succeeds.
package struct JoinLink: Sendable {
  let platform: Platform
  private let line: ExchangeLine

  package init(_ platform: Platform, line: @escaping ExchangeLine) {
    (self.platform, self.line) = (platform, line)
  }

  package enum Fault: Error, Hashable, Sendable {
    case badCode
    /// The other side refused, with its status and code.
    case refused(Int, String?)
    /// What it answered is no answer to this.
    case badAnswer
    case alreadyLinked
    case offer(OfferLink.Fault)
    /// No answer: the code of an `OutgoingFault`.
    case unreached(String)

    /// Its text in the catalogue.
    package var textKey: String {
      switch self {
      case .badCode: "exchange.fault.bad_code"
      case .refused(_, ExchangeRefusal.unauthorised.rawValue): "exchange.fault.code_unknown"
      case .refused(_, ExchangeRefusal.alreadyLinked.rawValue), .alreadyLinked:
        "exchange.fault.already_linked"
      case .refused: "exchange.fault.refused"
      case .badAnswer: "exchange.fault.bad_answer"
      case .offer(let fault): "exchange.fault.\(fault.rawValue)"
      case .unreached(let code): "outgoing.fault.\(code)"
      }
    }

    /// What its text may name.
    package var arguments: [String: String] {
      guard case .refused(let status, let code) = self else { return [:] }
      return ["status": "\(status)", "code": code ?? "–"]
    }
  }

  /// - Parameters:
  ///   - name: what the office here calls the other side.
  ///   - url: where this instance is reached from there.
  /// - Throws: `Fault`, what another line throws, `StorageError`
  package func callAsFunction(
    _ text: String, name: String, url: String, by actor: Actor
  ) async throws -> ExchangeLink {
    guard let code = LinkCode(text) else { throw Fault.badCode }
    let checked: (name: String, url: String)
    do {
      checked = (try OfferLink.checked(name), try OfferLink.checkedURL(url))
    } catch {
      throw Fault.offer(error)
    }
    let vault = platform.vault
    let own = try vault.linkToken(code: code.secret)
    let form = JoinForm(vault, url: checked.url, token: own, role: nil)
    let reply = try await ask(
      ExchangeRequest(
        url: code.url + ExchangePaths.links, token: code.secret,
        contentType: "application/json", body: Array(try JSONEncoder().encode(form))))
    guard reply.status == 201 else { throw Fault.refused(reply.status, reason(of: reply)) }
    guard let answer = try? JSONDecoder().decode(JoinForm.self, from: Data(reply.body)),
      let peer = answer.peer(at: code.url), let role = answer.role?.other
    else { throw Fault.badAnswer }
    let joined = ExchangeLink.Event.Joined(name: checked.name, role: role, peer: peer)
    do {
      return try await save(joined, incoming: own, outgoing: .init(text: answer.token), by: actor)
    } catch StorageError.notUnique {
      throw Fault.offer(.nameTaken)
    }
  }

  private func ask(_ request: ExchangeRequest) async throws -> ExchangeReply {
    do {
      return try await line(request)
    } catch let fault as OutgoingFault {
      throw Fault.unreached(fault.code)
    }
  }

  private func reason(of reply: ExchangeReply) -> String? {
    struct Problem: Decodable { var code: String? }
    return (try? JSONDecoder().decode(Problem.self, from: Data(reply.body)))?.code
  }

  private func save(
    _ joined: ExchangeLink.Event.Joined, incoming: SecretToken, outgoing: SecretToken,
    by actor: Actor
  ) async throws -> ExchangeLink {
    let (vault, now) = (platform.vault, platform.now())
    return try await platform.database.write { connection in
      if let known = try LinkRows.find(origin: joined.peer.origin, in: connection) {
        // The same once more.
        guard known.link.state == .open, known.link.peer == joined.peer,
          try LinkRows.find(token: incoming, in: connection)?.link.id == known.link.id
        else { throw Fault.alreadyLinked }
        return known.link
      }
      let link = try LinkHistory.begin(.joined(joined), at: now, by: actor, in: connection)
      try LinkRows.setTokens(
        incoming: incoming, sealed: try vault.sealLinkToken(outgoing, of: link.id), on: link.id,
        in: connection)
      return link
    }
  }
}
