import Domain
import HTTP
import Services

/// Who is in charge of an entry of the registers, or what an official is in charge of, with what was before.
struct PairingBlock {
  let words: Wording

  /// As those see it who are helped.
  func official(_ official: PairedOfficial) -> View {
    [
      "name": official.name, "unit": Self.unit(official.unitPath),
      "post": (official.post ?? "").orFalse, "phone": (official.officePhone ?? "").orFalse,
      "role": words("pairing.role.\(official.role.rawValue)"), "is_link": official.role == .link,
      "since": words.day(official.since),
    ]
  }

  /// `禹州市 禹州市财政局`: the city goes without saying.
  static func unit(_ path: String) -> String {
    let names = path.split(separator: "/")
    return (names.count > 2 ? names.dropFirst() : names[...]).joined(separator: " ")
  }

  /// The lines of a target: whose it is and was.
  func history(of lines: [ShowPairing.Line]) -> View {
    view(lines) { line in
      (
        line.official.isEmpty ? words("pairing.unnamed") : line.official,
        Route.official(line.pairing.official.description).path, Self.unit(line.unitPath)
      )
    }
  }

  /// The lines of an official: what they have and had.
  func charges(of lines: [ShowPairing.Line]) -> View {
    view(lines) { line in
      let target = line.pairing.target
      return (target.unit == nil ? line.target : Self.unit(line.target), target.url, "")
    }
  }

  private func view(
    _ lines: [ShowPairing.Line],
    _ about: (ShowPairing.Line) -> (name: String, url: String, unit: String)
  ) -> View {
    let pairing = PairingWords(words.catalogue)
    // What never came to hold is nobody's history.
    let some = lines.filter { $0.pairing.ends != $0.pairing.begins }
    func row(_ line: ShowPairing.Line) -> View {
      let (name, url, unit) = about(line)
      let isComing = !line.holds && line.pairing.ends == nil
      return [
        "name": name, "url": url, "unit": unit.orFalse,
        "role": words("pairing.role.\(line.pairing.target.kind.role.rawValue)"),
        "from": words.day(line.pairing.begins),
        "to": (line.pairing.ends.map { words.day($0) } ?? "").orFalse,
        "coming": isComing,
        "reasons": pairing.reasons(line.pairing.reasons).orFalse,
      ]
    }
    let now = some.filter { $0.holds || $0.pairing.ends == nil }
    let past = some.filter { !$0.holds && $0.pairing.ends != nil }
    return [
      "paired": now.map(row), "has_paired": !now.isEmpty, "past": past.map(row),
      "has_past": !past.isEmpty, "has_units": now.contains { !about($0).unit.isEmpty },
    ]
  }
}
