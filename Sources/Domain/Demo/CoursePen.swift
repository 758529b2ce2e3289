/// The hand that writes one course, step after step.
struct CoursePen {
  private let writer: CourseWriter
  private let outline: CourseWriter.Outline
  private let category: DemoProblemWords.Category
  private let phrases: DemoPhrases
  private var dice: Dice
  private var at: Instant
  private(set) var steps: [Course.Step] = []
  private var tier = ""
  private var isComplex = false
  private var pace = 1.0
  private var isVillage: Bool { outline.track == .village }
  private var words: DemoProblemWords { writer.words }

  init(
    _ writer: CourseWriter, _ outline: CourseWriter.Outline,
    _ category: DemoProblemWords.Category, _ phrases: DemoPhrases, _ dice: Dice
  ) {
    (self.writer, self.outline, self.category) = (writer, outline, category)
    (self.phrases, self.dice) = (phrases, dice)
    at = outline.registeredAt
  }

  private mutating func wait(_ median: Double) {
    at = writer.time.after(at, hours: dice.delay(median))
  }

  private mutating func say(_ list: [String]) -> String { phrases.fill(dice.pick(list)) }

  private mutating func add(_ deed: Deed) { steps.append(.init(at: at, deed: deed)) }

  private mutating func add(_ deed: Deed, after median: Double) {
    wait(median)
    add(deed)
  }

  // MARK: The whole way

  mutating func write() {
    if case .declined = outline.fate {
      return add(.decline(reason: say(words.declined), instead: say(words.instead)), after: 6)
    }
    judge()
    switch outline.fate {
    case .declined, .batch: return
    case .referred(let answered): return refer(answered)
    case .shelved(let until):
      shelve(until)
      if until == nil { return }
    case .putRight, .late: break
    }
    assign()
    if !outline.isPlain, dice.chance(0.05), tier != "city_office" { escalate() }
    work()
    finish()
  }

  private mutating func judge() {
    tier = outline.assignedAt == nil ? pickTier() : "county_office"
    var difficulty: Difficulty =
      [.general, .individual, .complex, .major][dice.weighted([64, 15, 18, 3])]
    if case .batch = outline.fate { (difficulty, tier) = (.common, "city_office") }
    isComplex = difficulty.isComplex
    wait(4 * writer.city.counties[outline.county].pace)
    // What is on the list of a day has been judged by then.
    if let day = outline.assignedAt { at = min(at, day + -3600) }
    add(
      .judge(
        category: outline.category, difficulty: difficulty, tier: tier, note: say(words.judged)))
  }

  private mutating func pickTier() -> String {
    let codes = ["paired", "township", "county_office", "city_office"]
    return codes[dice.weighted(isVillage ? [14, 38, 38, 10] : [8, 10, 56, 26])]
  }

  private mutating func assign(to department: String? = nil) {
    if let day = outline.assignedAt, steps.count == 1, at < day { at = day } else { wait(3) }
    let unit = writer.city.handler(
      outline.track, category, tier, department, target: outline.target, county: outline.county)
    pace = unit.pace
    var others: [String] = []
    if let co = category.co, department == nil, tier == "county_office", dice.chance(0.14) {
      others = [writer.city.department(co, county: outline.county)]
    }
    add(.assign(unit: unit.path, coHandlers: others, note: say(words.demands)))
    add(.acknowledge, after: 2.2 * pace)
    if isVillage, dice.chance(0.97) { add(.feedbackOnLine(say(words.answers)), after: 1.5) }
    if !outline.isPlain, department == nil, dice.chance(0.03) { object() }
    if !others.isEmpty { add(.answerAsCoHandler(say(words.coAnswers)), after: 9) }
  }

  private mutating func object() {
    add(.object(say(words.objections)), after: 1)
    let isUpheld = tier == "county_office" && category.co != nil && dice.chance(0.55)
    add(.ruleObjection(upheld: isUpheld, say(isUpheld ? words.upheld : words.rejected)), after: 2)
    if isUpheld { assign(to: category.co) }
  }

  private mutating func escalate() {
    add(.feedback(say(words.feedbacks)), after: 8)
    add(.escalate(reason: say(words.escalated), tried: say(words.tried)), after: 10)
    let codes = ["paired", "township", "county_office", "city_office"]
    tier = codes[min(3, codes.firstIndex(of: tier)! + 1)]
    add(
      .judge(
        category: outline.category, difficulty: isComplex ? .complex : .general, tier: "",
        note: say(words.judged)), after: 3)
    assign()
  }

