/// Writes what happens to a problem: realistic delays in working hours, the county's and the department's
/// own pace, and every turn that a problem can take.
package struct CourseWriter: Sendable {
  package let time: OfficeTime
  package let words: DemoProblemWords
  package let city: DemoCity

  package init(_ city: DemoCity, _ words: DemoProblemWords, _ time: OfficeTime) {
    (self.city, self.words, self.time) = (city, words, time)
  }

  /// What is to become of a problem.
  package enum Fate: Sendable {
    /// Put right in its own time.
    case putRight
    /// Not put right before an instant.
    case late(Instant)
    /// Shelved, and taken up again where an instant is given.
    case shelved(until: Instant?)
    case declined
    /// Referred to the courts, and answered in the end or not.
    case referred(answered: Bool)
    /// Registered and judged; the rest is done for the whole batch.
    case batch
  }

  /// What is known before it is written.
  package struct Outline: Sendable {
    package var track: Track
    package var category: String
    package var target: Int
    package var county: Int
    package var fate = Fate.putRight
    package var registeredAt: Instant
    /// Assigned at this instant, as petitions are that are assigned in batches.
    package var assignedAt: Instant?
    package var channel: String?
    package var sourceNumber = ""
    /// Nil where the asker says nothing.
    package var rating: Rating?
    /// Whether only a rating and a clean second round may follow, so that figures come out.
    package var isPlain = false

    package init(track: Track, category: String, target: Int, county: Int, registeredAt: Instant) {
      (self.track, self.category) = (track, category)
      (self.target, self.county, self.registeredAt) = (target, county, registeredAt)
    }
  }

  package func course(_ outline: Outline, _ dice: inout Dice) -> Course {
    let category = words.category(outline.track, outline.category)
    let phrases = DemoPhrases(words, department: category.department, &dice)
    let (registrar, channel) = registrar(outline, &dice)
    var course = Course(
      track: outline.track, category: outline.category,
      title: phrases.fill(dice.pick(category.titles)),
      detail: phrases.fill(dice.pick(category.details)), target: outline.target,
      county: outline.county, registeredAt: outline.registeredAt,
      foundOn: outline.registeredAt.day, registrar: registrar, channel: channel,
      sourceNumber: outline.sourceNumber)
    var pen = CoursePen(self, outline, category, phrases, dice.fork())
    pen.write()
    course.steps = pen.steps
    return course
  }

  private func registrar(
    _ outline: Outline, _ dice: inout Dice
  ) -> (Course.Registrar, channel: String) {
    if let channel = outline.channel { return (.office, channel) }
    let isVillage = outline.track == .village
    switch dice.weighted([60, isVillage ? 14 : 26, 14]) {
    case 0: return (.official, dice.chance(0.7) ? "走访" : "座谈会")
    case 1: return isVillage ? (.village, "") : (.enterprise, "企业平台")
    default: return (.office, dice.pick(["网民诉求", "电话", "12345"]))
    }
  }
}
