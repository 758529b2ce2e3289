import Domain
import Storage

/// Why a use case did nothing. Text comes from the catalogue.
package enum UseCaseError: Error, Sendable {
  /// There is no such thing, or the account may not see it.
  case notFound
  /// No unit, or more than one, is called so.
  case unknownUnit(String)
  /// Nobody has this username.
  case unknownAccount(String)
  /// The account may not do this at all.
  case forbidden
  case refused([Problem.Refusal])
  /// All reasons against what was asked of an order.
  case orderRefused([Order.Refusal])
  /// Others acted meanwhile; the steps say what they did.
  case conflict([ProblemHistory.Step])
  /// There is no procedure for this track any more.
  case unknownTrack(Track)
  case registration(Registration.Faults)
  case credentials(CredentialFault)
  case signInFailed
  /// Too many wrong passwords or codes; nothing is looked at before then.
  case tooManyTries(until: Instant)
  /// The second factor's code, or recovery code, is not right or was used.
  case wrongCode
  /// Why something is not done to an account.
  case accountRefused(AccountRefusal)
  /// A one-time link that was used, has run out or never was.
  case linkNotValid
}
