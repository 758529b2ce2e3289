/// What a username and a password must look like.
package enum CredentialFault: String, Error, Sendable, CaseIterable {
  case usernameForm = "username_form"
  case usernameTaken = "username_taken"
  case passwordTooShort = "password_too_short"
  case passwordTooLong = "password_too_long"
  case passwordTooSimple = "password_too_simple"
  /// Too few of small letters, capitals, digits and others.
  case passwordKinds = "password_kinds"
  case passwordsDiffer = "passwords_differ"
  /// The one before, or the one before that.
  case passwordUsed = "password_used"
  /// The old password is not the right one.
  case passwordWrong = "password_wrong"
}

package enum Credentials {
  /// Bytes; longer input would only make hashing slow.
  package static let maximumPassword = 256

  /// 2–32 Chinese characters, Latin letters without accents, digits, `.`, `-` and `_`: two names that
  /// look alike must not be two accounts.
  package static func check(username: String) throws(CredentialFault) {
    let scalars = username.unicodeScalars
    let isWord = { (scalar: UnicodeScalar) in
      scalar.properties.isUnifiedIdeograph
        || (scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil))
    }
    guard scalars.allSatisfy({ isWord($0) || ".-_".unicodeScalars.contains($0) }),
      scalars.contains(where: isWord), (2...32).contains(scalars.count)
    else { throw .usernameForm }
  }

  /// Length first: it is what protects. Of the rest only the worst is refused unless the rules ask for more:
  /// one character repeated, or the username inside.
  package static func check(
    password: String, username: String, _ rules: PasswordRules = PasswordRules()
  ) throws(CredentialFault) {
    guard password.count >= rules.minimumLength else { throw .passwordTooShort }
    guard password.utf8.count <= maximumPassword else { throw .passwordTooLong }
    guard Set(password).count >= 4, !password.lowercased().contains(username.lowercased()) else {
      throw .passwordTooSimple
    }
    guard Set(password.map(kind)).count >= rules.kinds else { throw .passwordKinds }
  }

  /// Small letter, capital, digit or anything else.
  private static func kind(_ character: Character) -> Int {
    guard character.isASCII else { return 3 }
    return character.isLowercase ? 0 : character.isUppercase ? 1 : character.isNumber ? 2 : 3
  }
}
