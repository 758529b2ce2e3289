import Cryptography
import Domain
import Storage

/// From where somebody comes to sign in.
package struct Arrival: Sendable {
  package let address: String?
  /// Not worked out for every page that is opened: only signing in notes it.
  package var device: Device { known ?? Device(userAgent: userAgent) }
  private let known: Device?
  private let userAgent: String
  /// What the browser got when somebody signed in with it before.
  package let mark: String?

  package init(address: String? = nil, device: Device = .unknown, mark: String? = nil) {
    self.address = address
    self.mark = mark
    (known, userAgent) = (device, "")
  }

  /// - Parameter userAgent: the header of that name.
  package init(address: String?, userAgent: String, mark: String?) {
    self.address = address
    self.mark = mark
    (known, self.userAgent) = (nil, userAgent)
  }

  /// For the ledger, where it is sealed.
  var origin: String { "\(address ?? "–") \(device.text)" }
}

/// Marks of devices: whoever signed in from one before is not made to wait there for what strangers do to
/// their name elsewhere.
package struct DeviceMark: Sendable {
  let vault: Vault

  package init(_ platform: Platform) { vault = platform.vault }

  /// A new mark for a browser in which the account's owner has signed in.
  package func make(for account: AccountID) throws -> String {
    let nonce = SecretToken.random().text
    return "\(nonce).\(try code(nonce, account))"
  }

  /// Whether a mark was made for this account.
  package func fits(_ mark: String, _ account: AccountID) throws -> Bool {
    let parts = mark.prefix(256).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    return constantTimeEqual(
      Array(parts[1].utf8), Array(try code(String(parts[0]), account).utf8))
  }

  private func code(_ nonce: String, _ account: AccountID) throws -> String {
    Base64.encodeURL(try vault.keyedHash("\(account.value)\0\(nonce)", .device))
  }
}
