/// Those who want and those who offer, at most one unit between two of them: how much can be had, and who
/// want more than there is. Targets want what officials offer; where minima fail it is the other way round.
struct Coverage {
  /// Ends of the edges; those of one who wants lie together.
  let wanting: [Int32]
  let offering: [Int32]
  let firstEdge: [Int]
  let wants: [Int]
  /// Units that one has to give: a place for the edge that takes each.
  let firstPlace: [Int]
  /// Edges in use, by place; the first `given` of each who offers.
  var places: [Int32]
  var given: [Int32]
  var isUsed: [Bool]
  /// Units each still wants.
  var missingUnits: [Int]

  init(wants: [Int], offers: [Int], edges: [(wanting: Int32, offering: Int32)]) {
    self.wants = wants
    var first = [Int](repeating: 0, count: wants.count + 1)
    var degrees = [Int](repeating: 0, count: offers.count)
    for edge in edges {
      first[Int(edge.wanting) + 1] += 1
      degrees[Int(edge.offering)] += 1
    }
    for index in wants.indices { first[index + 1] += first[index] }
    firstEdge = first
    var wanting = [Int32](repeating: 0, count: edges.count)
    var offering = wanting
    for edge in edges {
      let place = first[Int(edge.wanting)]
      first[Int(edge.wanting)] += 1
      wanting[place] = edge.wanting
      offering[place] = edge.offering
    }
    (self.wanting, self.offering) = (wanting, offering)
    var firstPlace = [0]
    for (offer, degree) in zip(offers, degrees) {
      firstPlace.append(firstPlace.last! + min(offer, degree))
    }
    self.firstPlace = firstPlace
    places = [Int32](repeating: 0, count: firstPlace.last!)
    given = [Int32](repeating: 0, count: offers.count)
    isUsed = [Bool](repeating: false, count: edges.count)
    missingUnits = wants
  }

  var missing: Int { missingUnits.reduce(0, +) }
  var covered: Int { wants.reduce(0, +) - missing }

  func edges(of wanting: Int) -> Range<Int> { firstEdge[wanting]..<firstEdge[wanting + 1] }

  func hasSpare(_ offering: Int) -> Bool {
    firstPlace[offering] + Int(given[offering]) < firstPlace[offering + 1]
  }

  func usedPlaces(of offering: Int) -> Range<Int> {
    firstPlace[offering]..<firstPlace[offering] + Int(given[offering])
  }

  mutating func take(_ edge: Int) {
    let offering = Int(offering[edge])
    places[firstPlace[offering] + Int(given[offering])] = Int32(edge)
    given[offering] += 1
    isUsed[edge] = true
  }

  /// Leaves one out: takes away all that they have, and asks no more for them.
  mutating func release(_ wanting: Int) {
    for edge in edges(of: wanting) where isUsed[edge] {
      let offering = Int(offering[edge])
      let range = usedPlaces(of: offering)
      let place = range.first { places[$0] == Int32(edge) }!
      places[place] = places[range.upperBound - 1]
      given[offering] -= 1
      isUsed[edge] = false
    }
    missingUnits[wanting] = 0
  }
}
