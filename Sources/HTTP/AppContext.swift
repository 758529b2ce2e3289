import Cryptography
import Domain
import Hummingbird
import NIOCore
import Services

/// What a request carries with it besides itself.
package struct AppContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The browser's session cookie; every visitor has one, signed in or not.
  package var session = SecretToken(text: "")
  /// Who works here: only where everything that signing in demands was given.
  package var account: Account?
  /// The session of whoever gave a right password, whatever else is wanted of them.
  package var held: SignIn.Session?
  /// From where the request comes.
  package var arrival = Arrival()
  /// The other end of the connection: the browser, or a proxy before it.
  let peer: SocketAddress?
  package var language = Language.zh
  /// Notices the account has not read; nil where nobody counted.
  package var unread: Int?

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress
  }

  /// - Throws: `RequestError.notSignedIn`
  package func signedIn() throws -> Account {
    guard let account else { throw RequestError.notSignedIn }
    return account
  }

  /// - Throws: `RequestError.notSignedIn`
  package func heldSession() throws -> SignIn.Session {
    guard let held else { throw RequestError.notSignedIn }
    return held
  }

  /// A 64-bit id from the address.
  /// - Throws: `RequestError.notFound`: what is no number names nothing.
  package func id(_ name: String = "id") throws -> Int64 {
    guard let text = parameters.get(name), let id = Int64(text) else { throw RequestError.notFound }
    return id
  }
}

package enum Language: String, Sendable, CaseIterable {
  case zh, en

  /// The `lang` attribute of a page.
  package var tag: String { self == .zh ? "zh-Hans" : "en" }
}

/// What is wrong with a request, whatever it is about.
package enum RequestError: Error, Sendable, Equatable {
  case notFound
  case notSignedIn
  /// The form's token is not this session's.
  case wrongFormToken
  case bodyTooLarge
  /// Not `application/x-www-form-urlencoded`.
  case notAForm
  /// A form that cannot be decoded, or with a NUL character.
  case badForm
  /// A body that does not come to its end.
  case tooSlow
  /// A query that cannot be decoded, or asks for what does not exist.
  case badQuery
}
