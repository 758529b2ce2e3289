/// What nothing was published of: the village track's second year, and all that comes after both.
extension DemoScript {
  static let villageCategories: [(code: String, weight: Double)] = [
    ("party_building", 9), ("poverty_relief", 15), ("flood_relief", 10), ("rebuilding", 8),
    ("epidemic_control", 14), ("petitions", 8), ("safety", 8), ("living_environment", 12),
    ("disputes", 6), ("infrastructure", 7), ("collective_economy", 4), ("other", 2),
  ]

  mutating func writeVillages2022() {
    let (from, to) = (DemoPlan.firstYearEnds + 1, DemoPlan.publishedEnd)
    let weights = Self.villageCategories.map(\.weight)
    for number in 0..<plan.villageNextYear {
      let category = Self.villageCategories[dice.weighted(weights)].code
      if number % 9 == 0 {
        writeLeft(category, from: from + 180, to: to, after: to)
      } else {
        writeFreely(.village, category, from: from, to: to)
      }
    }
  }

  /// However it may go.
  private mutating func writeFreely(_ track: Track, _ category: String, from: Day, to: Day) {
    var outline = outline(track, category, from: from, to: to)
    outline.rating = rating(0.62, 0.14)
    if dice.chance(0.02) { outline.fate = .declined }
    if dice.chance(0.015) { outline.fate = .shelved(until: nil) }
    write(outline)
    if dice.chance(0.02), case .putRight = outline.fate { writeTwin() }
  }

  /// The same thing, told again a day later by somebody else.
  private mutating func writeTwin() {
    let (first, place) = (courses[courses.count - 1], courses.count - 1)
    let at = time.after(first.registeredAt, hours: 9)
    var twin = Course(
      track: first.track, category: first.category, title: first.title, detail: first.detail,
      target: first.target, county: first.county, registeredAt: at, foundOn: at.day,
      registrar: .office, channel: "网民诉求", sourceNumber: "WM\(at.day.year)-\(place)")
    twin.twin = place
    let merged = Course.Step(
      at: time.after(at, hours: 3), deed: .merge(writer.words.merged[0]))
    // Where the first is past merging, the answer it got is the answer.
    let declined = Course.Step(
      at: time.after(at, hours: 5),
      deed: .decline(
        reason: writer.words.declined[2], instead: writer.words.instead[1]))
    twin.steps = [merged, declined]
    courses.append(twin)
  }

  /// From 2023 on a few a month, and more of them in the last weeks, so that desks are not empty.
  mutating func writeLater(_ until: Day) {
    let begins = DemoPlan.publishedEnd + 1
    var day = begins
    while day < until {
      let next = min(day.adding(months: 1), until)
      let isLast = next > until + -45
      for track in [Track.village, .enterprise] {
        let share = Double(next - day) / 30.4 * Double(plan.monthly) * (isLast ? 3 : 1)
        let list = track == .village ? Self.villageCategories : Self.enterpriseCategories
        for _ in 0..<Int(share.rounded()) {
          let category = list[dice.weighted(list.map(\.weight))].code
          writeFreely(track, category, from: day, to: next + -1)
        }
      }
      day = next
    }
  }
}
