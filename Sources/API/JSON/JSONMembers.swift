import Domain

/// Members as the schema has let them in.
extension JSON {
  func word<Word: RawRepresentable<String>>(_ name: String) -> Word? {
    self[name].text.flatMap { Word(rawValue: $0) }
  }

  func id<ID: NumberedID>(_ name: String) -> ID? { self[name].text.flatMap { ID($0) } }

  func day(_ name: String) -> Day? { self[name].text.flatMap { Day($0) } }
}
