import CCrypto

/// An SM2 key (GB/T 32918.2) that signs SM3 digests under the standard's default identity.
package struct SM2Key: Sendable {
  private let scalar: [UInt8]
  package let publicKey: PublicKey

  /// - Parameter scalar: 32 bytes, big-endian.
  /// - Returns: nil where it is not between 1 and n − 2, n being the curve's order.
  package init?(scalar: [UInt8]) {
    guard scalar.count == 32, let group = EC_GROUP_new_by_curve_name(NID_sm2) else { return nil }
    defer { EC_GROUP_free(group) }
    let number = BN_bin2bn(scalar, 32, nil)
    let limit = BN_dup(EC_GROUP_get0_order(group))
    let point = EC_POINT_new(group)
    defer {
      BN_clear_free(number)
      BN_free(limit)
      EC_POINT_free(point)
    }
    BN_sub_word(limit, 1)
    guard BN_is_zero(number) == 0, BN_cmp(number, limit) < 0,
      EC_POINT_mul(group, point, number, nil, nil, nil) == 1
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: 65)
    precondition(
      EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &bytes, 65, nil) == 65)
    self.scalar = scalar
    publicKey = PublicKey(bytes)!
  }

  /// r and s, 64 bytes.
  package func sign(_ text: [UInt8]) -> [UInt8] {
    let key = Self.key(publicKey.bytes, scalar: scalar)
    defer { EVP_PKEY_free(key) }
    return Self.withContext { context in
      var count = 0
      precondition(EVP_DigestSignInit(context, nil, CipherSuite.national.hashMethod, nil, key) == 1)
      precondition(Self.identify(context))
      precondition(EVP_DigestSign(context, nil, &count, text, text.count) == 1)
      var der = [UInt8](repeating: 0, count: count)
      precondition(EVP_DigestSign(context, &der, &count, text, text.count) == 1)
      return Self.plain(Array(der.prefix(count)))
    }
  }

  package struct PublicKey: Hashable, Sendable {
    /// The uncompressed point: 65 bytes.
    package let bytes: [UInt8]

    package init?(_ bytes: [UInt8]) {
      guard bytes.count == 65, bytes[0] == 4 else { return nil }
      self.bytes = bytes
    }

    package func verifies(_ signature: [UInt8], of text: [UInt8]) -> Bool {
      guard signature.count == 64, let key = SM2Key.key(bytes, scalar: nil) else { return false }
      defer { EVP_PKEY_free(key) }
      let der = SM2Key.der(signature)
      return SM2Key.withContext { context in
        EVP_DigestVerifyInit(context, nil, CipherSuite.national.hashMethod, nil, key) == 1
          && SM2Key.identify(context)
          && EVP_DigestVerify(context, der, der.count, text, text.count) == 1
      }
    }
  }

  /// GB/T 35276: the identity where none was agreed on.
  private static let identity = Array("1234567812345678".utf8)

  private static func withContext<T>(_ body: (OpaquePointer) -> T) -> T {
    let context = EVP_MD_CTX_new()!
    defer { EVP_MD_CTX_free(context) }
    return body(context)
  }

  /// The identity enters the hash, so it is set before the text comes.
  private static func identify(_ context: OpaquePointer) -> Bool {
    EVP_PKEY_CTX_set1_id(
      EVP_MD_CTX_get_pkey_ctx(context), identity, Int32(identity.count)) == 1
  }

  private static func key(_ point: [UInt8], scalar: [UInt8]?) -> OpaquePointer? {
    guard let scalar else { return SM2_key(point, nil) }
    let number = BN_bin2bn(scalar, Int32(scalar.count), nil)
    defer { BN_clear_free(number) }
    return SM2_key(point, number)
  }

  private static func plain(_ der: [UInt8]) -> [UInt8] {
    der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      let signature = d2i_ECDSA_SIG(nil, &start, der.count)
      defer { ECDSA_SIG_free(signature) }
      var bytes = [UInt8](repeating: 0, count: 64)
      bytes.withUnsafeMutableBufferPointer { output in
        BN_bn2binpad(ECDSA_SIG_get0_r(signature), output.baseAddress, 32)
        BN_bn2binpad(ECDSA_SIG_get0_s(signature), output.baseAddress! + 32, 32)
      }
      return bytes
    }
  }

  private static func der(_ plain: [UInt8]) -> [UInt8] {
    let signature = ECDSA_SIG_new()
    defer { ECDSA_SIG_free(signature) }
    // The signature owns the numbers from here on.
    ECDSA_SIG_set0(
      signature, BN_bin2bn(Array(plain.prefix(32)), 32, nil),
      BN_bin2bn(Array(plain.suffix(32)), 32, nil))
    var bytes = [UInt8](repeating: 0, count: Int(i2d_ECDSA_SIG(signature, nil)))
    bytes.withUnsafeMutableBufferPointer { output in
      var start = output.baseAddress
      _ = i2d_ECDSA_SIG(signature, &start)
    }
    return bytes
  }
}
