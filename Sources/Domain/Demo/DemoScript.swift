/// All that happens to the problems of a demo city, written before any of it does: so many found and so many
/// put right by which day, as the plan says.
package struct DemoScript: Sendable {
  package internal(set) var courses: [Course] = []
  package internal(set) var batches: [Batch] = []
  let plan: DemoPlan
  let city: DemoCity
  let writer: CourseWriter
  var dice: Dice

  /// Problems of one cause that are worked off together.
  package struct Batch: Sendable {
    package let category: String
    package let title: String
    package let cause: String
    package let unit: String
    package let answer: String
    package let evidence: String
    package let opensAt: Instant
    package let answeredAt: Instant
    package let verifiedAt: Instant
    package let closedAt: Instant
  }

  /// - Parameter until: nothing happens from then on.
  package init(
    _ city: DemoCity, _ words: DemoProblemWords, _ time: OfficeTime, until: Day, _ dice: inout Dice
  ) {
    (self.plan, self.city, self.dice) = (city.plan, city, dice.fork())
    writer = CourseWriter(city, words, time)
    writeVillages2021()
    writeVillages2022()
    writeEnterprises()
    writeLegal()
    writeLater(until)
  }

  /// No problems.
  package init(registersOf city: DemoCity, _ words: DemoProblemWords, _ time: OfficeTime) {
    (plan, self.city, dice) = (city.plan, city, Dice(seed: 0))
    writer = CourseWriter(city, words, time)
  }

  package var time: OfficeTime { writer.time }

  // MARK: What all have in common

  mutating func outline(
    _ track: Track, _ category: String, from: Day, to: Day
  ) -> CourseWriter.Outline {
    let day = from + dice.whole(0...max(0, to - from))
    let at = time.moment(onOrAfter: day, &dice)
    let target = target(of: track, on: day)
    let county = track == .village ? city.villages[target].county : city.enterprises[target].county
    return .init(
      track: track, category: category, target: target, county: county, registeredAt: at)
  }

  private mutating func target(of track: Track, on day: Day) -> Int {
    if track == .village { return dice.whole(0...(city.villages.count - 1)) }
    // An enterprise is paired some days after it joined.
    var known = 0
    for wave in plan.enterprises where wave.day + 7 <= day { known += wave.count }
    return dice.whole(0...(max(known, plan.enterprises[0].count) - 1))
  }

  mutating func rating(_ satisfied: Double, _ basically: Double) -> Rating? {
    switch dice.share() {
    case ..<satisfied: .satisfied
    case ..<(satisfied + basically): .basicallySatisfied
    case ..<(satisfied + basically + 0.03): .dissatisfied
    default: nil
    }
  }

  mutating func write(_ outline: CourseWriter.Outline) {
    courses.append(writer.course(outline, &dice))
  }

  /// Writes a course that ends before a day does: begun the earlier the longer it takes.
  mutating func write(
    _ track: Track, _ category: String, from: Day, to: Day, endingBy last: Day,
    _ change: (inout CourseWriter.Outline) -> Void = { _ in }
  ) {
    var to = to
    let end = Instant(startOf: last + 1)
    while true {
      var outline = outline(track, category, from: from, to: max(from, to))
      change(&outline)
      let course = writer.course(outline, &dice)
      if course.end < end { return courses.append(course) }
      to = max(from, to + -max(1, min(20, (to - from) / 6)))
    }
  }

  // MARK: The village track's first year

  private static let firstCategories: [(code: String, weight: Double)] = [
    ("flood_relief", 34), ("epidemic_control", 20), ("poverty_relief", 26), ("party_building", 20),
  ]

  private mutating func writeVillages2021() {
    let (begins, ends) = (DemoPlan.villageBegins + 2, DemoPlan.firstYearEnds)
    let weights = Self.firstCategories.map(\.weight)
    for _ in 0..<(plan.villagePutRight - plan.petitionsSettled) {
      let category = Self.firstCategories[dice.weighted(weights)].code
      let rating = rating(0.66, 0.12)
      write(.village, category, from: begins, to: ends + -12, endingBy: ends) { $0.rating = rating }
    }
    for _ in 0..<(plan.villageLeft - (plan.petitions - plan.petitionsSettled)) {
      let category = Self.firstCategories[dice.weighted(weights)].code
      writeLeft(category, from: begins + 30, to: ends + -1, after: ends)
    }
    writePetitions()
  }

  /// Not put right when the year ends: most are late, some shelved.
  mutating func writeLeft(
    _ category: String, from: Day, to: Day, after last: Day,
    _ change: (inout CourseWriter.Outline) -> Void = { _ in }
  ) {
    var outline = outline(.village, category, from: from, to: to)
    change(&outline)
    let end = Instant(startOf: last + 1)
    switch dice.weighted([88, 8, 4]) {
    case 0: outline.fate = .late(end)
    case 1: outline.fate = .shelved(until: Instant(startOf: last + dice.whole(60...240)))
    default: outline.fate = .shelved(until: nil)
    }
    outline.rating = rating(0.6, 0.14)
    write(outline)
  }

  /// 信访: from the petitions office's list, assigned on some days to all at once.
  private mutating func writePetitions() {
    let first = Day("2021-08-10")!
    let days = (0..<plan.petitionBatches).map {
      time.calendar.workingDay(notBefore: first + $0 * 118 / max(1, plan.petitionBatches - 1))
    }
    let counts = apportion(plan.petitions, by: days.map { _ in 1 })
    let settled = apportion(plan.petitionsSettled, by: counts)
    for (batch, day) in days.enumerated() {
      for number in 0..<counts[batch] {
        let isSettled = number < settled[batch]
        let rating = rating(0.5, 0.2)
        let source = "许信〔2021〕\(batch + 1)-\(padded(number + 1, 3))"
        func change(_ outline: inout CourseWriter.Outline) {
          outline.assignedAt = Instant(startOf: day) + 10 * 3600
          (outline.channel, outline.sourceNumber) = ("信访", source)
          outline.rating = rating
          if isSettled { outline.isPlain = true }
        }
        if isSettled {
          write(
            .village, "petitions", from: day + -18, to: day + -9, endingBy: DemoPlan.firstYearEnds,
            change)
        } else {
          writeLeft(
            "petitions", from: day + -18, to: day + -9, after: DemoPlan.firstYearEnds, change)
        }
      }
    }
  }

  // MARK: Enterprises

  static let enterpriseCategories: [(code: String, weight: Double)] = [
    ("finance", 19), ("land", 10), ("labour", 12), ("utilities", 9), ("permits", 11),
    ("environment_safety", 8), ("policy_delivery", 9), ("market", 5), ("innovation", 4),
    ("logistics", 4), ("overdue_payments", 4), ("inspections", 2), ("surroundings", 2),
    ("other", 1),
  ]

  private mutating func writeEnterprises() {
    let (first, second) = (DemoPlan.begins + 7, DemoPlan.firstYearEnds)
    let weights = Self.enterpriseCategories.map(\.weight)
    let total = plan.enterpriseFound.reduce(0, +)
    let inBatches = plan.batches * plan.batchSize
    // Which of them rate, and which are dissatisfied first, so that the figures come out.
    var ratings: [Rating?] = Array(repeating: nil, count: total - inBatches - plan.rated)
    ratings += Array(repeating: .dissatisfied, count: plan.dissatisfied)
    ratings += (0..<(plan.rated - plan.dissatisfied)).map { _ in
      dice.chance(0.9) ? .satisfied : .basicallySatisfied
    }
    ratings.shuffle(using: &dice)
    for number in ratings.indices {
      let category = Self.enterpriseCategories[dice.weighted(weights)].code
      let isFirst = number < plan.enterpriseFound[0] - inBatches
      let rating = ratings[number]
      write(
        .enterprise, category, from: isFirst ? first : second + 1,
        to: isFirst ? second : DemoPlan.publishedEnd + -25, endingBy: DemoPlan.publishedEnd
      ) { $0.rating = rating }
    }
    for batch in 0..<plan.batches { writeBatch(batch) }
  }

  private mutating func writeBatch(_ number: Int) {
    let code = ["labour", "utilities", "policy_delivery", "permits"][number % 4]
    let category = writer.words.category(.enterprise, code)
    let opens = time.moment(onOrAfter: Day("2021-03-10")! + number * 30, &dice)
    let phrases = DemoPhrases(writer.words, department: category.department, &dice)
    let title = phrases.fill(category.titles[number / 4 % category.titles.count])
    let answered = time.after(opens, hours: 36)
    let verified = time.after(answered, hours: 12)
    batches.append(
      Batch(
        category: code, title: "\(writer.words.batches[number % 3])：\(title)",
        cause: phrases.fill(category.details[0]),
        unit: city.department(category.department, county: nil),
        answer: phrases.fill(category.results[number % category.results.count]),
        evidence: writer.words.evidence[0], opensAt: opens, answeredAt: answered,
        verifiedAt: verified, closedAt: time.moment(onOrAfter: verified.day + 10, &dice)))
    for _ in 0..<plan.batchSize {
      var outline = outline(.enterprise, code, from: opens.day + -26, to: opens.day + -12)
      outline.fate = .batch
      var course = writer.course(outline, &dice)
      course.batch = number
      courses.append(course)
    }
  }

  private mutating func writeLegal() {
    for number in 0..<plan.legal {
      var outline = outline(
        .enterprise, "legal", from: DemoPlan.begins + 10, to: DemoPlan.publishedEnd + -40)
      outline.fate = .referred(answered: number % 3 == 0)
      write(outline)
    }
  }
}
