import HTTPTypes
import Hummingbird

extension Request {
  /// Whether the browser itself says that a form was on a page of another site. The form token keeps such
  /// forms out already; this does so even where a token became known. Browsers too old to say anything
  /// are believed.
  var isFromElsewhere: Bool {
    if let site = headers[HTTPField.Name("Sec-Fetch-Site")!] {
      return site != "same-origin" && site != "none"
    }
    guard let origin = headers[.origin] else { return false }
    guard let start = origin.firstRange(of: "://")?.upperBound else { return true }
    return Self.name(of: origin[start...]) != head.authority.map { Self.name(of: $0[...]) }
  }

  /// A host without its port, which a proxy may have taken away.
  private static func name(of authority: Substring) -> Substring {
    guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
      return authority
    }
    return authority[..<colon]
  }
}
