import Cryptography
import Domain
import Foundation
import Outgoing

/// What is said to the robot of a group, and how its answer is read.
struct RobotRequest {
  let kind: Robot.Kind
  let address: String
  /// DingTalk's.
  let secret: String?

  /// - Throws: never for text.
  func request(_ text: String, at now: Instant) throws -> OutgoingRequest {
    struct Content: Encodable { var content: String }
    struct Message: Encodable {
      var msgtype = "text"
      var text: Content
    }
    let body = try JSONEncoder().encode(Message(text: Content(content: text)))
    return OutgoingRequest(
      method: "POST", url: signed(at: now), headers: [("Content-Type", "application/json")],
      body: Array(body))
  }

  /// DingTalk, 自定义机器人安全设置: `timestamp` in milliseconds, and `sign`, the base64 of HMAC-SHA256 with the
  /// secret as key over the timestamp, a line feed and the secret, percent-encoded.
  func signed(at now: Instant) -> String {
    guard kind == .dingtalk, let secret else { return address }
    let text = "\(now.milliseconds)\n\(secret)"
    let code = CipherSuite.international.authenticationCode(
      Array(text.utf8), key: Array(secret.utf8))
    let sign = SMSGateway.percentEncoded(Base64.encode(code.bytes))
    return address + (address.contains("?") ? "&" : "?")
      + "timestamp=\(now.milliseconds)&sign=\(sign)"
  }

  func verdict(_ answer: OutgoingAnswer) -> MessageVerdict {
    struct Code: Decodable { var errcode: Int }
    let code = try? JSONDecoder().decode(Code.self, from: Data(answer.body))
    return .robot(kind, status: answer.status, code: code?.errcode)
  }
}
