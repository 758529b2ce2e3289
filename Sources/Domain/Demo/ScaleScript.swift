/// Courses of as many problems as wanted over some years, each from its number alone, so that they can be
/// written side by side.
package struct ScaleScript: Sendable {
  package let city: DemoCity
  private let writer: CourseWriter
  private let seed: UInt64
  private let count: Int
  private let from: Day
  private let until: Day

  /// - Parameters:
  ///   - from: the first is registered on this day.
  ///   - until: all are registered before this day.
  package init(
    _ city: DemoCity, _ words: DemoProblemWords, _ time: OfficeTime, seed: UInt64, count: Int,
    from: Day, until: Day
  ) {
    (self.city, self.seed, self.count) = (city, seed, count)
    (self.from, self.until) = (from, until)
    writer = CourseWriter(city, words, time)
  }

  /// - Parameter number: from 0; a later one is registered later, or at about the same time.
  package func course(_ number: Int) -> Course {
    var dice = Dice(seed: seed &+ UInt64(number) &* 0xd134_2543_de82_ef95)
    _ = dice.next()
    let track: Track = number % 2 == 0 ? .village : .enterprise
    let list = track == .village ? DemoScript.villageCategories : DemoScript.enterpriseCategories
    let day = from + (until - from) * number / count
    let targets = track == .village ? city.villages.count : city.enterprises.count
    let target = dice.whole(0...(targets - 1))
    var outline = CourseWriter.Outline(
      track: track, category: list[dice.weighted(list.map(\.weight))].code, target: target,
      county: track == .village ? city.villages[target].county : city.enterprises[target].county,
      // To the millisecond: nothing happens to two problems at once.
      registeredAt: Instant(
        milliseconds: writer.time.moment(onOrAfter: day, &dice).milliseconds
          + Int64(dice.whole(0...59_999))))
    outline.rating =
      [
        Rating.satisfied, .basicallySatisfied, .dissatisfied, nil,
      ][dice.weighted([64, 13, 3, 20])]
    switch dice.weighted([94, 2, 2, 2]) {
    case 1: outline.fate = .declined
    case 2: outline.fate = .shelved(until: nil)
    case 3:
      outline.fate = .late(outline.registeredAt + Int64(dice.whole(30...120)) * 86_400)
    default: break
    }
    return writer.course(outline, &dice)
  }
}
