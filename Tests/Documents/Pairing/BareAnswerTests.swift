import Documents
import Domain
import Testing

/// What is printed is read again as it was.
@Suite struct BareAnswerTests {
  @Test func anOptimalAnswer() throws {
    let assignment = Assignment(
      officials: [.init(capacity: 1)], demands: [0, 1],
      arcs: [.init(official: 0, target: 0, cost: 1), .init(official: 0, target: 1, cost: -2)])
    let answer = BareAnswer(
      .optimal(
        .init(cost: -2, used: [1], potentials: .init(officials: [.min], targets: [3, .max]))),
      of: assignment)
    #expect(
      answer.json
        == #"{"status":"optimal","cost":-2,"pairs":[[0,1]],"potentials":"#
        + #"{"officials":[-9223372036854775808],"targets":[3,9223372036854775807]}}"#)
    guard
      case .optimal(let cost, let pairs, let potentials) = try BareAnswer(
        json: Array(answer.json.utf8))
    else {
      Issue.record("it is optimal")
      return
    }
    #expect(cost == -2)
    #expect(pairs == [[0, 1]])
    #expect(potentials == .init(officials: [.min], targets: [3, .max]))
  }

  @Test(arguments: [
    (
      Assignment.Shortage(coverable: 5, deficiency: 2, targets: [1, 4]),
      #"{"status":"infeasible","coverable":5,"deficiency":2,"proof":[1,4]}"#
    ),
    (
      .init(coverable: 5, deficiency: 0, targets: [], officials: [3]),
      #"{"status":"infeasible","coverable":5,"deficiency":0,"proof":[],"proof_officials":[3]}"#
    ),
  ])
  func anInfeasibleAnswer(shortage: Assignment.Shortage, json: String) throws {
    let assignment = Assignment(officials: [], demands: [], arcs: [])
    #expect(BareAnswer(.infeasible(shortage), of: assignment).json == json)
    guard case .infeasible(let read) = try BareAnswer(json: Array(json.utf8)) else {
      Issue.record("it is infeasible")
      return
    }
    #expect(read == shortage)
  }

  @Test(arguments: [
    ("{}", JSONFault.Kind.missing("status")), (#"{"status":"maybe"}"#, .unknownStatus("maybe")),
    (#"{"status":"optimal","cost":1,"pairs":[]}"#, .missing("potentials.officials")),
    (#"{"status":"optimal","pairs":[[1,2,3]]}"#, .noPair), (#"{"pairs":[[1]]}"#, .noPair),
    (#"{"status":"infeasible","coverable":1,"deficiency":1}"#, .missing("proof")),
  ])
  func whatIsNoneIsRefused(json: String, kind: JSONFault.Kind) {
    let fault = #expect(throws: JSONFault.self) { try BareAnswer(json: Array(json.utf8)) }
    #expect(fault?.kind == kind)
  }
}
