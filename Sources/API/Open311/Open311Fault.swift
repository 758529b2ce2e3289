import HTTPTypes

/// Why a request of Open311 is not answered as asked.
struct Open311Fault: Error {
  /// By the name of its text.
  enum Code: String, CaseIterable {
    /// No key, or none that is good.
    case key
    /// The key does not reach so far.
    case scope
    case serviceMissing = "service_missing"
    case serviceUnknown = "service_unknown"
    case descriptionMissing = "description_missing"
    case position, date, span, status, ids, page
    case requestKey = "request_key"
    case query, form, busy
    case internalError = "internal"
    case notAForm = "not_a_form"
    case tooLarge = "too_large"
    case tooSlow = "too_slow"
    case tooMany = "too_many"
    case notFound = "not_found"

    /// The standard knows 400, 403 and 404; the others are what HTTP has for them.
    var status: HTTPResponse.Status {
      switch self {
      case .key, .scope: .forbidden
      case .serviceUnknown, .notFound: .notFound
      case .tooLarge: .contentTooLarge
      case .tooSlow: .requestTimeout
      case .tooMany: .tooManyRequests
      case .busy: .serviceUnavailable
      case .internalError: .internalServerError
      default: .badRequest
      }
    }
  }

  let code: Code

  init(_ code: Code) { self.code = code }
}
