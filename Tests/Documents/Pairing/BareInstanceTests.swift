import Documents
import Domain
import Testing

/// A bare instance is read as it is stated, and what is none is told with its place.
@Suite struct BareInstanceTests {
  private func read(_ json: String) throws(JSONFault) -> BareInstance {
    try BareInstance(json: Array(json.utf8))
  }

  @Test func everythingIsTakenAsStated() throws {
    let instance = try read(
      #"""
      {"name": {"deep": [1, true, null, -2.5e3, "]"]}, "load_cost": [0, -0, 7],
       "arcs": [[1, 0, -5], [0,1,9223372036854775807]],
       "targets": [{"demand": 2, "id": "厂\u4e00\ud83d\ude00\n"}, {}],
       "officials": [{"min": 1, "capacity": 3, "id": 17, "rank": "县处级"}, {"capacity": 0}]}
      """#)
    let assignment = instance.assignment
    #expect(assignment.officials == [.init(capacity: 3, minimum: 1), .init(capacity: 0)])
    #expect(assignment.demands == [2, 1])
    #expect(
      assignment.arcs == [
        .init(official: 1, target: 0, cost: -5), .init(official: 0, target: 1, cost: .max),
      ])
    #expect(assignment.loadCost == [0, 0, 7])
    #expect(instance.officialNames == ["17", nil])
    #expect(instance.targetNames == ["厂一😀\n", nil])
    #expect(instance.unknownKeys == ["name"])
  }

  @Test(arguments: [
    #"{"officials":[],"targets":[],"arcs":[]}"#,
    "\u{FEFF} {\"officials\" : [ ] ,\r\n\t\"targets\":[],\"arcs\":[]} ",
    #"{"officials":[],"targets":[],"arcs":[],"load_cost":[]}"#,
  ])
  func nothingIsAnInstanceToo(json: String) throws {
    let assignment = try read(json).assignment
    #expect(assignment.officials.isEmpty && assignment.demands.isEmpty && assignment.arcs.isEmpty)
  }

  private static let deep = String(repeating: "[", count: 100_000)

  @Test(arguments: [
    ("", JSONFault.Kind.ends, ""), ("null", .wanted("{"), ""), ("[]", .wanted("{"), ""),
    ("{}", .missing("officials"), ""),
    (#"{"officials":[],"targets":[]}"#, .missing("arcs"), ""),
    (#"{"officials":[],"officials":[]}"#, .twice("officials"), ""),
    (#"{"officials":[{"capacity":1,"capacity":2}]}"#, .twice("capacity"), "officials[0]"),
    (#"{"officials":[{"capacity":1},{"min":1}]}"#, .missing("capacity"), "officials[1]"),
    (#"{"officials":[{"capacity":1},{"capacity":-1}]}"#, .negative, "officials[1]"),
    (#"{"officials":[{"capacity":1,"min":-1}]}"#, .negative, "officials[0]"),
    (#"{"targets":[{"demand":-1}]}"#, .negative, "targets[0]"),
    (#"{"officials":[{"capacity":1.0}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":01}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":1e3}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":"1"}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":null}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":-}]}"#, .noWholeNumber, "officials[0]"),
    (#"{"officials":[{"capacity":9223372036854775808}]}"#, .tooLarge, "officials[0]"),
    (#"{"arcs":[[0,0,1],[0,0,-9223372036854775809]]}"#, .tooLarge, "arcs[1]"),
    (#"{"arcs":[[0,4294967296,1]]}"#, .tooLarge, "arcs[0]"),
    (#"{"arcs":[[0,0]]}"#, .noArc, "arcs[0]"), (#"{"arcs":[[]]}"#, .noArc, "arcs[0]"),
    (#"{"arcs":[[0,0,1,2]]}"#, .noArc, "arcs[0]"),
    (#"{"arcs":[[0,0,1],]}"#, .noValue, "arcs[0]"),
    (#"{"arcs":[[0,0,1] [0,1,1]]}"#, .wanted(", / ]"), "arcs[0]"),
    (#"{"arcs":[0]}"#, .wanted("["), "arcs[0]"),
    (#"{"targets":[{"id":"a"},{"id":"b"},{"id":"a"}]}"#, .nameTaken("a", by: 0), "targets[2]"),
    (#"{"targets":[{"id":7},{"id":"7"}]}"#, .nameTaken("7", by: 0), "targets[1]"),
    (#"{"targets":[{"id":true}]}"#, .noWholeNumber, "targets[0]"),
    (#"{"targets":[{"id":"\x"}]}"#, .badText, "targets[0]"),
    (#"{"targets":[{"id":"\ud800x"}]}"#, .badText, "targets[0]"),
    ("{\"targets\":[{\"id\":\"a\nb\"}]}", .badText, "targets[0]"),
    (#"{"targets":[{"id":"a}]}"#, .ends, "targets[0]"),
    (#"{"targets":[{"id":"a\"#, .ends, "targets[0]"),
    (#"{"x":[1,,2]}"#, .noValue, "x"), (#"{"x":nothing}"#, .noValue, "x"),
    (#"{"x":}"#, .noValue, "x"), (#"{"x" 1}"#, .wanted(":"), ""), ("{x:1}", .wanted("\""), ""),
    ("{\"x\":\(deep)", .tooDeep, "x"),
    (#"{"officials":[],"targets":[],"arcs":[]} {}"#, .more, ""),
  ])
  func whatIsNoneIsToldWithItsPlace(json: String, kind: JSONFault.Kind, place: String) throws {
    let fault = #expect(throws: JSONFault.self) { try read(json) }
    #expect(fault?.kind == kind)
    #expect(fault?.place == place)
  }

  @Test func aPlaceHasItsLineAndColumn() {
    let fault = #expect(throws: JSONFault.self) {
      try read("{\n \"officials\": [],\n \"arcs\": [\n  [0, 0, x]\n]}")
    }
    #expect(fault?.line == 4)
    #expect(fault?.column == 10)
  }

  @Test func bytesThatAreNoUTF8AreNoText() {
    let bytes = Array(#"{"targets":[{"id":""#.utf8) + [0xFF, 0xFE] + Array(#""}]}"#.utf8)
    let fault = #expect(throws: JSONFault.self) { try BareInstance(json: bytes) }
    #expect(fault?.kind == .badText)
  }

  @Test func anInstanceCutOffAnywhereIsRefused() throws {
    let whole = #"{"officials":[{"id":"a","capacity":2}],"targets":[{"id":1}],"arcs":[[0,0,5]]}"#
    _ = try read(whole)
    for count in 0..<whole.utf8.count {
      #expect(throws: JSONFault.self) { try BareInstance(json: Array(whole.utf8.prefix(count))) }
    }
  }
}
