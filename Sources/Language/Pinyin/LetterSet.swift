/// Which of a–z and 0–9 a character can begin with.
struct LetterSet: OptionSet, Sendable {
  let rawValue: UInt64

  init(rawValue: UInt64) { self.rawValue = rawValue }

  init(ascii scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39: rawValue = 1 << UInt64(scalar.value - 0x30)
    case 0x61...0x7A: rawValue = 1 << UInt64(scalar.value - 0x61 + 10)
    default: rawValue = 0
    }
  }

  func visit(_ work: (UInt8) -> Void) {
    var rest = rawValue
    while rest != 0 {
      let bit = UInt8(rest.trailingZeroBitCount)
      work(bit < 10 ? 0x30 + bit : 0x61 + bit - 10)
      rest &= rest - 1
    }
  }
}
