import Domain

/// A calendar as RFC 5545 writes it.
struct ICalendar {
  private var text = ""

  /// - Parameter name: what programs call it.
  init(name: String) {
    add("BEGIN", "VCALENDAR")
    add("VERSION", "2.0")
    add("PRODID", "-//Lianbang//Calendar//ZH")
    add("CALSCALE", "GREGORIAN")
    add("NAME", Self.escaped(name))
    add("X-WR-CALNAME", Self.escaped(name))
    add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
    // A calendar has one component at least, also where nothing is due. China has had no summer time since 1991.
    for line in [
      ("BEGIN", "VTIMEZONE"), ("TZID", Self.zone), ("BEGIN", "STANDARD"),
      ("DTSTART", "19910915T000000"), ("TZOFFSETFROM", "+0800"), ("TZOFFSETTO", "+0800"),
      ("TZNAME", "CST"), ("END", "STANDARD"), ("END", "VTIMEZONE"),
    ] {
      add(line.0, line.1)
    }
  }

  private static let zone = "Asia/Shanghai"

  /// When something is.
  enum Time {
    case day(Day)
    case instant(Instant)

    /// A due instant; that of a due day is the day's end.
    init(due: Instant) {
      self = due.secondOfDay == 0 ? .day(due.day + -1) : .instant(due)
    }
  }

  struct Event {
    /// The same as long as it is about the same thing.
    var uid: String
    /// When it was last changed.
    var stamp: Instant
    var sequence: Int
    var time: Time
    var summary: String
    var description = ""
    var url: String?
    /// Whether whoever has it is busy then.
    var isBusy = false
  }

  mutating func add(_ event: Event) {
    add("BEGIN", "VEVENT")
    add("UID", event.uid)
    add("DTSTAMP", Self.universal(event.stamp))
    add("SEQUENCE", String(event.sequence))
    switch event.time {
    case .day(let day):
      add("DTSTART;VALUE=DATE", Self.date(day))
      add("DTEND;VALUE=DATE", Self.date(day + 1))
    case .instant(let instant): add("DTSTART;TZID=\(Self.zone)", Self.local(instant))
    }
    add("SUMMARY", Self.escaped(event.summary))
    if !event.description.isEmpty { add("DESCRIPTION", Self.escaped(event.description)) }
    // A URI is no text and is not escaped.
    if let url = event.url { add("URL", url) }
    add("TRANSP", event.isBusy ? "OPAQUE" : "TRANSPARENT")
    add("END", "VEVENT")
  }

  var document: String { text + Self.folded("END:VCALENDAR") }

  private mutating func add(_ name: String, _ value: String) {
    text += Self.folded("\(name):\(value)")
  }

  // MARK: Text

  /// Octets of a line, without its end (RFC 5545, 3.1).
  static let longestLine = 75

  /// A line with its end; what is too long goes on after a blank, never within a character.
  static func folded(_ line: String) -> String {
    var (result, length) = ("", 0)
    for scalar in line.unicodeScalars {
      let octets = String(scalar).utf8.count
      if length + octets > longestLine {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(scalar)
      length += octets
    }
    return result + "\r\n"
  }

  /// RFC 5545, 3.3.11. Other control characters may not be in a text.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case ";": result += "\\;"
      case ",": result += "\\,"
      case "\n": result += "\\n"
      case "\t": result += "\t"
      case "\0"..<" ", "\u{7F}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: Times

  /// `20261121`
  private static func date(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  /// `20261121T160500`
  private static func local(_ instant: Instant) -> String {
    String(instant.description.dropLast(6)).filter { !"-:".contains($0) }
  }

  /// `20261121T080500Z`
  private static func universal(_ instant: Instant) -> String {
    String(instant.universalDescription.dropLast(5)).filter { !"-:".contains($0) } + "Z"
  }
}
