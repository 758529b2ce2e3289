import Domain
import HTTP
import Services
import Storage

/// What happened to an entry of a register, in the reader's words.
struct StoryView {
  let words: Wording
  let platform: Platform
  let now: Instant

  /// What says nothing to a reader.
  private static let silent: Set = [
    "person_id", "enterprise_id", "official_id", "joined_into", "asked", "moves",
  ]

  func view(_ story: RegisterStory) -> [View] {
    story.changes.map { change in
      let isAddition = change.verb == "added"
      return [
        "name": words("story.\(change.register).\(change.verb)"), "time": words.time(change.at),
        "ago": words.ago(change.at, now: now),
        "who": who(change.actor, story.actors),
        "fields": change.fields.filter { !isSilent($0.name, of: change.register) }.map {
          field($0, of: change.register, isAddition: isAddition, story.units)
        },
      ]
    }
  }

  func who(_ actor: Actor, _ names: [Actor: String]) -> String {
    actor == .system ? words("actor.system") : names[actor] ?? words("actor.erased")
  }

  private func isSilent(_ name: String, of register: String) -> Bool {
    Self.silent.contains(name) || (register == "contact" && name == "unit_id")
  }

  private func field(
    _ field: RegisterChange.Field, of register: String, isAddition: Bool, _ units: [UnitID: String]
  ) -> View {
    let isSealed = RegisterStory.isSealed(field.name, of: register)
    func text(_ value: String?) -> String {
      guard let value else { return words("story.nothing") }
      return isSealed ? words("story.sealed") : self.value(value, field.name, of: register, units)
    }
    let label =
      register == "white_list" && field.name == "level" ? "white_list_level" : field.name
    return [
      "label": words("register_field.\(label)"), "from": text(field.from), "to": text(field.to),
      "is_change": !isAddition && !isSealed,
    ]
  }

  private func value(
    _ text: String, _ name: String, of register: String, _ units: [UnitID: String]
  ) -> String {
    if let day = RegisterStory.day(text, name, of: register) { return words.day(day) }
    return switch (register, name) {
    case (_, "unit_id"): UnitID(text).flatMap { units[$0] } ?? text
    case (_, "is_key"): words(text == "1" ? "yes" : "no")
    case (_, "former_names"), (_, "expertise"):
      text.split(separator: "\n").joined(separator: words("punctuation.list"))
    case (_, "rank"): words("rank.\(text)")
    case ("official", "track"): words("official_track.\(text)")
    case ("official", "status"): words("official_status.\(text)")
    case ("contact", "status"): words("contact_status.\(text)")
    case ("enterprise", "status"): words("enterprise_status.\(text)")
    case (_, "statistical_kind"): words("statistical_kind.\(text)")
    case (_, "scale"): words("scale.\(text)")
    case ("white_list", "level"): words("white_list_level.\(text)")
    case ("visit", "kind"): words("visit.kind.\(text)")
    case ("visit", "status"): words("visit.status.\(text)")
    case ("visit", "part"), ("visit", "proposed_part"): words("visit.part.\(text)")
    case ("village", "kind"): words("village_kind.\(text)")
    case (_, "industry"): industry(text)
    case (_, "farmland"): Int(text).map(words.farmland) ?? text
    default: text
    }
  }

  /// `C1310 农副食品加工业`
  func industry(_ code: String) -> String {
    guard let industry = platform.industries.industry(code),
      let name = platform.industries.name(of: industry)
    else { return code }
    let english = platform.industries.sections.first { $0.code == industry.section }?.en
    return "\(code) " + words.pick(name, english ?? name)
  }
}

extension Wording {
  /// Hundredths of 亩: `1234.56`
  func farmland(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    let whole = String(hundredths / 100)
    return self("registers.mu", ["n": rest == 0 ? whole : "\(whole).\(padded(rest, 2))"])
  }

  /// Problems beside an entry of a register.
  func problems(_ problems: [ProblemSummary]) -> [View] {
    problems.map {
      [
        "url": Route.problem($0.id).path, "number": number($0.number), "title": $0.title,
        "state": self("state.\($0.state.rawValue)"),
      ]
    }
  }
}
