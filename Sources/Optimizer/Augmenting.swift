/// Covering as much as can be, by Hopcroft and Karp's phases of shortest augmenting paths.
extension Coverage {
  mutating func maximise() {
    for wanting in wants.indices {
      for edge in edges(of: wanting)
      where missingUnits[wanting] > 0 && hasSpare(Int(offering[edge])) {
        take(edge)
        missingUnits[wanting] -= 1
      }
    }
    var search = Search(self)
    while search.phase(&self, from: wants.indices.filter { missingUnits[$0] > 0 }) {}
  }

  /// One phase's levels, and how far each node has been searched.
  struct Search {
    private var levelOfWanting: [Int32]
    private var levelOfOffering: [Int32]
    private var nextEdge: [Int]
    private var nextPlace: [Int]

    init(_ coverage: Coverage) {
      levelOfWanting = [Int32](repeating: -1, count: coverage.wants.count)
      levelOfOffering = [Int32](repeating: -1, count: coverage.given.count)
      nextEdge = Array(coverage.firstEdge.dropLast())
      nextPlace = Array(coverage.firstPlace.dropLast())
    }

    /// Augments along as many shortest paths as there are.
    /// - Returns: whether there were any.
    mutating func phase(_ coverage: inout Coverage, from starts: [Int]) -> Bool {
      guard setLevels(coverage, from: starts) else { return false }
      for start in starts {
        while coverage.missingUnits[start] > 0, augment(&coverage, from: start) {
          coverage.missingUnits[start] -= 1
        }
      }
      return true
    }

    private mutating func setLevels(_ coverage: Coverage, from starts: [Int]) -> Bool {
      for index in levelOfWanting.indices {
        levelOfWanting[index] = -1
        nextEdge[index] = coverage.firstEdge[index]
      }
      for index in levelOfOffering.indices {
        levelOfOffering[index] = -1
        nextPlace[index] = coverage.firstPlace[index]
      }
      for start in starts { levelOfWanting[start] = 0 }
      var level = starts
      var number: Int32 = 0
      var isFound = false
      while !level.isEmpty, !isFound {
        var next: [Int] = []
        for wanting in level {
          for edge in coverage.edges(of: wanting) where !coverage.isUsed[edge] {
            let offering = Int(coverage.offering[edge])
            guard levelOfOffering[offering] < 0 else { continue }
            levelOfOffering[offering] = number
            if coverage.hasSpare(offering) { isFound = true }
            for place in coverage.usedPlaces(of: offering) {
              let other = Int(coverage.wanting[Int(coverage.places[place])])
              guard levelOfWanting[other] < 0 else { continue }
              levelOfWanting[other] = number + 1
              next.append(other)
            }
          }
        }
        level = next
        number += 1
      }
      return isFound
    }

    /// One unit more for `start`, going down the levels; a dead end is never entered again.
    private mutating func augment(_ coverage: inout Coverage, from start: Int) -> Bool {
      // The edge that each on the way would take, and the place that frees the one before it.
      var path: [(edge: Int, place: Int)] = []
      var wanting = start
      search: while true {
        let level = levelOfWanting[wanting]
        while nextEdge[wanting] < coverage.firstEdge[wanting + 1] {
          let edge = nextEdge[wanting]
          let offering = Int(coverage.offering[edge])
          guard !coverage.isUsed[edge], levelOfOffering[offering] == level else {
            nextEdge[wanting] += 1
            continue
          }
          if coverage.hasSpare(offering) {
            coverage.apply(path, last: edge)
            return true
          }
          while nextPlace[offering] < coverage.usedPlaces(of: offering).upperBound {
            let place = nextPlace[offering]
            let other = Int(coverage.wanting[Int(coverage.places[place])])
            if levelOfWanting[other] == level + 1 {
              path.append((edge, place))
              wanting = other
              continue search
            }
            nextPlace[offering] += 1
          }
          nextEdge[wanting] += 1
        }
        guard let (edge, place) = path.popLast() else { return false }
        wanting = Int(coverage.wanting[edge])
        nextPlace[Int(coverage.offering[edge])] = place + 1
      }
    }
  }

  /// Hands each place of a path to the edge that leads to it, and takes the last edge.
  mutating func apply(_ path: some Sequence<(edge: Int, place: Int)>, last: Int) {
    for (edge, place) in path {
      isUsed[Int(places[place])] = false
      isUsed[edge] = true
      places[place] = Int32(edge)
    }
    take(last)
  }
}
