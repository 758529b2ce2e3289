import Domain
import HTTPTypes
import Hummingbird

extension Request {
  /// What stands in `Authorization` after `Bearer`, in any letters (RFC 6750, 2.1); nil where there is nothing.
  var bearer: String? {
    let (header, scheme) = (headers[.authorization] ?? "", "bearer ")
    guard header.prefix(scheme.count).lowercased() == scheme else { return nil }
    let token = String(header.dropFirst(scheme.count)).trimmed
    return token.isEmpty ? nil : token
  }
}
