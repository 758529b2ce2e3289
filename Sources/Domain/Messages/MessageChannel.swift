/// A way out of the application. What is told there is told in the inbox as well; nothing is told only there.
package enum MessageChannel: String, Hashable, Sendable, CaseIterable {
  case mail, sms
  /// The robot of a group in WeCom or DingTalk.
  case robot

  /// Those that an account chooses for itself.
  package static let personal: [MessageChannel] = [.mail, .sms]
}

/// The robot of a group that an office has set up.
package struct RobotID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// A line of the outbox: one thing to be told to one recipient by one channel.
package struct MessageID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Whom a message goes to.
package enum MessageRecipient: Hashable, Sendable {
  case account(AccountID)
  case robot(RobotID)

  package var id: Int64 {
    switch self {
    case .account(let id): id.value
    case .robot(let id): id.value
    }
  }
}
