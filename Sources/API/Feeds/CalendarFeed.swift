import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Services
import Storage

/// `/feeds/calendar/TOKEN.ics`: deadlines and visits for a calendar program, which knows nothing but an address.
package struct CalendarFeed: RouteSet {
  let platform: Platform
  let words: MessageWords
  /// Where browsers reach the platform, for the addresses of problems; nil where nobody said.
  let url: String?

  package init(_ platform: Platform, _ words: MessageWords, url: String? = nil) {
    (self.platform, self.words, self.url) = (platform, words, url)
  }

  package func addRoutes(to router: Router<AppContext>) {
    router.get("/feeds/calendar/:file") { request, context in
      await FeedAnswer.guarded(context) { try await calendar(request, context) }
    }
  }

  private func calendar(_ request: Request, _ context: AppContext) async throws -> Response {
    let file = context.parameters.get("file") ?? ""
    guard file.hasSuffix(".ics") else { throw UseCaseError.notFound }
    let read = try await ReadCalendar(platform)(SecretToken(text: String(file.dropLast(4))))
    let language = SessionMiddleware.preferred(request.headers[.acceptLanguage])
    return FeedAnswer.response(
      document(read, language.rawValue), type: "text/calendar; charset=utf-8",
      isPublic: false, request)
  }

  private func document(_ read: ReadCalendar.Calendar, _ language: String) -> String {
    var calendar = ICalendar(name: words("feeds.calendar.name", in: language))
    for line in read.deadlines { calendar.add(event(line, language)) }
    for visit in read.visits { calendar.add(event(visit, read.isVisited, language)) }
    return calendar.document
  }

  private func event(_ line: DeadlineRows.Line, _ language: String) -> ICalendar.Event {
    let task = words("task.\(line.kind.rawValue)", in: language)
    return ICalendar.Event(
      uid: "\(line.problem.value)-\(line.kind.rawValue)-\(line.leg)@lianbang",
      stamp: line.since, sequence: line.version, time: ICalendar.Time(due: line.due),
      summary: words(
        "feeds.calendar.deadline",
        ["task": task, "number": String(line.number), "title": line.title], in: language),
      url: url.map { "\($0)/problems/\(line.problem.value)" })
  }

  /// Neither purpose nor who comes along: a calendar is often shown to others.
  private func event(
    _ shown: ShownVisit, _ isVisited: Bool, _ language: String
  ) -> ICalendar.Event {
    let visit = shown.visit
    let kind = words("visit.kind.\(visit.kind.rawValue)", in: language)
    let part = words("visit.part.\(visit.date.part?.rawValue ?? "any")", in: language)
    let whom = isVisited ? shown.unitPath ?? "" : shown.enterprise
    return ICalendar.Event(
      uid: "visit-\(shown.id.value)@lianbang", stamp: Identifiers.instant(of: shown.id.value),
      sequence: visit.moves, time: .day(visit.date.day),
      summary: words(
        "feeds.calendar.visit", ["kind": kind, "part": part, "whom": whom], in: language),
      url: url.map { isVisited ? "\($0)/my/visits" : "\($0)/visits/\(shown.id.value)" })
  }
}
