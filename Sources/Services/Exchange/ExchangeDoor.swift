import Cryptography
import Domain
import Foundation
import Storage

/// What other instances may ask of this one, with the answers as they go over the line.
package struct ExchangeDoor: Sendable {
  let platform: Platform

  package init(_ platform: Platform) { self.platform = platform }

  package struct Answer: Sendable {
    package let status: Int
    package let contentType: String
    package let body: [UInt8]
  }

  /// `POST /exchange/v1/links`, with a code for a token.
  /// - Throws: `StorageError`, `KeyRing.Fault.none` without the master key
  package func links(_ token: SecretToken?, _ body: [UInt8]) async throws -> Answer {
    do {
      guard let token else { throw ExchangeRefusal.unauthorised }
      let answer = try await AcceptJoin(platform)(token, body)
      return Answer(status: 201, contentType: "application/json", body: answer)
    } catch let refusal as ExchangeRefusal {
      return try ExchangeDoor.answer(refusal)
    }
  }

  /// `POST /exchange/v1/messages`
  /// - Throws: `StorageError`
  package func messages(_ token: SecretToken?, _ body: [UInt8]) async throws -> Answer {
    do {
      guard let token else { throw ExchangeRefusal.unauthorised }
      let receipt = try await ReceiveExchange(platform)(token, body)
      return try ExchangeDoor.answer(receipt)
    } catch let refusal as ExchangeRefusal {
      return try ExchangeDoor.answer(refusal)
    }
  }

  private static func answer(_ receipt: ReceiveExchange.Receipt) throws -> Answer {
    guard receipt.isBehind else {
      let body = SendExchange.Receipt(received: receipt.received, size: String(receipt.size))
      return Answer(
        status: 200, contentType: "application/json", body: Array(try encoder.encode(body)))
    }
    return try problem(.behind, receipt)
  }

  package static func answer(_ refusal: ExchangeRefusal) throws -> Answer {
    try problem(refusal, nil)
  }

  /// RFC 9457
  private struct Body: Encodable {
    let type = "about:blank"
    let title: String
    let status: Int
    let code: String
    let received: Int?
    let size: String?
  }

  private static func problem(
    _ refusal: ExchangeRefusal, _ receipt: ReceiveExchange.Receipt?
  ) throws -> Answer {
    let body = Body(
      title: refusal.title, status: refusal.status, code: refusal.rawValue,
      received: receipt?.received, size: receipt.map { String($0.size) })
    return Answer(
      status: refusal.status, contentType: "application/problem+json",
      body: Array(try encoder.encode(body)))
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

extension ExchangeRefusal {
  package var status: Int {
    switch self {
    case .unauthorised: 401
    case .closed: 410
    case .stopped: 423
    case .malformed: 400
    case .tooLarge: 413
    case .wrongType: 415
    case .tooSlow: 408
    case .busy: 503
    case .foreignCheckpoint, .notProven: 422
    case .behind, .alreadyLinked: 409
    }
  }

  /// For programmers of the other side: English like the rest of the protocol.
  var title: String {
    switch self {
    case .unauthorised: "No such token or code"
    case .closed: "The link is closed"
    case .stopped: "The link is stopped because of a fault"
    case .malformed: "Not a batch of this exchange"
    case .tooLarge: "Too many messages or bytes"
    case .wrongType: "Not the content type of this door"
    case .tooSlow: "The request did not come to its end"
    case .busy: "Come again later"
    case .foreignCheckpoint: "The checkpoint is not signed by the pinned keys"
    case .notProven: "An entry is not in the checkpoint's tree"
    case .behind: "Send again from what is received"
    case .alreadyLinked: "There is a link to this instance already"
    }
  }
}
