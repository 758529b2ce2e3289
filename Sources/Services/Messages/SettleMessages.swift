import Domain
import Storage

/// Notes what came of tries, and when the next may be.
struct SettleMessages {
  let platform: Platform
  let now: Instant
  let connection: any Connection

  func callAsFunction(_ results: [MessageResult]) throws {
    let troubles = try MessageLines.troubles(in: connection)
    for channel in MessageChannel.allCases {
      let own = results.filter { $0.letter.line.channel == channel }
      // Where one got through the server does its work.
      let isWorking = own.contains { $0.verdict == .sent }
      let trouble = troubles.first { $0.channel == channel }
      if isWorking, trouble != nil { try MessageLines.reopen(channel, in: connection) }
      if !isWorking, let fault = own.lazy.compactMap(\.closing).first {
        let tries = (trouble?.tries ?? 0) + 1
        try MessageLines.close(
          channel, until: now + MessageRules.wait(afterTries: tries), tries: tries,
          since: trouble?.since ?? now, fault: fault, in: connection)
      }
      for result in own {
        try settle(result, isWorking ? result.verdict?.ofRecipient : result.verdict)
      }
    }
  }

  private func settle(_ result: MessageResult, _ verdict: MessageVerdict?) throws {
    let (letter, line) = (result.letter, result.letter.line)
    let ids = letter.items.map(\.id)
    switch verdict {
    case nil:
      var until: Instant?
      if case .later(let next) = letter.target { until = next }
      try MessageLines.release(
        line, until: until, tries: line.tries, failingSince: line.failingSince, fault: nil,
        in: connection)
    case .sent:
      try MessageRows.settle(ids, as: .sent, fault: nil, now: now, in: connection)
      let gap = MessageRules.gap(line.channel)
      try MessageLines.release(
        line, until: gap > 0 ? now + gap : nil, tries: 0, failingSince: nil, fault: nil,
        in: connection)
    case .tooOften(let seconds):
      let fault = MessageLines.tooOften
      try MessageRows.settle(ids, as: .waiting, fault: fault, now: now, in: connection)
      try MessageLines.release(
        line, until: now + seconds, tries: line.tries, failingSince: line.failingSince,
        fault: fault, in: connection)
    case .closed(let fault):
      try keep(letter, fault)
      try MessageLines.release(
        line, until: nil, tries: line.tries, failingSince: line.failingSince, fault: fault,
        in: connection)
    case .failed(let fault):
      try keep(letter, fault)
      let (tries, since) = (line.tries + 1, line.failingSince ?? now)
      try MessageLines.release(
        line, until: now + MessageRules.wait(afterTries: tries), tries: tries,
        failingSince: since, fault: fault, in: connection)
      if MessageRules.pauses(tries: tries, failingSince: since, now: now) {
        try pause(line, fault)
      }
    case .hopeless(let fault):
      try MessageRows.settle(ids, as: .failed, fault: fault, now: now, in: connection)
      try MessageLines.release(
        line, until: nil, tries: line.tries + 1, failingSince: line.failingSince ?? now,
        fault: fault, in: connection)
      try pause(line, fault)
    }
  }

  /// What has waited too long is given up; a trial, which somebody waits for, at once.
  private func keep(_ letter: MessageLetter, _ fault: String) throws {
    let calendar = try platform.calendar(in: connection)
    let given = letter.items.filter { waiting in
      waiting.item.kind == nil
        || waiting.failingSince.map {
          MessageRules.isGivenUp(failingSince: $0, now: now, calendar)
        } ?? false
    }
    let ids = Set(given.map(\.id))
    try MessageRows.settle(
      given.map(\.id), as: .failed, fault: fault, now: now, in: connection)
    try MessageRows.settle(
      letter.items.map(\.id).filter { !ids.contains($0) }, as: .waiting, fault: fault, now: now,
      in: connection)
  }

  /// Only robots are paused, by the platform; what waits for them is given up.
  private func pause(_ line: MessageLines.Line, _ fault: String) throws {
    guard line.channel == .robot,
      let robot = try RobotRows.find(RobotID(line.recipient), in: connection),
      robot.state == .active
    else { return }
    try RobotRows.pause(robot, reason: fault, at: now, by: .system, in: connection)
    try MessageRows.drop(.robot, line.recipient, fault: fault, now: now, in: connection)
  }
}

extension MessageVerdict {
  /// The same where others got through: the channel cannot be the reason.
  fileprivate var ofRecipient: MessageVerdict {
    if case .closed(let fault) = self { .failed(fault) } else { self }
  }
}

extension MessageResult {
  /// Why the whole channel waits; nil where it need not.
  fileprivate var closing: String? {
    if case .closed(let fault) = verdict { fault } else { nil }
  }
}
