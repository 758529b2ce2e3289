import Cryptography
import Ledger
import Testing

@Suite struct SignedNoteTests {
  /// The example of the Go package golang.org/x/mod/sumdb/note, whose form C2SP signed-note keeps.
  private static let key =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  private static let note = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

    """

  @Test func thePublishedExample() throws {
    let key = try #require(VerifierKey(Self.key))
    let note = try #require(SignedNote(parsing: Self.note))
    #expect(key.description == Self.key)
    #expect(note.isSigned(by: key))
    #expect(note.serialized == Self.note)
    let changed = try #require(
      SignedNote(parsing: Self.note.replacing("your problem is", with: "my problem is")))
    #expect(!changed.isSigned(by: key))
  }

  @Test(arguments: [
    "", "text\n", "text\n\n", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAA=\n",
    "text\n\n—  AAAAAAA=\n", "text\u{1}\n\n— a AAAAAAA=\n", "text\n\n— a AAAAAAA=",
  ])
  func whatIsNoNote(text: String) {
    #expect(SignedNote(parsing: text) == nil)
  }

  @Test(arguments: [
    "", "a", "a+b", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  ])
  func whatIsNoKey(text: String) {
    #expect(VerifierKey(text) == nil)
  }

  @Test func checkpoints() throws {
    let suite = CipherSuite.national
    let checkpoint = Checkpoint(origin: "lianbang/test", size: 20_852, root: suite.hash([[1]]))
    let ed25519 = try #require(SigningKey(seed: Array(repeating: 7, count: 32)))
    let sm2 = try #require(SM2Key(scalar: Array(repeating: 7, count: 32)))
    let signers: [NoteSigner] = [
      .ed25519(name: "lianbang/test", ed25519), .sm2(name: "lianbang/test", sm2),
    ]
    let note = try #require(SignedNote(parsing: checkpoint.signed(by: signers).serialized))
    #expect(Checkpoint(note.text) == checkpoint)
    for signer in signers {
      let key = try #require(VerifierKey(signer.verifier.description))
      #expect(key == signer.verifier)
      #expect(note.isSigned(by: key))
    }
    let lines = note.text.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "lianbang/test" && lines[1] == "20852")
  }

  @Test(arguments: ["", "a\n1\n", "a\n01\nAAAA\n", "\n1\nAAAA\n", "a\n-1\nAAAA\n"])
  func whatIsNoCheckpoint(text: String) {
    #expect(Checkpoint(text) == nil)
  }
}
