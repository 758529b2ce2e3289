extension Instant {
  /// Reads `2026-02-12T16:30`, with seconds or without, with thousandths or without; the offset (`Z`,
  /// `+08:00`) may be left out, then it is Asia/Shanghai's. Anything else is nil.
  package init?(text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 16, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = Day.digits(bytes[11..<13]), let minute = Day.digits(bytes[14..<16]),
      hour < 24, minute < 60
    else { return nil }
    var rest = bytes[16...]
    guard let seconds = Instant.seconds(&rest), let offset = Instant.offset(rest) else {
      return nil
    }
    let local = Int64(hour * 60 + minute) * 60_000 + seconds
    milliseconds =
      Instant(startOf: day).milliseconds + local + Instant.shanghaiOffset - offset
  }

  /// Reads a time as RFC 3339 has it: with seconds and an offset.
  package init?(rfc3339 text: some StringProtocol) {
    let bytes = Array(text.uppercased().utf8)
    guard bytes.count >= 20, bytes[16] == UInt8(ascii: ":"),
      bytes.last == UInt8(ascii: "Z") || bytes[bytes.count - 3] == UInt8(ascii: ":"),
      bytes.count == 20 || bytes[19] != UInt8(ascii: ":")
    else { return nil }
    self.init(text: text.uppercased())
  }

  /// `:30` or `:30.5` in milliseconds, taken from the front.
  private static func seconds(_ text: inout ArraySlice<UInt8>) -> Int64? {
    guard text.first == UInt8(ascii: ":") else { return 0 }
    guard text.count >= 3, let whole = Day.digits(text.dropFirst().prefix(2)), whole < 60 else {
      return nil
    }
    text = text.dropFirst(3)
    guard text.first == UInt8(ascii: ".") else { return Int64(whole) * 1000 }
    let digits = text.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, let part = Day.digits((digits + Array("00".utf8)).prefix(3)) else {
      return nil
    }
    text = text.dropFirst(digits.count + 1)
    return Int64(whole) * 1000 + Int64(part)
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    if text.isEmpty { return shanghaiOffset }
    let bytes = Array(text)
    if bytes == [UInt8(ascii: "Z")] { return 0 }
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), "+-".utf8.contains(bytes[0]),
      let hours = Day.digits(bytes[1..<3]), let minutes = Day.digits(bytes[4..<6]), hours < 24,
      minutes < 60
    else { return nil }
    let offset = Int64(hours * 60 + minutes) * 60_000
    return bytes[0] == UInt8(ascii: "-") ? -offset : offset
  }
}
