/// A time at which days end, in seconds from their beginning.
package enum TimeOfDay {
  /// Reads `17:30`; `24:00` is the end of the day. `00:00` is none: no day ends before it began.
  package static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = Day.digits(bytes[0..<2]),
      let minute = Day.digits(bytes[3..<5]), minute < 60
    else { return nil }
    let seconds = hour * 3600 + minute * 60
    return (1...ClockRun.midnight).contains(seconds) ? seconds : nil
  }

  package static func text(_ seconds: Int) -> String {
    padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
  }
}
