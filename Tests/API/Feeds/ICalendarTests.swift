import Domain
import Testing

@testable import API

@Suite struct ICalendarTests {
  /// RFC 5545, 3.3.11: the example of a text value, and what else is escaped.
  @Test(arguments: [
    (
      "Project XYZ Final Review\nConference Room - 3B\nCome Prepared.",
      "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared."
    ),
    ("a;b,c\\d", "a\\;b\\,c\\\\d"), ("一\r\n二", "一\\n二"), ("\u{1}\u{7F}x:y", "x:y"),
  ])
  func textsAreEscaped(text: String, escaped: String) {
    #expect(ICalendar.escaped(text) == escaped)
  }

  /// RFC 5545, 3.1: "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break", and what
  /// unfolding gives back.
  @Test(arguments: [
    "DESCRIPTION:This is a long description that exists on a long line.",
    "SUMMARY:" + String(repeating: "办理河湾村路灯", count: 30),
    "SUMMARY:" + String(repeating: "a", count: 67), "SUMMARY:" + String(repeating: "a", count: 68),
    "SUMMARY:" + String(repeating: "👨‍👩‍👧‍👦é", count: 20),
    "SUMMARY:" + String(repeating: "a", count: 66) + "村",
  ])
  func linesAreFolded(line: String) throws {
    let folded = ICalendar.folded(line)
    let lines = folded.utf8.split(separator: UInt8(ascii: "\n"))
    for line in lines {
      #expect(line.last == UInt8(ascii: "\r") && line.dropLast().count <= 75)
      // No character is torn apart.
      #expect(String(validating: line, as: UTF8.self) != nil)
    }
    #expect(lines.dropFirst().allSatisfy { $0.first == UInt8(ascii: " ") })
    // Bytes: to Swift a blank and what joins on to it are one character.
    let unfolded = lines.enumerated().flatMap {
      $0 == 0 ? $1.dropLast() : $1.dropFirst().dropLast()
    }
    #expect(unfolded == Array(line.utf8))
    #expect((lines.count == 1) == (line.utf8.count <= 75))
  }

  @Test func aCalendarWithTwoEvents() throws {
    var calendar = ICalendar(name: "我的期限")
    let stamp = try #require(Instant(text: "2026-11-20T09:00:00+08:00"))
    // Due at the end of the 27th.
    let whole = ICalendar.Time(due: Instant(startOf: Day("2026-11-28")!))
    calendar.add(
      .init(
        uid: "17-handle-1@lianbang", stamp: stamp, sequence: 4, time: whole, summary: "办理，路灯",
        url: "https://x.example/problems/17"))
    let timed = ICalendar.Time(due: try #require(Instant(text: "2026-11-27T16:30:00+08:00")))
    calendar.add(
      .init(uid: "18-judge-0@lianbang", stamp: stamp, sequence: 1, time: timed, summary: "研判"))
    let lines = calendar.document.components("\r\n")
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.suffix(2) == ["END:VCALENDAR", ""])
    let events = lines.drop { $0 != "BEGIN:VEVENT" }.dropLast(2)
    #expect(
      Array(events) == [
        "BEGIN:VEVENT", "UID:17-handle-1@lianbang", "DTSTAMP:20261120T010000Z", "SEQUENCE:4",
        "DTSTART;VALUE=DATE:20261127", "DTEND;VALUE=DATE:20261128", "SUMMARY:办理，路灯",
        "URL:https://x.example/problems/17", "TRANSP:TRANSPARENT", "END:VEVENT", "BEGIN:VEVENT",
        "UID:18-judge-0@lianbang", "DTSTAMP:20261120T010000Z", "SEQUENCE:1",
        "DTSTART;TZID=Asia/Shanghai:20261127T163000", "SUMMARY:研判", "TRANSP:TRANSPARENT",
        "END:VEVENT",
      ])
    // Required of a calendar, and of a zone that times name.
    for line in ["VERSION:2.0", "PRODID:-//Lianbang//Calendar//ZH", "TZID:Asia/Shanghai"] {
      #expect(lines.contains(line))
    }
  }
}

extension String {
  /// Without Swift's taking a carriage return and a line feed for one character.
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
