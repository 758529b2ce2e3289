import Domain
import HTTP
import Hummingbird
import Services
import Storage

/// What a list of requests is asked for: the standard's parameters, and `page_size` and `after`, which it lacks.
struct Open311Query {
  let filter: RequestFilter
  let size: Int
  let after: ProblemCursor?

  /// The standard answers with up to so many, and says nothing of the others.
  static let largest = 1000
  /// Numbers asked for at once.
  static let mostNumbers = 200
  /// Seconds that a span may have: 90 days.
  static let longest: Int64 = 90 * 86_400

  /// - Throws: `Open311Fault`
  init(_ request: Request, platform: Platform) throws(Open311Fault) {
    guard request.isQueryReadable else { throw Open311Fault(.query) }
    let (asked, last) = (request.query("page_size"), request.query("after"))
    let size = asked.isEmpty ? Open311Query.largest : Int(asked)
    guard let size, (1...Open311Query.largest).contains(size) else { throw Open311Fault(.page) }
    self.size = size
    after = last.isEmpty ? nil : ProblemCursor(last)
    guard last.isEmpty || after?.key != nil else { throw Open311Fault(.page) }
    let numbers = Open311Query.list(request.query("service_request_id"))
    // Overrides all other arguments.
    if !numbers.isEmpty {
      guard numbers.count <= Open311Query.mostNumbers else { throw Open311Fault(.ids) }
      // What is no number is no request of ours, like any other that there is none of.
      filter = .numbers(numbers.compactMap { Int64($0) })
      return
    }
    let (from, to) = try Open311Query.span(
      request.query("start_date"), request.query("end_date"), now: platform.now())
    filter = .span(
      from: from, to: to, services: try Open311Query.services(request.query("service_code")),
      ended: try Open311Query.ended(request.query("status")))
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// With one end the span has its full length from there; with none it ends now.
  private static func span(
    _ start: String, _ end: String, now: Instant
  ) throws(Open311Fault) -> (Instant, Instant) {
    let (from, to) = (Instant(text: start.trimmed), Instant(text: end.trimmed))
    guard start.isEmpty || from != nil, end.isEmpty || to != nil else {
      throw Open311Fault(.date)
    }
    let last = to ?? from.map { $0 + longest } ?? now
    let first = from ?? last + -longest
    guard first <= last, last - first <= longest else { throw Open311Fault(.span) }
    return (first, last)
  }

  private static func services(_ text: String) throws(Open311Fault) -> [ServiceCode] {
    var services: [ServiceCode] = []
    for code in list(text) {
      // A category that was taken away may still have problems.
      guard let service = ServiceCode(code) else { throw Open311Fault(.serviceUnknown) }
      services.append(service)
    }
    guard services.count <= mostNumbers else { throw Open311Fault(.ids) }
    return services
  }

  private static func ended(_ text: String) throws(Open311Fault) -> Bool? {
    let asked = Set(list(text))
    guard asked.isSubset(of: ["open", "closed"]) else { throw Open311Fault(.status) }
    return asked.count == 1 ? asked.contains("closed") : nil
  }
}
