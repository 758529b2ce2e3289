import Foundation
import TestSupport
import Testing

@Suite struct TemplateTests {
  /// The engine shows nothing for a name nobody fills in: every name in a template is the key of some
  /// view.
  @Test func everyNameIsFilledIn() throws {
    let folder = TestPlatform.root + "/Resources/templates"
    var views: Set<Substring> = []
    // The names of filters are those of the use case.
    for place in ["/Sources/Web/", "/Sources/Services/Problems/"] {
      let sources = FileManager.default.enumerator(atPath: TestPlatform.root + place)!
      for case let name as String in sources where name.hasSuffix(".swift") {
        let text = try String(contentsOfFile: TestPlatform.root + place + name, encoding: .utf8)
        views.formUnion(text.utf8.split(separator: UInt8(ascii: "\"")).map { Substring($0) })
      }
    }
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      for tag in text.matches(of: #/\{\{[#^\/]?([a-z_]+)\}\}/#) {
        // The faults of a form's fields are named after them.
        let name = tag.1.hasSuffix("_fault") ? tag.1.dropLast("_fault".count) : tag.1
        #expect(views.contains(name), "\(file): \(tag.1)")
      }
    }
  }
}
