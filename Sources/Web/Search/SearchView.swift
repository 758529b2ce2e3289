import Domain
import HTTP
import Services
import Storage

/// What was found, sort by sort.
struct SearchView {
  let words: Wording

  func groups(_ answer: SearchEverything.Answer) -> [View] {
    func found(_ kind: SearchKind, isPlace: Bool? = nil) -> [FindByName.Found] {
      answer.registers.filter { found in
        found.hit.kind == kind
          && (isPlace.map { $0 == answer.places.contains(UnitID(found.hit.id)) } ?? true)
      }
    }
    return [
      problems(answer.problems), group("search.enterprise", found(.enterprise)),
      group("search.official", found(.official)),
      group("search.village", found(.unit, isPlace: true)),
      group("search.unit", found(.unit, isPlace: false)),
    ].compactMap { $0 }
  }

  private func problems(_ answer: FindProblems.Answer) -> View? {
    if answer.found.isEmpty { return nil }
    return [
      "name": words("search.problem"), "count": String(answer.found.count),
      "has_more": answer.hasMore,
      "found": answer.found.map { problem -> View in
        [
          "title": "\(words.number(problem.number)) \(problem.title)",
          "place": problem.concerns, "former": words("state.\(problem.state.rawValue)"),
          "url": Route.problem(problem.id).path,
        ]
      },
    ]
  }

  private func group(_ key: String, _ found: [FindByName.Found]) -> View? {
    if found.isEmpty { return nil }
    let shown = SearchEverything.shown
    return [
      "name": words(key), "found": found.prefix(shown).map(row),
      "has_more": found.count > shown, "count": String(found.count),
    ]
  }

  private func row(_ found: FindByName.Found) -> View {
    let hit = found.hit
    return [
      "title": hit.title, "place": found.place,
      "former": hit.former.isEmpty
        ? false
        : words(
          "search.former", ["names": hit.former.joined(separator: words("punctuation.list"))]),
      "url": address(hit),
    ]
  }

  private func address(_ hit: SearchHit) -> String {
    switch hit.kind {
    case .unit: Route.unit(UnitID(hit.id)).path
    case .official: Route.official(String(hit.id)).path
    case .enterprise: Route.enterprise(String(hit.id)).path
    }
  }
}