  private mutating func shelve(_ until: Instant?) {
    let reason: ShelvingReason = dice.pick([.policy, .funds, .funds, .higherLevel, .legacy])
    add(.shelve(reason, say(words.shelved), days: 120), after: 12)
    guard let until else {
      // Looked at again each time its day comes.
      for _ in 0..<10 {
        at = writer.time.after(Instant(startOf: at.day + 118), hours: 3)
        add(.reviewShelving(reason, say(words.shelved), days: 120))
      }
      return
    }
    at = max(writer.time.after(until, hours: 2), writer.time.after(at, hours: 20))
    add(.unshelve(say(words.unshelved)))
  }

  private mutating func refer(_ isAnswered: Bool) {
    let court = writer.city.counties[outline.county].name + "人民法院"
    add(.refer(.legal, to: court, say(words.judged)), after: 6)
    guard isAnswered else { return }
    at = writer.time.after(at, hours: dice.delay(500))
    add(.answerReferral(say(words.tried)))
    assign()
    work()
    finish()
  }

  /// From the acknowledgement to the claim.
  private mutating func work() {
    let started = at
    add(.feedback(say(words.feedbacks)), after: 7 * pace)
    if !outline.isPlain {
      if dice.chance(0.03) {
        add(.suspend(say(words.suspended), basis: say(words.bases)), after: 3)
        add(.resume(say(words.resumed)), after: 34)
      } else if dice.chance(isComplex ? 0.12 : 0.06) {
        add(.askExtension(days: dice.whole(4...15), say(words.extensions)), after: 4)
        let isGranted = dice.chance(0.75)
        add(
          .decideExtension(approved: isGranted, say(isGranted ? words.granted : words.refused)),
          after: 4)
      }
    }
    if case .late(let instant) = outline.fate {
      let days = dice.whole(3...100)
      let late = writer.time.moment(onOrAfter: instant.day + days, &dice)
      if dice.chance(0.5), at < late { add(.feedback(say(words.feedbacks)), after: 60) }
      at = max(at, late)
    } else {
      let claimed = writer.time.after(
        started, hours: dice.delay((isComplex ? 84 : 21) * pace))
      if claimed > at { at = claimed } else { wait(3) }
    }
    report()
  }

  /// All lines have reported.
  private mutating func report() {
    let claim = Deed.claim(
      [Outcome.solved, .partly, .explained][dice.weighted([82, 10, 8])],
      say(category.results), evidence: say(words.evidence))
    guard isVillage else { return add(claim, after: 1) }
    let isFirst = dice.chance(0.8)
    if isFirst { add(.answer(say(words.answers)), after: 1) }
    add(claim, after: 2)
    if !isFirst { add(.answer(say(words.answers)), after: 5) }
  }

  private mutating func again() {
    add(.acknowledge, after: 2)
    if isVillage { add(.feedbackOnLine(say(words.answers)), after: 1) }
    wait(14 * pace)
    report()
  }

  /// From the check to the closing.
  private mutating func finish() {
    let isFailed = !outline.isPlain && dice.chance(0.04)
    if isFailed {
      add(.verify(passed: false, say(words.failed)), after: 5)
      again()
    }
    var rating = outline.rating
    add(.verify(passed: true, say(words.verified)), after: 5)
    if rating == .dissatisfied {
      rate(.dissatisfied)
      again()
      rating = .satisfied
      add(.verify(passed: true, say(words.verified)), after: 5)
    }
    if let rating {
      rate(rating)
    } else {
      if dice.chance(0.8) { askRating() }
      at = writer.time.moment(onOrAfter: at.day + 9, &dice)
      add(.visit(nil, say(words.visits)))
    }
    add(.close, after: 3)
  }

  /// The link goes out at once, also before holidays.
  private mutating func askRating() {
    at = at + 60
    add(.askRating)
  }

  private mutating func rate(_ rating: Rating) {
    let verified = at
    askRating()
    wait(10)
    at = min(at, OfficeTime.lastRating(verified))
    add(.rate(rating, say(rating == .dissatisfied ? words.blame : words.praise)))
  }
}
