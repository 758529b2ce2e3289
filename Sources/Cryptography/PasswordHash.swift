import CCrypt

/// A password as it is stored: yescrypt in the modular crypt format, salt and cost included.
package struct PasswordHash: Sendable {
  /// `$y$j9T$…`
  package let text: String

  package init(stored text: String) {
    self.text = text
  }

  /// Hashes a new password; about 50 ms of work, on the caller's thread.
  package static func make(_ password: String) -> PasswordHash {
    var random = randomBytes(32).map { CChar(bitPattern: $0) }
    var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
    precondition(
      crypt_gensalt_rn("$y$", 0, &random, Int32(random.count), &setting, Int32(setting.count))
        != nil)
    // The setting was made a line above, so hashing with it cannot fail.
    return PasswordHash(stored: crypt(password, setting: string(setting))!)
  }

  package func matches(_ password: String) -> Bool {
    guard let computed = PasswordHash.crypt(password, setting: text) else { return false }
    return constantTimeEqual(Array(computed.utf8), Array(text.utf8))
  }

  /// Takes as long as a real check: signing in with an unknown name must not be quicker.
  package static func spendTime(on password: String) {
    _ = crypt(password, setting: "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$")
  }

  private static func crypt(_ password: String, setting: String) -> String? {
    // 32 KiB, so on the heap.
    let data = UnsafeMutablePointer<crypt_data>.allocate(capacity: 1)
    defer { data.deallocate() }
    data.initialize(to: crypt_data())
    guard
      let result = crypt_rn(password, setting, data, Int32(MemoryLayout<crypt_data>.size))
    else { return nil }
    return String(cString: result)
  }

  private static func string(_ characters: [CChar]) -> String {
    characters.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }
}
