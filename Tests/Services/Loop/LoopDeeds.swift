import Domain
import TestSupport

extension Deed {
  /// Legal ones more often than not: an action that is on the table in this state, by somebody who might.
  static func random(
    on model: LoopModel, of count: Int, _ generator: inout SplitMix
  ) -> Deed {
    func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
    func one<T>(_ all: [T]) -> T { all.randomElement(using: &generator)! }
    let listed = (LoopModel.table[model.state] ?? "").split(separator: " ")
      .compactMap { ProblemAction(rawValue: String($0)) }
    let usual: [ProblemAction] = [
      .acknowledge, .feedback, .answer, .claim, .judge, .assign, .plan, .object,
    ].filter(listed.contains)
    let any = ProblemAction.allCases.filter { $0 != .absorb }
    let action =
      chance(12) || listed.isEmpty
      ? one(any) : chance(45) && !usual.isEmpty ? one(usual) : one(listed)
    let needsNoText: Set<ProblemAction> = [
      .accept, .judge, .assign, .acknowledge, .close, .evaluate, .joinBatch,
    ]
    var deed = Deed(action: action, person: one(Person.allCases))
    let open = model.legs.filter(\.isOpen)
    if LoopModel.onLeg.contains(action) {
      deed.leg =
        chance(8)
        ? Int.random(in: 1...9, using: &generator) : open.randomElement(using: &generator)?.number
      if chance(10) { deed.leg = nil }
      if action == .claim { deed.leg = nil }
    }
    if chance(80) { deed.person = likely(for: deed, model, &generator) }
    deed.isComplete = needsNoText.contains(action) || !chance(3)
    deed.yes = chance(60)
    deed.days = Int.random(in: chance(10) ? -1...1 : 2...20, using: &generator)
    deed.steps =
      action == .completeStep
      ? Int.random(in: 1...3, using: &generator)
      : Int.random(in: chance(5) ? 0...0 : 1...2, using: &generator)
    deed.tier = chance(30) ? Int.random(in: 0...4, using: &generator) : nil
    let units: [Party] = [.water, .roads, .town]
    deed.lead = one(units)
    deed.others = (0..<Int.random(in: 0...2, using: &generator)).map { _ in one(units) }
    deed.namesOfficial = chance(70)
    deed.givesReason = chance(70)
    deed.rating =
      action == .evaluate ? one(Rating.allCases) : chance(70) ? one(Rating.allCases) : nil
    deed.outcome = chance(90) ? one([.solved, .partly, .explained]) : one(Outcome.allCases)
    deed.partner = Int.random(in: 0..<count, using: &generator)
    return deed
  }

  private static func likely(
    for deed: Deed, _ model: LoopModel, _ generator: inout SplitMix
  ) -> Person {
    func one(_ all: [Person]) -> Person { all.randomElement(using: &generator)! }
    if LoopModel.handling.contains(deed.action) {
      let leg = model.index(of: deed.leg)
      let people = Person.allCases.filter { person in
        leg.map { LoopModel.speaks(person, for: model.legs[$0].party) } == true
      }
      let outside = people.filter { !$0.isOffice }
      return one(outside.isEmpty ? Person.allCases : outside)
    }
    return deed.action == .shelve || deed.action == .reviewShelving
      ? .director : one([.office, .colleague, .director])
  }
}
