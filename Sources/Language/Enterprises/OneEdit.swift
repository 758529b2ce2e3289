extension Unicode.Scalar {
  /// A digit, or a numeral of Chinese (not 万, 伍, 陆, which names are full of): an edit that touches one makes another firm.
  var isNumeral: Bool {
    switch self {
    case "0"..."9", "〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千":
      true
    default: false
    }
  }
}

/// Whether two different keys are one edit apart that touches no numeral.
func isOneEdit(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
  guard abs(a.count - b.count) <= 1 else { return false }
  let shorter = min(a.count, b.count)
  var head = 0
  while head < shorter, a[head] == b[head] { head += 1 }
  var tail = 0
  while tail < shorter - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
  let (left, right) = (a[head..<a.count - tail], b[head..<b.count - tail])
  return left.count <= 1 && right.count <= 1 && left.count + right.count > 0
    && !(left + right).contains(where: \.isNumeral)
}
