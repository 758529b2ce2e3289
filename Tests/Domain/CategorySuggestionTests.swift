import Domain
import Testing

@Suite struct CategorySuggestionTests {
  private static let hints = try! CategoryHints([
    Track.village: [
      "infrastructure": ["机井", "路灯", "道路"], "safety": ["交通安全", "安全隐患"],
      "logistics": ["交通"],
    ],
    Track.enterprise: ["finance": ["贷款", "续贷"], "legal": ["ABC案"]],
  ])

  @Test(
    arguments: [
      ("北坡村夜间无路灯", "", "infrastructure", ["路灯"]),
      // More words speak louder, and those of the title count twice.
      ("安全隐患：路灯不亮", "机井坏", "safety", ["安全隐患"]),
      ("路灯和机井", "安全隐患", "infrastructure", ["机井", "路灯"]),
      // A word within a longer one that was found says nothing more.
      ("交通安全", "", "safety", ["交通安全"]),
      // Of the details one word is too little, two are not.
      ("夜里太黑", "没有路灯", nil, []), ("夜里太黑", "路灯坏了，道路不平", "infrastructure", ["路灯", "道路"]),
      ("路灯；交通", "", nil, []), ("无", "", nil, []), ("", "", nil, []),
    ] as [(String, String, String?, [String])])
  func whatWordsSpeakFor(title: String, detail: String, code: String?, words: [String]) {
    let suggestion = Self.hints.suggestion(title: title, detail: detail, track: Track.village)
    #expect(suggestion?.code == code)
    #expect(Set(suggestion?.words ?? []) == Set(words))
  }

  @Test func byTrackAndWritten() {
    let track = Track.enterprise
    #expect(Self.hints.suggestion(title: "续 贷 未办", detail: "", track: track)?.code == "finance")
    #expect(Self.hints.suggestion(title: "ａｂｃ案", detail: "", track: track)?.code == "legal")
    #expect(Self.hints.suggestion(title: "路灯", detail: "", track: track) == nil)
    #expect(
      Self.hints.suggestion(title: "路灯", detail: "", track: Track(rawValue: "appeal")!) == nil)
  }

  @Test func aWordStandsUnderOneCode() {
    #expect(throws: WordTableFault.ambiguous("贷款")) {
      _ = try CategoryHints([Track.enterprise: ["finance": ["贷款"], "land": ["贷款"]]])
    }
  }
}
