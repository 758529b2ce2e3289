import Domain
import HTTP
import Services

/// The part of 消息设置 that is about ways outside of the application.
struct MessageSettingsView {
  let words: Wording
  let settings: SetMessages.Settings

  /// - Parameters:
  ///   - mail: as filled in, where something is wrong with it.
  func view(mail: String?, isRefused: Bool, trial: String) -> View {
    let faults = MessageView(words: words, now: Instant(milliseconds: 0))
    return [
      "has_channels": !settings.channels.isEmpty,
      "has_mail": settings.channels.contains(.mail), "mail": mail ?? settings.mail ?? "",
      "mail_fault": isRefused, "trial": !trial.isEmpty,
      "channels": settings.channels.map { channel -> View in
        let place = channel == .mail ? settings.mail : settings.phone
        return [
          "name": words("message.channel.\(channel.rawValue)"), "value": channel.rawValue,
          "place": (place ?? "").orFalse,
          "fault": (settings.faults[channel].map(faults.fault) ?? "").orFalse,
          "url_trial": Route.inboxTrial.path,
        ]
      },
    ]
  }

  /// The boxes of a kind.
  func boxes(_ kind: Notice.Kind) -> [View] {
    settings.channels.map { channel in
      [
        "field": "by_\(kind.rawValue)", "value": channel.rawValue,
        "name": words("message.channel.\(channel.rawValue)"),
        "chosen": settings.choices[kind]?.contains(channel) ?? false,
      ]
    }
  }
}
