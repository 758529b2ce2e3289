import Domain
import HTTP
import Services
import Storage

/// What is told of services and requests, in the order and under the names of the standard
/// (https://wiki.open311.org/GeoReport_v2).
struct Open311View {
  let platform: Platform
  let words: MessageWords
  let language: Language

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    words(key, arguments, in: language.rawValue)
  }

  // MARK: Services

  /// Each track, for what nobody has judged, and each of its categories.
  var services: Open311Node {
    .list(
      of: "service",
      platform.procedures.all.flatMap { procedure in
        [service(ServiceCode(track: procedure.track, category: nil))]
          + platform.categories.filter { $0.track == procedure.track }.map {
            service(ServiceCode(track: $0.track, category: $0.code))
          }
      })
  }

  private func service(_ code: ServiceCode) -> Open311Node {
    .object([
      ("service_code", .text(code.description)), ("service_name", .text(name(of: code))),
      ("description", .text(description(of: code))), ("metadata", .flag(true)),
      ("type", .text("realtime")), ("keywords", .text(nil)),
      ("group", .text(track(code.track))),
    ])
  }

  private func track(_ track: Track) -> String {
    guard let procedure = platform.procedures[track] else { return track.rawValue }
    return language == .zh ? procedure.zh : procedure.en
  }

  private func category(_ code: ServiceCode) -> String? {
    guard let wanted = code.category else { return nil }
    let found = platform.categories.first { $0.track == code.track && $0.code == wanted }
    return found.map { language == .zh ? $0.zh : $0.en } ?? wanted
  }

  func name(of code: ServiceCode) -> String {
    category(code) ?? text("open311.unsorted", ["track": track(code.track)])
  }

  private func description(of code: ServiceCode) -> String {
    guard let category = category(code) else {
      return text("open311.service.unsorted", ["track": track(code.track)])
    }
    return text("open311.service", ["track": track(code.track), "category": category])
  }

  /// - Parameter needsConcerns: whether the account has to say for whom it asks.
  func definition(_ code: ServiceCode, _ concern: Procedure.Concern, needsConcerns: Bool)
    -> Open311Node
  {
    .object([
      ("service_code", .text(code.description)),
      (
        "attributes",
        .list(
          of: "attribute",
          [
            attribute("concerns", 1, "string", isRequired: needsConcerns, concern.rawValue),
            attribute("title", 2, "string", isRequired: false, "title"),
            attribute("found_on", 3, "datetime", isRequired: false, "found_on"),
          ])
      ),
    ])
  }

  private func attribute(
    _ code: String, _ order: Int64, _ type: String, isRequired: Bool, _ name: String
  ) -> Open311Node {
    .object([
      ("variable", .flag(true)), ("code", .text(code)), ("datatype", .text(type)),
      ("required", .flag(isRequired)),
      (
        "datatype_description",
        .text(text("open311.hint.\(name)", ["n": String(Registration.Field.title.limit)]))
      ), ("order", .number(order)),
      ("description", .text(text("open311.attribute.\(name)"))),
    ])
  }

  // MARK: Requests

  func accepted(_ number: Int64) -> Open311Node {
    .list(
      of: "request",
      [
        .object([
          ("service_request_id", .number(number)),
          ("service_notice", .text(text("open311.notice", ["number": String(number)]))),
          ("account_id", .text(nil)),
        ])
      ])
  }

  /// - Parameter note: what was last said of it.
  func request(_ request: RequestSummary, note: String? = nil) -> Open311Node {
    let notes = [state(of: request), note].compactMap(\.self)
    return .object([
      ("service_request_id", .number(request.number)), ("status", .text(status(of: request))),
      ("status_notes", .text(notes.joined(separator: language == .zh ? "：" : ": "))),
      ("service_name", .text(name(of: request.service))),
      ("service_code", .text(request.service.description)),
      (
        "description",
        .text(request.detail.isEmpty ? request.title : "\(request.title)\n\(request.detail)")
      ),
      ("agency_responsible", .text(request.unitName)), ("service_notice", .text(nil)),
      ("requested_datetime", .text(request.registeredAt.description)),
      ("updated_datetime", .text(request.since.description)),
      ("expected_datetime", .text(request.dueAt?.description)),
      ("address", .text(request.concerns)), ("address_id", .text(nil)), ("zipcode", .text(nil)),
      ("lat", .text(nil)), ("long", .text(nil)), ("media_url", .text(nil)),
    ])
  }

  /// For everybody: no words that somebody wrote, and nobody's name.
  func publicRequest(_ request: RequestSummary) -> Open311Node {
    .object([
      ("service_request_id", .number(request.number)), ("status", .text(status(of: request))),
      ("service_name", .text(name(of: request.service))),
      ("service_code", .text(request.service.description)),
      ("requested_datetime", .text(request.registeredAt.description)),
      ("updated_datetime", .text(request.since.description)),
      ("expected_datetime", .text(request.dueAt?.description)),
    ])
  }

  private func status(of request: RequestSummary) -> String {
    request.state.isEnded ? "closed" : "open"
  }

  private func state(of request: RequestSummary) -> String {
    let state = text("state.\(request.state.rawValue)")
    guard request.state == .closed, let outcome = request.outcome else { return state }
    return state + " · " + text("outcome.\(outcome.rawValue)")
  }

  // MARK: Errors

  func errors(_ status: Int, _ descriptions: [String]) -> Open311Node {
    .list(
      of: "error",
      descriptions.map {
        .object([("code", .number(Int64(status))), ("description", .text($0))])
      })
  }

  /// What is wrong with a registration, as its page says it.
  func descriptions(_ faults: Registration.Faults) -> [String] {
    faults.faults.map { fault in
      text(
        "fault.\(fault.code.rawValue)",
        ["field": text("field.\(fault.field.rawValue)"), "n": String(fault.field.limit)])
    }
  }
}
