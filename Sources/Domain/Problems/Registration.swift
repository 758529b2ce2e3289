/// What a person fills in to register a problem, not yet checked.
package struct Registration: Sendable {
  package var track: String
  package var title: String
  package var detail: String
  package var concerns: String
  package var foundOn: String
  /// How it came in, and the number it has there; both may be empty.
  package var channel: String
  package var sourceNumber: String

  package init(
    track: String, title: String, detail: String, concerns: String, foundOn: String,
    channel: String = "", sourceNumber: String = ""
  ) {
    self.channel = channel
    self.sourceNumber = sourceNumber
    self.track = track
    self.title = title
    self.detail = detail
    self.concerns = concerns
    self.foundOn = foundOn
  }

  /// The fields of a registration, as forms and files name them.
  package enum Field: String, Sendable {
    case track, title, detail, concerns
    case foundOn = "found_on"
    case channel
    case sourceNumber = "source_number"

    /// Characters it may hold.
    package var limit: Int { self == .detail ? Problem.maximumText : Problem.maximumTitle }
  }

  /// Something wrong with one field.
  package struct Fault: Error, Hashable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
      case missing
      case tooLong = "too_long"
      case unknown
      case notAChoice = "not_a_choice"
      case notADay = "not_a_day"
      case inFuture = "in_future"
      /// The name fits several units.
      case ambiguous
      /// It lies outside what the account may register for.
      case notYours = "not_yours"
    }
    package let field: Field
    package let code: Code

    package init(_ field: Field, _ code: Code) {
      (self.field, self.code) = (field, code)
    }
  }

  /// The values of a registration that is in order.
  package struct Values: Sendable {
    package let track: Track
    package let title: String
    package let detail: String
    package let concerns: String
    package let foundOn: Day
    package let source: ProblemEvent.Source?
  }

  /// Every fault at once, so that a form is corrected in one go.
  /// - Parameter tracks: those there are procedures for.
  package func check(now: Instant, tracks: [Track]) -> Result<Values, Faults> {
    var faults: [Fault] = []
    func text(_ value: String, _ field: Field, required: Bool) -> String {
      let trimmed = (field == .detail ? value : value.singleLine).trimmed
      if required && trimmed.isEmpty { faults.append(Fault(field, .missing)) }
      if trimmed.unicodeScalars.count > field.limit { faults.append(Fault(field, .tooLong)) }
      return trimmed
    }
    let track = tracks.first { $0.rawValue == self.track.trimmed }
    if track == nil { faults.append(Fault(.track, self.track.isEmpty ? .missing : .notAChoice)) }
    let title = text(self.title, .title, required: true)
    let detail = text(self.detail, .detail, required: false)
    let concerns = text(self.concerns, .concerns, required: true)
    let channel = text(self.channel, .channel, required: !sourceNumber.trimmed.isEmpty)
    let sourceNumber = text(self.sourceNumber, .sourceNumber, required: false)
    // Most problems are registered the day they are found.
    let found = foundOn.trimmed
    let day = found.isEmpty ? now.day : Day(found)
    if let day {
      // Older than the campaign could remember: a slip of the keyboard.
      if day.year < 2000 { faults.append(Fault(.foundOn, .notADay)) }
      if day > now.day { faults.append(Fault(.foundOn, .inFuture)) }
    } else {
      faults.append(Fault(.foundOn, .notADay))
    }
    guard faults.isEmpty, let track, let day else { return .failure(Faults(faults)) }
    return .success(
      Values(
        track: track, title: title, detail: detail, concerns: concerns, foundOn: day,
        source: channel.isEmpty ? nil : .init(channel: channel, number: sourceNumber)))
  }

  package struct Faults: Error, Sendable {
    package let faults: [Fault]

    package init(_ faults: [Fault]) {
      self.faults = faults
    }
  }
}
