/// Who want more together than there is, none of whom can be left out.
extension Coverage {
  /// To be asked when `maximise` has left something missing. Ascending.
  ///
  /// All that can be reached from who goes without, by ways on which a missing unit would be handed on, want
  /// more together than all who offer to them have. Where one unit is missing each of them could be the one
  /// who goes without, so that none can be left out. Where more are missing each is left out for a try.
  mutating func irreducible() -> [Int] {
    let missing = wants.indices.filter { missingUnits[$0] > 0 }
    for wanting in missing { release(wanting) }
    guard var short = shortest(missing) else { return [] }
    _ = ask(short)
    var set = keepReached(from: short)
    var tried = Set<Int>()
    while missingUnits[short] > 1, let wanting = set.first(where: { !tried.contains($0) }) {
      tried.insert(wanting)
      if wanting == short { continue }
      release(wanting)
      if fill(short) {
        // It is needed; and now it is the one who goes without.
        _ = ask(wanting)
        short = wanting
      } else {
        set = keepReached(from: short)
      }
    }
    return set
  }

  /// One of those for whom it does not suffice, who ties few others up: of the few that have the least choice.
  /// Those asked have what they want; of the others everybody for whom there is enough is asked too.
  private mutating func shortest(_ missing: [Int]) -> Int? {
    var best: (wanting: Int, reached: Int)?
    var effort = 0
    for wanting in missing.sorted(by: { (edges(of: $0).count, $0) < (edges(of: $1).count, $1) }) {
      if ask(wanting) { continue }
      let reached = walk(from: wanting).reached.count
      if reached < best?.reached ?? .max { best = (wanting, reached) }
      release(wanting)
      effort += max(reached, Self.mostEffort / 64)
      if effort >= Self.mostEffort || reached == 1 { break }
    }
    return best?.wanting
  }

  /// How many may be reached by all tries together; there are 64 at most.
  private static let mostEffort = 320_000

  /// Asks for one more, as far as there is enough.
  private mutating func ask(_ wanting: Int) -> Bool {
    missingUnits[wanting] = wants[wanting]
    return fill(wanting)
  }

  private mutating func fill(_ wanting: Int) -> Bool {
    while missingUnits[wanting] > 0 {
      guard let path = walk(from: wanting).path else { return false }
      apply(path.dropLast(), last: path.last!.edge)
      missingUnits[wanting] -= 1
    }
    return true
  }

  /// Leaves out all who cannot be reached.
  private mutating func keepReached(from wanting: Int) -> [Int] {
    let reached = walk(from: wanting).reached.sorted()
    var isReached = [Bool](repeating: false, count: wants.count)
    for other in reached { isReached[other] = true }
    for other in wants.indices where !isReached[other] { release(other) }
    return reached
  }

  /// The shortest way to one who has something to spare, its last step without a place; or all who are reached.
  private func walk(from start: Int) -> (path: [(edge: Int, place: Int)]?, reached: [Int]) {
    var reached = [start]
    // The edge by which each was reached, and the place that would be freed for it.
    var edgeTo = [Int32](repeating: -1, count: wants.count)
    var placeOf = edgeTo
    var isSeen = [Bool](repeating: false, count: given.count)
    var position = 0
    while position < reached.count {
      let wanting = reached[position]
      position += 1
      for edge in edges(of: wanting) where !isUsed[edge] {
        let offering = Int(offering[edge])
        guard !isSeen[offering] else { continue }
        isSeen[offering] = true
        if hasSpare(offering) {
          var path = [(edge: edge, place: 0)]
          var last = wanting
          while last != start {
            path.append((Int(edgeTo[last]), Int(placeOf[last])))
            last = Int(self.wanting[Int(edgeTo[last])])
          }
          return (path.reversed(), reached)
        }
        for place in usedPlaces(of: offering) {
          let other = Int(self.wanting[Int(places[place])])
          guard other != start, edgeTo[other] < 0 else { continue }
          edgeTo[other] = Int32(edge)
          placeOf[other] = Int32(place)
          reached.append(other)
        }
      }
    }
    return (nil, reached)
  }
}
