import Cryptography
import Ledger
import Testing

@Suite struct ProofTests {
  /// Inputs of the Certificate Transparency reference tests for RFC 6962.
  private static let leaves: [Digest] = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].map { MerkleTree.leafHash(Hexadecimal.decode($0)!, .international) }

  /// Paths of the same tests: leaf (from 0), size, path.
  @Test(
    arguments: [
      (0, 1, []),
      (
        0, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        5, 8,
        [
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
      (
        1, 5,
        [
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ] as [(Int64, Int64, [String])])
  func referenceInclusion(leaf: Int64, size: Int64, path: [String]) {
    let proof = InclusionProof(leafIndex: leaf, treeSize: size) { definition(Self.leaves, $0) }
    #expect(proof.path.map(\.hex) == path)
    #expect(
      proof.root(of: Self.leaves[Int(leaf)], .international) == definition(Self.leaves, 0..<size))
  }

  @Test(
    arguments: [
      (1, 1, []),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ] as [(Int64, Int64, [String])])
  func referenceConsistency(first: Int64, second: Int64, path: [String]) {
    let proof = ConsistencyProof(first: first, second: second) { definition(Self.leaves, $0) }
    #expect(proof.path.map(\.hex) == path)
    #expect(
      proof.verifies(
        definition(Self.leaves, 0..<first), definition(Self.leaves, 0..<second), .international))
  }

  /// Every leaf of every tree up to 33 leaves, every pair of sizes; and no other leaf, root or path
  /// passes.
  @Test(arguments: CipherSuite.allCases)
  func everyProofAndNoOther(suite: CipherSuite) {
    let leaves = (0..<33).map { MerkleTree.leafHash([UInt8($0)], suite) }
    let roots = (0...33).map { definition(leaves, 0..<Int64($0), suite) }
    for size in Int64(1)...33 {
      for index in 0..<size {
        let proof = InclusionProof(leafIndex: index, treeSize: size) {
          definition(leaves, $0, suite)
        }
        if proof.root(of: leaves[Int(index)], suite) != roots[Int(size)] {
          Issue.record("leaf \(index) of \(size)")
        }
        let other = leaves[Int(index + 1) % 33]
        let short = InclusionProof(
          leafIndex: index, treeSize: size, path: Array(proof.path.dropLast()))
        let long = InclusionProof(leafIndex: index, treeSize: size, path: proof.path + [other])
        if proof.root(of: other, suite) == roots[Int(size)]
          || (size > 1 && short.root(of: leaves[Int(index)], suite) == roots[Int(size)])
          || long.root(of: leaves[Int(index)], suite) == roots[Int(size)]
        {
          Issue.record("forged leaf \(index) of \(size)")
        }
      }
      for first in 1...size {
        let proof = ConsistencyProof(first: first, second: size) { definition(leaves, $0, suite) }
        let (old, new) = (roots[Int(first)], roots[Int(size)])
        if !proof.verifies(old, new, suite) { Issue.record("\(first) to \(size)") }
        if proof.verifies(roots[Int(first) - 1], new, suite)
          || proof.verifies(old, roots[(Int(size) + 1) % 34], suite)
          || ConsistencyProof(first: first, second: size, path: proof.path + [new])
            .verifies(old, new, suite)
        {
          Issue.record("forged \(first) to \(size)")
        }
      }
    }
  }

  /// The recursive definition of RFC 9162 section 2.1.1, written out.
  private func definition(
    _ leaves: [Digest], _ range: Range<Int64>, _ suite: CipherSuite = .international
  ) -> Digest {
    if range.isEmpty { return suite.hash([]) }
    if range.count == 1 { return leaves[Int(range.lowerBound)] }
    var split: Int64 = 1
    while split * 2 < range.count { split *= 2 }
    let middle = range.lowerBound + split
    return suite.hash([
      [1], definition(leaves, range.lowerBound..<middle, suite).bytes,
      definition(leaves, middle..<range.upperBound, suite).bytes,
    ])
  }
}
