/// The robot of a group chat, by which an office tells all in the group.
package struct Robot: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// 企业微信群机器人
    case wecom
    /// 钉钉自定义机器人, signed.
    case dingtalk

    /// UTF-8 bytes of a text: WeCom's documented bound, DingTalk's with room for what stands around it.
    package var mostBytes: Int {
      switch self {
      case .wecom: 2048
      case .dingtalk: 18_000
      }
    }
  }

  package enum State: String, Hashable, Sendable, CaseIterable {
    case active
    /// By somebody of the office, or because it did not work: then with a reason.
    case paused
    case removed
  }

  /// What is wrong with what was filled in.
  package enum Fault: String, Error, Hashable, Sendable, CaseIterable {
    case noName = "no_name"
    case badAddress = "bad_address"
    /// DingTalk's robots are signed.
    case noSecret = "no_secret"
    case noKinds = "no_kinds"
    case tooMany = "too_many"
  }

  /// What an office may have at most.
  package static let most = 50

  /// What a group can be told of: what the office itself is told, and what the whole county waits for.
  package static let kinds: [Notice.Kind] = [
    .registered, .assigned, .redone, .urged, .dueSoon, .asked, .claimed, .supplemented,
    .draftWaiting, .closed,
  ]
}
