import Domain

extension BareAnswer {
  /// - Throws: `JSONFault`
  package init(json: [UInt8]) throws(JSONFault) {
    var result: Result<BareAnswer, JSONFault>?
    json.withUnsafeBufferPointer { bytes in
      do throws(JSONFault) {
        result = .success(try Parts(bytes).answer())
      } catch let fault {
        result = .failure(fault)
      }
    }
    switch result {
    case .success(let answer): self = answer
    case .failure(let fault): throw fault
    case nil: throw JSONFault(kind: .ends, place: "", line: 1, column: 1)
    }
  }

  /// The members of either kind of answer, in whatever order they come.
  private struct Parts {
    private var cursor: JSONCursor
    private var status: String?
    private var cost: Int64?
    private var pairs: [SIMD2<Int32>]?
    private var officials: [Int64]?
    private var targets: [Int64]?
    private var coverable: Int?
    private var deficiency: Int?
    private var proof: [Int]?
    private var officialProof: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
      cursor = JSONCursor(bytes)
      var found = Set<String>()
      var isFirst = true
      try cursor.open("{")
      while try cursor.next(&isFirst, or: "}") {
        let key = try cursor.key()
        guard found.insert(key).inserted else { throw cursor.fault(.twice(key)) }
        cursor.list = key
        try read(key)
        (cursor.list, cursor.index) = ("", nil)
      }
      try cursor.end()
    }

    private mutating func read(_ key: String) throws(JSONFault) {
      switch key {
      case "status": status = try cursor.text()
      case "cost": cost = try cursor.integer()
      case "pairs": pairs = try readPairs()
      case "potentials": try readPotentials()
      case "coverable": coverable = try cursor.count()
      case "deficiency": deficiency = try cursor.count()
      case "proof": proof = try indices()
      case "proof_officials": officialProof = try indices()
      default: try cursor.skip()
      }
    }

    func answer() throws(JSONFault) -> BareAnswer {
      switch status {
      case "optimal":
        return .optimal(
          cost: try given(cost, "cost"), pairs: try given(pairs, "pairs"),
          potentials: .init(
            officials: try given(officials, "potentials.officials"),
            targets: try given(targets, "potentials.targets")))
      case "infeasible":
        return .infeasible(
          .init(
            coverable: try given(coverable, "coverable"),
            deficiency: try given(deficiency, "deficiency"), targets: try given(proof, "proof"),
            officials: officialProof))
      case let status?: throw cursor.fault(.unknownStatus(status))
      case nil: throw cursor.fault(.missing("status"))
      }
    }

    private func given<Value>(_ value: Value?, _ name: String) throws(JSONFault) -> Value {
      guard let value else { throw cursor.fault(.missing(name)) }
      return value
    }

    private mutating func readPairs() throws(JSONFault) -> [SIMD2<Int32>] {
      var pairs: [SIMD2<Int32>] = []
      try cursor.eachElement { cursor throws(JSONFault) in
        var isFirst = true
        try cursor.open("[")
        guard try cursor.next(&isFirst, or: "]") else { throw cursor.fault(.noPair) }
        let official = try cursor.integer()
        guard try cursor.next(&isFirst, or: "]") else { throw cursor.fault(.noPair) }
        let target = try cursor.integer()
        guard try !cursor.next(&isFirst, or: "]") else { throw cursor.fault(.noPair) }
        guard let official = Int32(exactly: official), let target = Int32(exactly: target) else {
          throw cursor.fault(.tooLarge)
        }
        pairs.append([official, target])
      }
      return pairs
    }

    private mutating func readPotentials() throws(JSONFault) {
      var (officials, targets): ([Int64]?, [Int64]?)
      try cursor.eachMember { cursor, key throws(JSONFault) in
        switch key {
        case "officials": officials = try cursor.integers()
        case "targets": targets = try cursor.integers()
        default: try cursor.skip()
        }
      }
      (self.officials, self.targets) = (officials, targets)
    }

    private mutating func indices() throws(JSONFault) -> [Int] {
      try cursor.integers().map { Int($0) }
    }
  }
}

extension JSONCursor {
  fileprivate mutating func integers() throws(JSONFault) -> [Int64] {
    var numbers: [Int64] = []
    try eachElement { cursor throws(JSONFault) in numbers.append(try cursor.integer()) }
    return numbers
  }
}
