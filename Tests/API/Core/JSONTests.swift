import API
import Foundation
import NIOCore
import Testing

/// Reading and writing JSON (RFC 8259).
@Suite struct JSONTests {
  @Test(
    arguments: [
      ("null", JSON.null), (" [1, -2.5e1 ,true]\n", [1, -25, true]), (#""a\u00e9\n\/""#, "aé\n/"),
      (#""\ud83d\ude00""#, "😀"), ("9223372036854775807", JSON.int(Int64.max)),
      ("9223372036854775808", JSON.number(9_223_372_036_854_775_808)),
      (#"{"a":{"b":[]},"c":""}"#, ["a": ["b": []], "c": ""]),
    ] as [(String, JSON)])
  func reads(text: String, value: JSON) throws {
    let read = try JSON(reading: Array(text.utf8))
    // -2.5e1 is an integer written as another number.
    if case .array(let items) = read, items.count == 3 {
      #expect(items.map(\.int) == [1, -25, nil] && items[2].bool == true)
    } else {
      #expect(read == value)
    }
  }

  /// What is refused, why, and after how many bytes.
  @Test(arguments: [
    ("", "syntax", 0), ("{", "syntax", 1), ("[1,]", "syntax", 3), ("01", "syntax", 0),
    ("+1", "syntax", 0), ("1.", "syntax", 2), (".5", "syntax", 0), ("'a'", "syntax", 0),
    ("{a:1}", "syntax", 1), ("[1] 2", "syntax", 4), ("nul", "syntax", 0), ("\"\t\"", "syntax", 1),
    (#"{"a":1,"a":2}"#, "double_name", 7), (#""\u0000""#, "nul", 1), (#""\ud800x""#, "encoding", 1),
    ("1e999", "number_range", 0), ("NaN", "syntax", 0),
  ])
  func refuses(text: String, code: String, offset: Int) {
    let fault = #expect(throws: JSON.Fault.self) { try JSON(reading: Array(text.utf8)) }
    #expect(fault?.code.rawValue == code && fault?.offset == offset)
  }

  @Test func refusesDepthAndBrokenText() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSON.Fault.self) { try JSON(reading: Array(deep.utf8)) }
    let levels = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(throws: Never.self) { try JSON(reading: Array(levels.utf8)) }
    // A byte that is none of UTF-8's, half of U+1F600, and an overlong slash.
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xF0, 0x9F, 0x22], [0x22, 0xC0, 0xAF, 0x22],
    ] {
      #expect(throws: JSON.Fault.self) { try JSON(reading: bytes) }
    }
  }

  /// Foundation reads what is written here as what was meant.
  @Test func writes() throws {
    let text = "\u{1}\u{1f} \"\\/ 张三 😀 \u{7f}\u{2028}"
    let value: JSON = ["a": [1, nil, false, .text(text)], "b": ["c": .number(1.5)], "": []]
    let read = try JSONSerialization.jsonObject(with: Data(value.written.utf8))
    let object = try #require(read as? [String: Any])
    #expect((object["a"] as? [Any])?[3] as? String == text)
    #expect((object["b"] as? [String: Double]) == ["c": 1.5])
    #expect(try JSON(reading: Array(value.written.utf8)) == value)
  }
}
