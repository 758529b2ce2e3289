/// What came of a try to tell somebody, and so what comes next.
package enum MessageVerdict: Hashable, Sendable {
  case sent
  /// The recipient's line speaks too often: not before as many seconds.
  case tooOften(Int64)
  /// It will never work so, for this recipient: a stable code for the reason.
  case hopeless(String)
  /// Perhaps later.
  case failed(String)
  /// It is nobody's fault among the recipients: the server of the channel does not do its work.
  case closed(String)

  /// - Parameters:
  ///   - status: of HTTP.
  ///   - code: `errcode` of the answer; nil where there is none.
  package static func robot(_ kind: Robot.Kind, status: Int, code: Int?) -> MessageVerdict {
    guard (200..<300).contains(status), let code else {
      return status == 429 ? .tooOften(60) : .failed("http \(status)")
    }
    return switch (kind, code) {
    case (_, 0): .sent
    // WeCom: the API's frequency limit.
    case (.wecom, 45009): .tooOften(60)
    // WeCom: invalid webhook address, or the robot was taken out of its group.
    case (.wecom, 93000), (.wecom, 93008): .hopeless("errcode \(code)")
    // DingTalk: sends too fast; the robot is closed for ten minutes.
    case (.dingtalk, 130101), (.dingtalk, 410100): .tooOften(600)
    // DingTalk: no such token, robot stopped, signature or keyword does not match.
    case (.dingtalk, 300001), (.dingtalk, 300005), (.dingtalk, 310000), (.dingtalk, 400013),
      (.dingtalk, 400101):
      .hopeless("errcode \(code)")
    default: .failed("errcode \(code)")
    }
  }

  /// - Parameter reply: the number a mail server said (RFC 5321 section 4.2.3, RFC 4954).
  package static func mail(reply: Int) -> MessageVerdict {
    let fault = "smtp \(reply)"
    return switch reply {
    // The server is closing, or wants to know who we are.
    case 421, 454, 530, 534, 535, 538: .closed(fault)
    case 500...599: .hopeless(fault)
    default: .failed(fault)
    }
  }

  /// - Parameters:
  ///   - status: of HTTP.
  ///   - isTaken: whether the gateway says so in its answer.
  package static func sms(status: Int, isTaken: Bool) -> MessageVerdict {
    let fault = "http \(status)"
    return switch status {
    case 200..<300: isTaken ? .sent : .failed("not_taken")
    case 401, 403, 404, 405, 429, 500...599: .closed(fault)
    default: .failed(fault)
    }
  }
}
