import COutgoing

/// Why there is no answer.
package enum OutgoingFault: Error, Hashable, Sendable {
  /// The address, a header or a mail address cannot be used.
  case badAddress
  /// The name leads to an address inside, which the operator has not allowed.
  case privateAddress
  case unresolved
  case unreachable
  case timedOut
  /// No safe line: a certificate that is not to be trusted, or no encryption at all.
  case tls
  case tooLarge
  /// The other side broke off or did not keep to the protocol. A mail server that says no: `smtp` and its number.
  case broken(String)
  /// A mail server does not take mails from the address that the operator has named, with its number.
  case sender(Int)
  /// Cancelled, or the platform is being stopped.
  case stopped

  /// Stable, for tables and texts.
  package var code: String {
    switch self {
    case .badAddress: "bad_address"
    case .privateAddress: "private_address"
    case .unresolved: "unresolved"
    case .unreachable: "unreachable"
    case .timedOut: "timed_out"
    case .tls: "tls"
    case .tooLarge: "too_large"
    case .broken: "broken"
    case .sender: "sender"
    case .stopped: "stopped"
    }
  }

  /// - Parameter reply: the last number a mail server said; 0 for others.
  init(_ result: CURLcode, reply: Int) {
    switch result {
    case CURLE_URL_MALFORMAT: self = .badAddress
    case CURLE_COULDNT_RESOLVE_HOST: self = .unresolved
    case CURLE_COULDNT_CONNECT: self = .unreachable
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM:
      self = .tls
    case _ where reply >= 400: self = .broken("smtp \(reply)")
    default: self = .broken(String(cString: curl_easy_strerror(result)))
    }
  }
}
