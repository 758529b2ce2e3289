import Language
import TestSupport
import Testing

@Suite struct SearchTests {
  @Test(arguments: [
    ("昌", true), ("许昌", true), ("昌市", true), ("许市", false), ("xcs", true), ("CSd", true),
    ("xd", false),
    ("许昌 集团", true), ("集团 许昌", true), ("许昌 开封", false), ("（集团）", true), ("许昌市大地集", true),
    ("9141", true), ("91411000MA8LMHCN1J", true), ("9141-1000", true), ("411000", false),
    ("9", false), ("z", false), ("旧名", true), ("jmc", true), ("zx", true), ("", false),
    (" 、 ", false),
    ("许昌 9141", true), ("411003", true), ("41100301", false),
  ])
  func found(query: String, isFound: Bool) {
    let entry = SearchEntry(
      name: "许昌市大地（集团）有限公司长信", formerNames: ["旧名厂"],
      codes: ["91411000MA8LMHCN1J", "411003"])
    let query = SearchQuery(query)
    #expect(query.matches(entry) == isFound)
    if isFound { #expect(Set(query.terms).isSubset(of: entry.terms)) }
  }

  @Test func termsOfAName() {
    let entry = SearchEntry(name: "长葛A12厂", codes: ["411082"])
    #expect(
      Set(entry.terms) == [
        "长", "葛", "厂", "长葛", "ua", "u1", "u2", "icg", "izg", "iga", "ia1", "i12", "i2c", "n12",
        "n41", "n4110", "n411082",
      ])
  }

  /// Neither a tokenizer nor a query language may find anything in a term to cut or to obey.
  @Test func termsArePlain() {
    let name = #"'"*(许)%_^:;-+AND OR NOT NEAR é😀〇、。·々〆ア"# + "𠮷\u{9FFF}\u{0}\u{301}"
    for term in SearchEntry(name: name).terms + SearchQuery(name).terms {
      #expect(
        term.unicodeScalars.allSatisfy { scalar in
          ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            || (0x3400...0x4DB5).contains(scalar.value) || (0x4E00...0x9FCC).contains(scalar.value)
        }, "\(term)")
    }
  }

  @Test func everyFragmentOfEveryNameIsFound() {
    var random = SplitMix(state: 3)
    let alphabet = [
      "许", "昌", "长", "行", "1", "2", "0", "a", "B", "Ｃ", "（", "）", "·", "-", "é", "😀", "〇", "𠮷",
    ]
    for _ in 0..<3000 {
      let name = random.text(of: alphabet, count: 1...12)
      let entry = SearchEntry(name: name, codes: ["9A41"])
      let terms = Set(entry.terms)
      let characters = Array(name)
      for start in characters.indices {
        for end in start..<characters.count {
          let fragment = String(characters[start...end])
          let query = SearchQuery(fragment)
          #expect(Set(query.terms).isSubset(of: terms), "\(fragment) of \(name)")
          #expect(query.matches(entry) || query.isEmpty, "\(fragment) of \(name)")
        }
      }
    }
  }

  @Test func whateverMatchesHasTheTerms() {
    var random = SplitMix(state: 5)
    let names = ["许", "长", "行", "1", "2", "a", "b", "厂"]
    let typed = ["x", "c", "z", "h", "1", "2", "a", "b", "许", "厂", " "]
    var matches = 0
    for _ in 0..<60_000 {
      let entry = SearchEntry(
        name: random.text(of: names, count: 1...6),
        formerNames: [random.text(of: names, count: 0...4)],
        codes: [random.text(of: ["1", "2", "a", "b"], count: 0...20)])
      let query = SearchQuery(random.text(of: typed, count: 1...4))
      guard query.matches(entry) else { continue }
      matches += 1
      #expect(Set(query.terms).isSubset(of: entry.terms))
    }
    #expect(matches > 5000)
  }

  @Test func longTextsEndSoon() {
    let long = String(repeating: "长行12ab（重）", count: 1250)
    let query = SearchQuery(long + " " + String(repeating: "许 ", count: 5000))
    #expect(query.terms.count <= SearchQuery.maxTerms)
    let entry = SearchEntry(name: long, codes: [long])
    #expect(Set(SearchQuery(long).terms).isSubset(of: entry.terms))
    #expect(!query.matches(entry))
    #expect(!SearchQuery(String(repeating: "c", count: 5000)).matches(entry))
  }

  @Test func theBestAnswersComeFirst() {
    let entries = [
      SearchEntry(name: "许昌"), SearchEntry(name: "许昌市"), SearchEntry(name: "许昌县城"),
      SearchEntry(name: "新许昌"), SearchEntry(name: "大新许昌"),
      SearchEntry(name: "别名", formerNames: ["许昌"]),
      SearchEntry(name: "开封"),
    ]
    #expect(
      ordered("许昌", entries) == ["许昌", "许昌市", "许昌县城", "新许昌", "大新许昌", "别名"])
    let spelled = [
      SearchEntry(name: "大新城"), SearchEntry(name: "XC厂"), SearchEntry(name: "兴城"),
      SearchEntry(name: "xc"), SearchEntry(name: "开封", formerNames: ["许昌"]),
      SearchEntry(name: "甲", codes: ["xc9"]), SearchEntry(name: "乙乙", codes: ["xc"]),
    ]
    #expect(
      ordered("xc", spelled) == ["xc", "乙乙", "甲", "XC厂", "兴城", "大新城", "开封"])
  }

  private func ordered(_ typed: String, _ entries: [SearchEntry]) -> [String] {
    entries.compactMap { SearchQuery(typed).order($0) }.sorted().map(\.name)
  }
}
