import Foundation

/// A folder that goes when the test is over.
package final class ScratchFolder {
  package let path: String

  package init() {
    path = NSTemporaryDirectory() + "documents-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func callAsFunction(_ name: String) -> String { path + "/" + name }

  package func file(_ bytes: [UInt8], _ name: String = "file") -> String {
    let path = self(name)
    precondition(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    return path
  }

  package var names: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
  }
}
