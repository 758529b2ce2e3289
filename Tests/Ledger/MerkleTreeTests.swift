import Cryptography
import Ledger
import Testing

@Suite struct MerkleTreeTests {
  /// Inputs and roots of the Certificate Transparency reference tests for RFC 6962, which RFC 9162
  /// keeps: trees of the first 0 to 8 of these leaves.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    [
      0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e,
      0x6f,
    ],
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test func referenceRoots() {
    var tree = MerkleTree(.international)
    #expect(tree.root.hex == Self.roots[0])
    for (index, leaf) in Self.leaves.enumerated() {
      tree.append(MerkleTree.leafHash(leaf, .international))
      #expect(tree.root.hex == Self.roots[index + 1])
    }
  }

  /// The recursive definition of RFC 9162 section 2.1.1, written out: an independent computation.
  private func definition(_ leaves: ArraySlice<Digest>) -> [UInt8] {
    if leaves.isEmpty { return Digest.sha256().bytes }
    if leaves.count == 1 { return leaves.first!.bytes }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return Digest.sha256([1], definition(leaves[..<middle]), definition(leaves[middle...])).bytes
  }

  @Test func agreesWithTheDefinitionAndCanBeContinued() throws {
    var tree = MerkleTree(.international)
    var leaves: [Digest] = []
    for index in 0..<130 {
      let leaf = MerkleTree.leafHash([UInt8(index)], .international)
      leaves.append(leaf)
      // Taken up again from its frontier, as the sequencer does.
      tree = try #require(
        MerkleTree(size: tree.size, frontierBytes: tree.frontierBytes, .international))
      tree.append(leaf)
      if tree.root.bytes != definition(leaves[...]) { Issue.record("size \(index + 1)") }
    }
    #expect(MerkleTree(size: 3, frontierBytes: [], .international) == nil)
    #expect(MerkleTree(size: -1, frontierBytes: [], .international) == nil)
  }
}
