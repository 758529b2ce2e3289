import Cryptography
import Testing

@Suite struct CryptographyTests {
  /// FIPS 180-4 examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256(text: String, hex: String) {
    #expect(Digest.sha256(Array(text.utf8)).hex == hex)
    #expect(Digest.sha256(Array(text.utf8.prefix(1)), Array(text.utf8.dropFirst(1))).hex == hex)
  }

  @Test func passwords() {
    let hash = PasswordHash.make("correct horse")
    #expect(hash.text.hasPrefix("$y$"))
    #expect(hash.matches("correct horse"))
    #expect(!hash.matches("correct horsf"))
    #expect(PasswordHash.make("correct horse").text != hash.text)
    #expect(!PasswordHash(stored: "").matches(""))
  }

  @Test func tokens() {
    let token = SecretToken.random()
    #expect(token.text.count == 43)
    #expect(SecretToken.random().text != token.text)
    #expect(SecretToken(text: token.text).hash == token.hash)
    #expect(token.formToken != token.text)
  }

  @Test func comparing() {
    #expect(constantTimeEqual([1, 2], [1, 2]))
    #expect(!constantTimeEqual([1, 2], [1, 3]))
    #expect(!constantTimeEqual([1], [1, 2]))
    #expect(constantTimeEqual([], []))
  }
}
