/// A part of a whole as a bar: drawn by the server, so that it needs no style of its own. The number stands
/// beside it.
enum Measure {
  static func html(_ part: Int, of whole: Int) -> String {
    let width = whole > 0 ? min(100, max(0, part * 100 / whole)) : 0
    // Nothing that is there is too little to be seen.
    let shown = part > 0 ? max(2, width) : 0
    return
      "<svg class=\"measure\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      + "<rect class=\"whole\" width=\"100\" height=\"8\"/><rect width=\"\(shown)\" height=\"8\"/></svg>"
  }

  /// `98 %`, rounded down: what is not all is not 100.
  static func percent(_ part: Int, of whole: Int) -> String {
    whole > 0 ? "\(part * 100 / whole)%" : "—"
  }
}
