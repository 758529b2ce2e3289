import Cryptography
import Testing

@Suite struct CryptographyTests {
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
