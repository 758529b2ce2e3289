/// Numbers as a reader sees them, on pages, on paper and in files.
extension Wording {
  /// `85.0%` for 85; `—` where there is nothing to divide by.
  package func percent(_ value: Double?) -> String {
    value.map { decimal($0, places: 1) + "%" } ?? "—"
  }

  /// With no place or one; half is rounded away from zero.
  package func decimal(_ value: Double, places: Int) -> String {
    let scale = places == 0 ? 1.0 : 10.0
    let scaled = Int((abs(value) * scale).rounded())
    let whole = String(scaled / Int(scale))
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    return sign + grouped + (places == 0 ? "" : ".\(scaled % 10)")
  }
}
