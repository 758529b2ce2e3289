/// The id of a kind of thing: 64-bit, time-ordered, made by the application. As text in the ledger: a
/// 64-bit number does not survive readers that know only doubles.
package protocol NumberedID: Hashable, Sendable, TextCodable {
  var value: Int64 { get }
  init(_ value: Int64)
}

extension NumberedID {
  package init?(_ text: String) {
    guard let value = Int64(text) else { return nil }
    self.init(value)
  }

  package var description: String { String(value) }
}

package struct ProblemID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// A common-cause batch 批处理.
package struct BatchID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

package struct UnitID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

package struct OfficialID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

package struct EnterpriseID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

package struct PairingPlanID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

package struct AccountID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Somebody with personal data of their own: an account's owner, an official or a contact.
package struct PersonID: NumberedID {
  package let value: Int64
  package init(_ value: Int64) { self.value = value }
}

/// Who did something: an account, or the platform itself.
package enum Actor: Hashable, Sendable, CustomStringConvertible {
  case account(AccountID)
  case system

  package init?(_ text: String) {
    if text == "system" {
      self = .system
    } else if text.hasPrefix("account/"), let id = Int64(text.dropFirst(8)) {
      self = .account(AccountID(id))
      // `account/007` is not how the ledger writes it: two texts must not read as one actor.
      guard description == text else { return nil }
    } else {
      return nil
    }
  }

  /// The form the ledger keeps: `account/1234` or `system`.
  package var description: String {
    switch self {
    case .account(let id): "account/\(id.value)"
    case .system: "system"
    }
  }
}

extension String {
  /// On one line and with nothing that cannot be seen: control and formatting characters, such as
  /// line breaks, zero-width spaces and marks that turn the direction of writing, become spaces.
  package var singleLine: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: result.append(" ")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Without white space at both ends; the ideographic space counts.
  package var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
