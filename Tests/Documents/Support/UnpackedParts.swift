import CExpat
import CMinizip
import Testing

/// All parts of an archive, as text.
struct UnpackedParts {
  private var parts: [String: [UInt8]] = [:]

  init(path: String) throws {
    let zip = try #require(unzOpen64(path))
    defer { unzClose(zip) }
    var status = unzGoToFirstFile(zip)
    while status == UNZ_OK {
      var info = unz_file_info64()
      var name = [CChar](repeating: 0, count: 256)
      unzGetCurrentFileInfo64(zip, &info, &name, 255, nil, 0, nil, 0)
      var bytes = [UInt8](repeating: 0, count: Int(info.uncompressed_size))
      unzOpenCurrentFile(zip)
      #expect(unzReadCurrentFile(zip, &bytes, UInt32(bytes.count)) == Int32(bytes.count))
      #expect(unzCloseCurrentFile(zip) == UNZ_OK)
      let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      parts[String(decoding: text, as: UTF8.self)] = bytes
      status = unzGoToNextFile(zip)
    }
  }

  var names: [String] { parts.keys.sorted() }

  subscript(name: String) -> String? { parts[name].map { String(decoding: $0, as: UTF8.self) } }

  /// The parts that are no XML.
  var malformed: [String] {
    parts.filter { !UnpackedParts.isXML($0.value) }.keys.sorted()
  }

  private static func isXML(_ bytes: [UInt8]) -> Bool {
    let parser = XML_ParserCreate(nil)
    defer { XML_ParserFree(parser) }
    return bytes.withUnsafeBytes {
      XML_Parse(parser, $0.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 1)
        == XML_STATUS_OK
    }
  }
}
