import Cryptography
import Domain
import Services

/// A draw as JSON.
struct LookBackOutput: Encodable {
  struct Item: Encodable {
    let rank: Int
    let number: Int64
    let problem: String
    let passed: Bool?
    let checked_at: String?
  }

  let id: String
  let from: String
  let to: String
  let track: String?
  let unit: String?
  let share: String
  let root: String
  let size: Int64
  let population: Int
  let population_digest: String
  let drawn_at: String
  let drawn_by: String
  let items: [Item]?

  init(_ lookBack: LookBack, _ items: [LookBack.Item]? = nil) {
    id = String(lookBack.id.value)
    from = lookBack.scope.from.description
    to = lookBack.scope.to.description
    track = lookBack.scope.track?.rawValue
    unit = lookBack.scope.unit?.description
    share = lookBack.share.description
    root = Hexadecimal.encode(lookBack.root)
    size = lookBack.size
    population = lookBack.population
    population_digest = Hexadecimal.encode(lookBack.populationDigest)
    drawn_at = lookBack.drawnAt.description
    drawn_by = lookBack.drawnBy.description
    self.items = items?.map {
      Item(
        rank: $0.rank, number: $0.number, problem: String($0.problem.value), passed: $0.passed,
        checked_at: $0.checkedAt?.description)
    }
  }

  init(_ detail: ShowLookBack.Detail) { self.init(detail.lookBack, detail.items) }
}
