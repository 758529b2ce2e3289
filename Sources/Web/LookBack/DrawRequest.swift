import Domain
import HTTP
import Hummingbird

/// What a draw is asked for, as it stands in the address or a form.
struct DrawRequest {
  /// `2026-10`
  let from: String
  let to: String
  /// `20` or `10%`
  let share: String
  let track: String
  let unit: String

  init(_ request: Request) { self.init { request.query($0) } }

  init(_ form: FormData) { self.init { form[$0] } }

  private init(_ value: (String) -> String) {
    from = value("from").trimmed
    let last = value("to").trimmed
    to = last.isEmpty ? from : last
    share = value("share").trimmed.replacing("％", with: "%")
    track = value("track")
    unit = value("unit").trimmed
  }

  var isAsked: Bool { !from.isEmpty }

  /// The first day of the first month and the last of the last.
  var days: (Day, Day)? {
    guard let first = Day(from + "-01"), let last = Day(to + "-01") else { return nil }
    return (first, last.adding(months: 1) + -1)
  }
}
