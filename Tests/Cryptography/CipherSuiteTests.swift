import Testing

@testable import Cryptography

/// Examples of the standards themselves.
@Suite struct CipherSuiteTests {
  /// FIPS 180-4; GB/T 32905-2016 annex A.
  @Test(arguments: [
    (
      CipherSuite.international, "", 1,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    ),
    (.international, "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .international, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (.national, "abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (.national, "abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
  ])
  func hashes(suite: CipherSuite, text: String, times: Int, hex: String) {
    let bytes = Array(String(repeating: text, count: times).utf8)
    #expect(suite.hash([bytes]).hex == hex)
    #expect(suite.hash([Array(bytes.prefix(1)), Array(bytes.dropFirst(1))]).hex == hex)
    if let first = bytes.first {
      let rest = Array(bytes.dropFirst())
      let hasher = Hasher(suite)
      for _ in 0..<2 {
        #expect(rest.withUnsafeBytes { hasher.hash(prefix: first, $0) }.hex == hex)
      }
    }
  }

  /// RFC 4231 test case 2.
  @Test func authenticationCodes() {
    let code = CipherSuite.international.authenticationCode(
      Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(code.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  /// HMAC by its definition (RFC 2104), on the hash tested above.
  @Test(arguments: CipherSuite.allCases)
  func authenticationCodesByDefinition(suite: CipherSuite) {
    let key: [UInt8] = Array(1...20)
    let text = Array("水泵".utf8)
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    let inner = suite.hash([padded.map { $0 ^ 0x36 }, text]).bytes
    let outer = suite.hash([padded.map { $0 ^ 0x5c }, inner])
    #expect(suite.authenticationCode(text, key: key) == outer)
  }

  /// Test case 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega), AES-256; its
  /// associated data are no text, so case 15's way is taken: opened with nothing beside it.
  @Test func aesGCM() throws {
    let key = try #require(
      Hexadecimal.decode("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
    let box = try #require(
      Hexadecimal.decode(
        "cafebabefacedbaddecaf888"
          + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
          + "b094dac5d93471bdec1a502270e3cc6c"))
    let text = try SealingKey(key, .international)!.open(box, purpose: "")
    #expect(
      Hexadecimal.encode(text)
        == "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255")
  }

  @Test(arguments: CipherSuite.allCases, ["", "13800000000", String(repeating: "水", count: 500)])
  func sealing(suite: CipherSuite, text: String) throws {
    let key = SealingKey.random(suite)
    let box = key.seal(Array(text.utf8), purpose: "7/phone")
    #expect(try key.open(box, purpose: "7/phone") == Array(text.utf8))
    #expect(key.seal(Array(text.utf8), purpose: "7/phone") != box)
    func isRefused(_ key: SealingKey, _ box: [UInt8], _ purpose: String) -> Bool {
      (try? key.open(box, purpose: purpose)) == nil
    }
    #expect(isRefused(key, box, "8/phone"))
    #expect(isRefused(.random(suite), box, "7/phone"))
    #expect(isRefused(key, Array(box.dropLast()), "7/phone"))
    #expect(isRefused(key, [], "7/phone"))
    for index in box.indices {
      var changed = box
      changed[index] ^= 1
      if !isRefused(key, changed, "7/phone") { Issue.record("byte \(index) may be changed") }
    }
  }

  /// GB/T 32907-2016 annex A.1: SM4 of one block under itself. In counter mode the first block is
  /// encrypted and added to the text, so that a text of zeros shows it.
  @Test func sm4() throws {
    let block = try #require(Hexadecimal.decode("0123456789abcdeffedcba9876543210"))
    #expect(
      Hexadecimal.encode(sm4CounterMode(Array(repeating: 0, count: 16), key: block, nonce: block))
        == "681edf34d206965e86b3e94f536e4246")
  }

  /// RFC 8032 section 7.1, tests 1 and 3.
  @Test(arguments: [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ])
  func ed25519(seed: String, message: String, publicKey: String, signature: String) throws {
    let bytes = try #require(Hexadecimal.decode(seed))
    let key = try #require(SigningKey(seed: bytes))
    let text = try #require(Hexadecimal.decode(message))
    #expect(Hexadecimal.encode(key.publicKey.bytes) == publicKey)
    #expect(Hexadecimal.encode(key.sign(text)) == signature)
    #expect(key.publicKey.verifies(key.sign(text), of: text))
    #expect(!key.publicKey.verifies(key.sign(text), of: text + [0]))
    #expect(!key.publicKey.verifies([], of: text))
  }

  /// GB/T 32918.5-2017 annex A.2, on the recommended curve with the default identity.
  @Test func sm2() throws {
    let scalar = try #require(
      Hexadecimal.decode("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"))
    let key = try #require(SM2Key(scalar: scalar))
    #expect(
      Hexadecimal.encode(key.publicKey.bytes)
        == "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
    let signature = try #require(
      Hexadecimal.decode(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
          + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"))
    let text = Array("message digest".utf8)
    #expect(key.publicKey.verifies(signature, of: text))
    #expect(!key.publicKey.verifies(signature, of: text + [0]))
    #expect(key.publicKey.verifies(key.sign(text), of: text))
    #expect(!key.publicKey.verifies([], of: text))
    #expect(SM2Key(scalar: [UInt8](repeating: 0, count: 32)) == nil)
    #expect(SM2Key(scalar: [UInt8](repeating: 255, count: 32)) == nil)
  }

  /// RFC 4648 section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
  ])
  func base64(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
  }

  @Test(arguments: ["Zg=", "Zh==", "Zm9v\n", "Zm 9v", "?m9v", "Zg==Zg=="])
  func whatIsNoBase64(text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
