import Language
import Testing

@Suite struct TextFoldingTests {
  @Test(arguments: [
    ("", ""), ("许昌市", "许昌市"), ("ＡＢＣ　１２３", "abc123"), ("许 昌\t市\u{200B}\u{FEFF}\u{A0}", "许昌市"),
    ("河南（集团）【甲】[乙]「丙」《丁》<戊>『己』｛庚｝", "河南(集团)(甲)(乙)(丙)(丁)(戊)(己)(庚)"),
    ("ÉCOLE Ⱥ", "écoleⱥ"), ("許昌", "許昌"), ("𠮷野家😀", "𠮷野家😀"), ("－＆·、", "-&·、"), ("㐀龥", "㐀龥"),
  ])
  func folded(text: String, form: String) {
    #expect(Array(TextFolding.fold(text).utf8) == Array(form.utf8))
  }

  @Test func everyScalarFoldsToSomethingThatStays() {
    for value in 0...UInt32(0x2FFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = TextFolding.fold(String(scalar))
      if Array(TextFolding.fold(once).utf8) != Array(once.utf8) {
        Issue.record("U+\(String(value, radix: 16))")
      }
    }
  }
}
