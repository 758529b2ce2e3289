import Domain
import Optimizer
import Testing

/// A wrong answer is caught, whatever is wrong with it.
@Suite struct CertificateTests {
  /// Three targets; the second official has to have exactly one, the third is dear and idle.
  private static let assignment = Assignment(
    officials: [.init(capacity: 3), .init(capacity: 1, minimum: 1), .init(capacity: 1)],
    demands: [1, 1, 1],
    arcs: [
      .init(official: 0, target: 0, cost: 1), .init(official: 0, target: 1, cost: 2),
      .init(official: 0, target: 2, cost: 3), .init(official: 1, target: 1, cost: 4),
      .init(official: 1, target: 2, cost: 4), .init(official: 2, target: 0, cost: 9),
    ], loadCost: [0, 5])

  /// By hand: the second takes the third target (4 against 3 + 5), the first the others (1 + 2 + 5).
  private static let optimum = Assignment.Optimum(
    cost: 12, used: [0, 1, 4], potentials: .init(officials: [5, 4, 0], targets: [6, 7, 8]))

  private static func changed(
    cost: Int64 = 12, used: [Int] = [0, 1, 4], officials: [Int64] = [5, 4, 0],
    targets: [Int64] = [6, 7, 8]
  ) -> Assignment.Optimum {
    .init(cost: cost, used: used, potentials: .init(officials: officials, targets: targets))
  }

  @Test func aRightOnePasses() throws {
    #expect(Self.assignment.violations(in: Self.optimum) == [])
    #expect(Self.assignment.bound(Self.optimum.potentials) == 12)
    let found = try #require(try Self.assignment.optimum)
    #expect(found.used == Self.optimum.used)
    #expect(found.cost == 12)
  }

  typealias Violation = Assignment.Violation

  @Test(arguments: [
    (changed(cost: 11), [Violation.costWrong(stated: 11, found: 12)]),
    // Potentials: one off, where an arc or a unit leaves no room.
    (changed(targets: [5, 7, 8]), [.usedTooDear(arc: 0)]),
    (changed(targets: [6, 6, 8]), [.usedTooDear(arc: 1)]),
    (changed(targets: [6, 7, 9]), [.unusedTooCheap(arc: 2)]),
    (changed(officials: [4, 4, 0]), [.unusedTooCheap(arc: 2), .unitTooDear(official: 0)]),
    (
      changed(officials: [6, 4, 0], targets: [7, 8, 9]),
      [.unitTooCheap(official: 0)]
    ),
    (changed(officials: [5, 4, 1]), [.unitTooCheap(official: 2)]),
    (changed(officials: [5, 4]), [.potentialsIncomplete]),
    (changed(targets: [6, 7, 8, 0]), [.potentialsIncomplete]),
    // Pairs: another for the same cost said, one less, one twice, none at all.
    (
      changed(used: [0, 1, 2]),
      [.minimumMissed(official: 1, has: 0, minimum: 1)]
    ),
    (changed(used: [0, 2, 3]), [.costWrong(stated: 12, found: 13), .usedTooDear(arc: 3)]),
    (
      changed(used: [0, 1]),
      [
        .demandMissed(target: 2, has: 0, wants: 1), .minimumMissed(official: 1, has: 0, minimum: 1),
      ]
    ),
    (
      changed(used: [0, 1, 4, 4]),
      [
        .arcTwice(4), .demandMissed(target: 2, has: 2, wants: 1),
        .capacityExceeded(official: 1, has: 2, capacity: 1),
      ]
    ),
    (changed(used: [0, 1, 4, 6]), [.arcUnknown(6)]),
    (changed(used: [-1, 0, 1, 4]), [.arcUnknown(-1)]),
  ])
  func aWrongOneIsCaught(answer: Assignment.Optimum, violations: [Violation]) {
    let found = Self.assignment.violations(in: answer)
    #expect(violations.allSatisfy(found.contains))
    #expect(violations.isEmpty == found.isEmpty)
  }

  @Test func potentialsOfAnySizeAreTaken() {
    for extreme in [Int64.min, .max] {
      for other in [Int64.min, .max] {
        let answer = Self.changed(
          officials: [extreme, other, 0], targets: [other, extreme, other])
        #expect(!Self.assignment.violations(in: answer).isEmpty)
        #expect(Self.assignment.bound(answer.potentials).map { $0 <= 12 } ?? true)
      }
    }
  }

  @Test(arguments: 0..<4) func anyPotentialsGiveALowerBound(seed: UInt64) throws {
    var random = RandomAssignments(seed: 500 + seed)
    for _ in 0..<60 {
      let assignment = random.assignment(most: 12)
      guard let optimum = try assignment.optimum else { continue }
      let wild = Assignment.Potentials(
        officials: assignment.officials.map { _ in Int64(random.number(-50...50)) },
        targets: assignment.demands.map { _ in Int64(random.number(-50...50)) })
      #expect(try #require(assignment.bound(wild)) <= optimum.cost)
    }
  }

  @Test(arguments: 0..<4) func aCheaperPairingWouldBeToldFromADearer(seed: UInt64) throws {
    var random = RandomAssignments(seed: 900 + seed)
    for _ in 0..<60 {
      let assignment = random.assignment(most: 12)
      guard let optimum = try assignment.optimum else { continue }
      for index in assignment.arcs.indices.shuffled(by: &random).prefix(5) {
        // Its cost made so that this pair would be taken, or not be taken, any more.
        var other = assignment
        let arc = assignment.arcs[index]
        let isUsed = optimum.used.contains(index)
        other.arcs[index] = .init(
          official: arc.official, target: arc.target, cost: arc.cost + (isUsed ? 1 << 40 : -1 << 40)
        )
        let best = try #require(try other.optimum)
        if best.used == optimum.used { continue }
        let old = Assignment.Optimum(
          cost: best.cost, used: optimum.used, potentials: optimum.potentials)
        #expect(!other.violations(in: old).isEmpty)
      }
    }
  }

  @Test func anInstanceThatIsNoneIsNoProof() {
    var assignment = Self.assignment
    assignment.loadCost = [5, 0]
    #expect(assignment.violations(in: Self.optimum) == [.unsound])
    #expect(assignment.bound(Self.optimum.potentials) == nil)
    assignment = Self.assignment
    assignment.arcs.append(.init(official: 3, target: 0, cost: 0))
    #expect(assignment.violations(in: Self.optimum) == [.unsound])
  }
}

extension Range<Int> {
  fileprivate func shuffled(by random: inout RandomAssignments) -> [Int] {
    var all = Array(self)
    for place in all.indices.dropFirst() { all.swapAt(place, random.number(0...place)) }
    return all
  }
}
