import Domain
import Optimizer
import Testing

/// Why there is no pairing: the numbers, and who is named.
@Suite struct ShortageTests {
  private static func assignment(
    _ officials: [(capacity: Int, minimum: Int)], _ demands: [Int], _ pairs: [(Int32, Int32)]
  ) -> Assignment {
    Assignment(
      officials: officials.map { .init(capacity: $0.capacity, minimum: $0.minimum) },
      demands: demands, arcs: pairs.map { .init(official: $0.0, target: $0.1, cost: 1) })
  }

  @Test(
    arguments: [
      // No officials at all.
      (assignment([], [1, 2], []), 0, 3, [0], []),
      // Two for one place; the third target has its own official.
      (assignment([(1, 0), (1, 0)], [1, 1, 1], [(0, 0), (0, 1), (1, 2)]), 2, 1, [0, 1], []),
      // One asks for three and two may serve it.
      (assignment([(9, 0), (9, 0)], [3, 1], [(0, 0), (1, 0), (0, 1)]), 3, 1, [0], []),
      // Excluded from everything.
      (assignment([(1, 0)], [1, 1], [(0, 1)]), 1, 1, [0], []),
      (assignment([(0, 0)], [1], [(0, 0)]), 0, 1, [0], []),
      // Only the minima fail: one target for two who both have to have one.
      (
        assignment([(1, 1), (1, 1), (1, 1)], [1, 1], [(0, 0), (1, 0), (2, 1)]), 2, 0, [], [0, 1]
      ),
      (assignment([(2, 2)], [1], [(0, 0)]), 1, 0, [], [0]),
      (assignment([(1, 1)], [], []), 0, 0, [], [0]),
      (assignment([(1, 1)], [0], [(0, 0)]), 0, 0, [], [0]),
      // What has to be is more than what may be.
      (assignment([(5, 0), (1, 2)], [1], [(0, 0)]), 1, 0, [], [1]),
    ] as [(Assignment, Int, Int, [Int], [Int])])
  func itIsTold(
    assignment: Assignment, coverable: Int, deficiency: Int, targets: [Int], officials: [Int]
  ) throws {
    let shortage = try #require(try assignment.shortage)
    #expect(
      shortage
        == .init(
          coverable: coverable, deficiency: deficiency, targets: targets, officials: officials))
    #expect(assignment.violations(in: shortage) == [])
  }

  /// Five for four places, and one beside them that could have two.
  private static let crowd = assignment(
    [(2, 0), (2, 0), (2, 0)], [1, 1, 1, 1, 1, 1],
    [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (2, 5)])

  @Test(
    arguments: [
      (Assignment.Shortage(coverable: 5, deficiency: 1, targets: [0, 1, 2, 3, 4]), []),
      (.init(coverable: 6, deficiency: 1, targets: [0, 1, 2, 3, 4]), [.numbersWrong]),
      (.init(coverable: 6, deficiency: 0, targets: [0, 1, 2, 3, 4]), [.numbersWrong]),
      (.init(coverable: 5, deficiency: 1, targets: []), [.numbersWrong]),
      (.init(coverable: 6, deficiency: 0, targets: []), [.nobodyNamed]),
      (.init(coverable: 5, deficiency: 1, targets: [0, 1, 2, 3, 4, 5]), [.notNeeded(5)]),
      (
        .init(coverable: 5, deficiency: 1, targets: [0, 1, 2, 3]),
        [.noShortage(wanted: 4, available: 4)]
      ),
      (.init(coverable: 5, deficiency: 1, targets: [0, 1, 2, 3, 3]), [.namedTwice(3)]),
      (.init(coverable: 5, deficiency: 1, targets: [0, 1, 2, 3, 9]), [.targetUnknown(9)]),
      (.init(coverable: 5, deficiency: 1, targets: [-1]), [.targetUnknown(-1)]),
      (.init(coverable: 6, deficiency: 0, targets: [], officials: [7]), [.officialUnknown(7)]),
      (
        .init(coverable: 6, deficiency: 0, targets: [], officials: [0]),
        [.noShortage(wanted: 0, available: 5)]
      ),
      (.init(coverable: .max, deficiency: .max, targets: [0]), [.numbersWrong]),
    ] as [(Assignment.Shortage, [Assignment.ShortageViolation])])
  func aWrongProofIsCaught(
    shortage: Assignment.Shortage, violations: [Assignment.ShortageViolation]
  ) {
    #expect(Self.crowd.violations(in: shortage) == violations)
  }

  /// A county of 300 villages too many, each wanting one or three: the set is found in time, and is small.
  @Test func manyTargetsLeftOver() throws {
    var random = RandomAssignments(seed: 5)
    var arcs: [Assignment.Arc] = []
    let demands = (0..<1500).map { _ in random.number(0...4) == 0 ? 3 : 1 }
    for target in 0..<1500 {
      for official in Set((0..<12).map { _ in random.number(0...999) + target / 1500 }).sorted() {
        arcs.append(.init(official: Int32(official), target: Int32(target), cost: 1))
      }
    }
    let assignment = Assignment(
      officials: Array(repeating: .init(capacity: 2), count: 1000), demands: demands, arcs: arcs)
    let shortage = try #require(try assignment.shortage)
    #expect(shortage.coverable == 2000)
    #expect(assignment.violations(in: shortage) == [])
  }
}
