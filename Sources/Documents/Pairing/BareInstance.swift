import Domain

/// An assignment as a file states it (docs/pairing.md): with a name for everybody, if it gives any.
package struct BareInstance {
  package private(set) var assignment = Assignment(officials: [], demands: [], arcs: [])
  package private(set) var officialNames: [String?] = []
  package private(set) var targetNames: [String?] = []
  /// Members that mean nothing here: a slip of the pen, or something of somebody else's.
  package private(set) var unknownKeys: [String] = []

  /// - Throws: `JSONFault`
  package init(json: [UInt8]) throws(JSONFault) {
    var fault: JSONFault?
    // A closure that is given a buffer does not carry a typed error.
    json.withUnsafeBufferPointer { bytes in
      do throws(JSONFault) {
        try read(bytes)
      } catch let found {
        fault = found
      }
    }
    if let fault { throw fault }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
    var cursor = JSONCursor(bytes)
    var found = Set<String>()
    var isFirst = true
    try cursor.open("{")
    while try cursor.next(&isFirst, or: "}") {
      let key = try cursor.key()
      guard found.insert(key).inserted else { throw cursor.fault(.twice(key)) }
      cursor.list = key
      switch key {
      case "officials": try readOfficials(&cursor)
      case "targets": try readTargets(&cursor)
      case "arcs": try readArcs(&cursor)
      case "load_cost": try readLoadCost(&cursor)
      default:
        unknownKeys.append(key)
        try cursor.skip()
      }
      (cursor.list, cursor.index) = ("", nil)
    }
    try cursor.end()
    for key in ["officials", "targets", "arcs"] where !found.contains(key) {
      throw cursor.fault(.missing(key))
    }
  }

  private mutating func readOfficials(_ cursor: inout JSONCursor) throws(JSONFault) {
    var names = Names()
    try cursor.eachElement { cursor throws(JSONFault) in
      var capacity: Int?
      var minimum = 0
      var name: String?
      try cursor.eachMember { cursor, key throws(JSONFault) in
        switch key {
        case "capacity": capacity = try cursor.count()
        case "min": minimum = try cursor.count()
        case "id": name = try cursor.name()
        default: try cursor.skip()
        }
      }
      guard let capacity else { throw cursor.fault(.missing("capacity")) }
      try names.add(name, cursor)
      assignment.officials.append(.init(capacity: capacity, minimum: minimum))
    }
    officialNames = names.all
  }

  private mutating func readTargets(_ cursor: inout JSONCursor) throws(JSONFault) {
    var names = Names()
    try cursor.eachElement { cursor throws(JSONFault) in
      var demand = 1
      var name: String?
      try cursor.eachMember { cursor, key throws(JSONFault) in
        switch key {
        case "demand": demand = try cursor.count()
        case "id": name = try cursor.name()
        default: try cursor.skip()
        }
      }
      try names.add(name, cursor)
      assignment.demands.append(demand)
    }
    targetNames = names.all
  }

  private mutating func readArcs(_ cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachElement { cursor throws(JSONFault) in
      let (official, target, cost) = try cursor.triple()
      guard let official = Int32(exactly: official), let target = Int32(exactly: target) else {
        throw cursor.fault(.tooLarge)
      }
      assignment.arcs.append(.init(official: official, target: target, cost: cost))
    }
  }

  private mutating func readLoadCost(_ cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachElement { cursor throws(JSONFault) in
      assignment.loadCost.append(try cursor.integer())
    }
  }

  /// The names of a list's elements, none of them twice.
  private struct Names {
    private(set) var all: [String?] = []
    private var places: [String: Int] = [:]

    mutating func add(_ name: String?, _ cursor: JSONCursor) throws(JSONFault) {
      if let name {
        if let other = places.updateValue(all.count, forKey: name) {
          throw cursor.fault(.nameTaken(name, by: other))
        }
      }
      all.append(name)
    }
  }
}

extension JSONCursor {
  mutating func eachElement(
    _ read: (inout JSONCursor) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    var (isFirst, number) = (true, 0)
    try open("[")
    while try next(&isFirst, or: "]") {
      index = number
      try read(&self)
      number += 1
    }
    index = nil
  }

  mutating func eachMember(
    _ read: (inout JSONCursor, String) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    var isFirst = true
    var seen: [String] = []
    try open("{")
    while try next(&isFirst, or: "}") {
      let key = try key()
      if seen.contains(key) { throw fault(.twice(key)) }
      // More members than there are meanings need not be remembered.
      if seen.count < 16 { seen.append(key) }
      try read(&self, key)
    }
  }

  /// `[official, target, cost]`
  fileprivate mutating func triple() throws(JSONFault) -> (Int64, Int64, Int64) {
    var isFirst = true
    try open("[")
    var numbers: (Int64, Int64, Int64) = (0, 0, 0)
    guard try next(&isFirst, or: "]") else { throw fault(.noArc) }
    numbers.0 = try integer()
    guard try next(&isFirst, or: "]") else { throw fault(.noArc) }
    numbers.1 = try integer()
    guard try next(&isFirst, or: "]") else { throw fault(.noArc) }
    numbers.2 = try integer()
    if try next(&isFirst, or: "]") { throw fault(.noArc) }
    return numbers
  }
}
