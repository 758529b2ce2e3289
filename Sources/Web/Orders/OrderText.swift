import Domain
import HTTP

/// What an order says, in sentences.
struct OrderText {
  let order: Order
  /// Nil where it was taken away since.
  let procedure: Procedure?
  let words: Wording

  enum SectionName: String, CaseIterable {
    case problem, demand, due, facts, reason
  }

  struct Section {
    let name: SectionName
    let paragraphs: [String]
  }

  private var content: OrderContent { order.content }

  private var track: String {
    guard let procedure else { return content.track.rawValue }
    return words.catalogue.language == .zh ? procedure.zh : procedure.en
  }

  var number: String { order.number?.description ?? words("order.no_number") }

  var heading: String {
    if let revokes = content.revokes {
      return words("order.heading.revocation", ["number": revokes.number.description])
    }
    return words("order.heading.\(content.kind.rawValue)", ["title": content.title])
  }

  var day: String { order.issuedAt.map { official($0.day) } ?? words("order.no_day") }

  var printed: String {
    order.issuedAt.map { words("order.printed", ["day": official($0.day)]) } ?? ""
  }

  /// The day of an official document 成文日期: `2026年3月1日`, without zeros in front.
  func official(_ day: Day) -> String {
    guard words.catalogue.language == .zh else { return words.day(day) }
    let (year, month, number) = day.components
    return "\(year)年\(month)月\(number)日"
  }

  /// The sentences before the first section.
  var opening: [String] {
    if let revokes = content.revokes {
      return [
        words(
          "order.opening.revocation",
          [
            "day": official(revokes.issuedOn), "number": revokes.number.description,
            "title": content.title,
          ])
      ]
    }
    let part = content.role.map { words("order.part.\($0.rawValue)") } ?? words("order.part.none")
    var lines = [
      words(
        "order.opening.\(content.kind.rawValue)",
        [
          "number": words.number(content.problemNumber), "title": content.title,
          "track": track, "concerns": concerns,
          "part": part, "causes": causes, "unit": content.about?.name ?? words("order.you"),
        ])
    ]
    if let follows = content.follows {
      lines.append(words("order.follows", ["number": follows.number.description]))
    }
    return lines
  }

  /// A village's path is written without strokes in Chinese: `示例市清河县柳林镇河湾村`.
  private var concerns: String {
    guard content.track == .village, words.catalogue.language == .zh else {
      return content.concerns
    }
    return content.concerns.replacing("/", with: "")
  }

  private var causes: String {
    // An order drafted without a cause was drafted by hand.
    let causes = content.causes.isEmpty ? [.byHand] : content.causes
    return causes.map { words("order.cause.\($0.rawValue)") }.joined(
      separator: words("order.comma"))
  }

  var sections: [Section] {
    if let revokes = content.revokes {
      return [Section(name: .reason, paragraphs: paragraphs(revokes.reason))]
    }
    var sections: [Section] = []
    func add(_ name: SectionName, _ paragraphs: [String]) {
      if !paragraphs.isEmpty { sections.append(Section(name: name, paragraphs: paragraphs)) }
    }
    add(.problem, paragraphs(content.detail))
    add(
      .facts,
      content.figures.map { figure in
        words.counted("order.figure.\(figure.code.rawValue)", figure.value)
      })
    add(.demand, paragraphs(content.demand))
    if !content.milestones.isEmpty {
      sections.append(Section(name: .due, paragraphs: rule))
    }
    return sections
  }

  private var rule: [String] {
    guard let rule = content.rule, let version = content.ruleVersion else { return [] }
    return [words("order.rule", ["rule": rule, "version": String(version)])]
  }

  /// The sentences after the last section.
  var closing: [String] {
    guard let reviewBy = order.reviewBy else { return [] }
    let last = Instant(milliseconds: reviewBy.milliseconds - 1).day
    return [words("order.review", ["day": official(last)])]
  }

  /// What became of the order since it was issued or drafted.
  var notices: [String] {
    var lines: [String] = []
    if order.state == .draft { lines.append(words("order.notice.draft")) }
    if let discarded = order.discarded {
      lines.append(words("order.notice.discarded", ["reason": discarded.reason]))
    }
    if let revoked = order.revoked, let at = order.revokedAt {
      lines.append(
        words(
          "order.notice.revoked",
          ["day": official(at.day), "number": revoked.number.description]))
    }
    if let review = order.review {
      lines.append(
        review.decided.map { words("order.notice.\($0.decision.rawValue)") }
          ?? words("order.notice.review", ["day": official(review.requestedAt.day)]))
    }
    return lines
  }

  private func paragraphs(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
