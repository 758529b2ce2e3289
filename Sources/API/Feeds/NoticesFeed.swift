import Cryptography
import Domain
import HTTP
import Services
import Storage

/// Published sheets and issued reports of units as an Atom feed (RFC 4287): titles and digests, nobody's name.
struct NoticesFeed {
  let words: MessageWords
  let language: String
  let url: String?
  /// Whose feed it is: the name of its ledger.
  let instance: String

  private static let earliest = Instant(startOf: Day(year: 2026, month: 1, day: 1)!)

  struct Entry {
    /// What it is about, the same for ever.
    var id: String
    var title: String
    var at: Instant
    /// On this site.
    var path: String
    var digest: String
  }

  func document(_ sheets: [PublishedRows.Sheet], _ reports: [PublishedRows.Report]) -> String {
    let entries = (sheets.map(entry) + reports.map(entry)).sorted {
      ($1.at, $1.id) < ($0.at, $0.id)
    }.prefix(ReadPublished.notices)
    return document(Array(entries))
  }

  func document(_ entries: [Entry]) -> String {
    let tag = language == "zh" ? "zh-Hans" : "en"
    var text = XMLText.head + "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(tag)\">"
    text += Self.element("id", uuid("notices"))
    text += Self.element("title", words("feeds.notices", in: language))
    // A feed was changed at some time, also where nothing was published yet.
    text += Self.element("updated", (entries.first?.at ?? Self.earliest).description)
    text += "<author>\(Self.element("name", words("feeds.notices.author", in: language)))</author>"
    text += "<link rel=\"self\" href=\"\(address("/feeds/notices.atom"))\"/>"
    for entry in entries { text += element(entry) }
    return text + "</feed>\n"
  }

  private func element(_ entry: Entry) -> String {
    "<entry>" + Self.element("id", uuid(entry.id)) + Self.element("title", entry.title)
      + Self.element("updated", entry.at.description)
      + Self.element("published", entry.at.description)
      + "<link rel=\"alternate\" type=\"text/html\" href=\"\(address(entry.path))\"/>"
      + "<content type=\"text\">"
      + XMLText.escaped(words("feeds.notices.digest", ["digest": entry.digest], in: language))
      + "</content></entry>"
  }

  private static func element(_ name: String, _ text: String) -> String {
    "<\(name)>\(XMLText.escaped(text))</\(name)>"
  }

  private func address(_ path: String) -> String { XMLText.escaped((url ?? "") + path) }

  private func entry(_ sheet: PublishedRows.Sheet) -> Entry {
    let content = sheet.content
    return Entry(
      id: "sheet/\(sheet.id)",
      title: words(
        "feeds.notices.sheet",
        [
          "month": content.month.description, "edition": String(content.edition),
          "kind": words("sheet.kind.\(content.kind.rawValue)", in: language),
        ], in: language), at: sheet.publishedAt, path: "/sheets/\(sheet.id)",
      digest: sheet.digest)
  }

  private func entry(_ report: PublishedRows.Report) -> Entry {
    Entry(
      id: "report/\(report.id)",
      title: words(
        "feeds.notices.report",
        [
          "unit": report.unit, "period": report.period.description,
          "kind": words("feeds.report.\(report.kind.rawValue)", in: language),
        ], in: language), at: report.issuedAt,
      path:
        "/reports/\(report.kind.rawValue)/\(ReportSubject.unit(report.unitID))/\(report.period)",
      digest: report.digest)
  }

  /// An id that stays, wherever the site moves: a UUID of version 8 (RFC 9562, 5.8) out of what it names.
  private func uuid(_ name: String) -> String {
    var bytes = Array(
      Digest.sha256(Array("lianbang feed \(instance) \(name)".utf8)).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = Array(Hexadecimal.encode(bytes))
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }
    return "urn:uuid:" + parts.joined(separator: "-")
  }
}
