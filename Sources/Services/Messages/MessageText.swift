import Domain

/// What a digest says, by channel and in a language.
struct MessageText {
  let digest: MessageDigest
  let words: MessageWords
  let language: String
  /// Where it can be looked at; nil where nobody said.
  let url: String?

  var subject: String {
    guard digest.count == 1, let line = digest.lines.first else {
      return words("message.subject", ["n": String(digest.count)], in: language)
    }
    let number = line.shown.first.flatMap(\.number).map { " " + Self.number($0) } ?? ""
    let what = name(line.kind, inGroup: false) + number
    return words("message.subject.one", ["what": what], in: language)
  }

  /// A mail's text.
  var mail: String {
    ([words("message.head", ["n": String(digest.count)], in: language), ""]
      + lines(withUnits: true, inGroup: false) + [
        "", open, "", words("message.footer", in: language),
      ])
      .joined(separator: "\n")
  }

  /// On one line; gateways count characters.
  var sms: String {
    (lines(withUnits: false, inGroup: false) + [open]).joined(
      separator: language == "zh" ? "；" : "; ")
  }

  /// What all in a group read.
  /// - Parameter most: UTF-8 bytes.
  func group(most: Int) -> String {
    let head = words("message.group", ["n": String(digest.count)], in: language)
    let text = ([head] + lines(withUnits: true, inGroup: true) + [open]).joined(separator: "\n")
    if text.utf8.count <= most { return text }
    var cut = ""
    for character in text where cut.utf8.count + character.utf8.count <= most - 3 {
      cut.append(character)
    }
    return cut + "…"
  }

  private func lines(withUnits: Bool, inGroup: Bool) -> [String] {
    var lines = digest.lines.map { line in
      let problems = line.shown.compactMap { item in
        item.number.map { number in
          guard withUnits, let unit = item.unit else { return Self.number(number) }
          return words(
            "message.problem", ["number": Self.number(number), "unit": unit], in: language)
        }
      }
      let name = name(line.kind, inGroup: inGroup)
      if line.kind == nil { return name }
      let count = ["what": name, "n": String(line.count)]
      return problems.isEmpty
        ? words("message.line.count", count, in: language)
        : words(
          "message.line",
          count.merging(["problems": problems.joined(separator: language == "zh" ? "、" : ", ")]) {
            $1
          },
          in: language)
    }
    if digest.rest > 0 {
      lines.append(words("message.rest", ["n": String(digest.rest)], in: language))
    }
    return lines
  }

  private var open: String {
    url.map { words("message.open", ["url": "\($0)/inbox"], in: language) }
      ?? words("message.open.plain", in: language)
  }

  /// A group is told of what others do, not of what it has to do.
  private func name(_ kind: Notice.Kind?, inGroup: Bool) -> String {
    guard let kind else { return words("message.trial", in: language) }
    return words("\(inGroup ? "message.kind" : "notice").\(kind.rawValue)", in: language)
  }

  private static func number(_ number: Int64) -> String { padded(Int(number), 6) }
}
