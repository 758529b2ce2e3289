import CExpat
import Foundation

/// An element's name without its prefix: programs differ in the prefixes they choose.
struct XMLName {
  private let text: UnsafePointer<CChar>

  fileprivate init(_ qualified: UnsafePointer<CChar>) {
    text = strchr(qualified, 0x3A).map { UnsafePointer($0) + 1 } ?? qualified
  }

  static func == (name: XMLName, text: StaticString) -> Bool {
    UnsafeRawPointer(text.utf8Start).withMemoryRebound(to: CChar.self, capacity: 1) {
      strcmp(name.text, $0) == 0
    }
  }
}

/// An attribute's value, valid within the call that was given it.
struct XMLValue {
  fileprivate let start: UnsafePointer<CChar>

  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: strlen(start)).bindMemory(to: UInt8.self)
  }

  var string: String { String(cString: start) }

  /// - Returns: nil for anything but 1 to 9 digits.
  var index: Int? { NumberText.index(bytes) }

  static func == (value: XMLValue, text: StaticString) -> Bool {
    UnsafeRawPointer(text.utf8Start).withMemoryRebound(to: CChar.self, capacity: 1) {
      strcmp(value.start, $0) == 0
    }
  }
}

/// An element's attributes, names and values in turn.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>

  subscript(name: StaticString) -> XMLValue? {
    var next = list
    while let key = next[0], let value = next[1] {
      if XMLValue(start: key) == name { return XMLValue(start: value) }
      next += 2
    }
    return nil
  }

  /// The attribute of this name that has some prefix.
  subscript(prefixed name: StaticString) -> XMLValue? {
    var next = list
    while let key = next[0], let value = next[1] {
      if strchr(key, 0x3A) != nil, XMLName(key) == name { return XMLValue(start: value) }
      next += 2
    }
    return nil
  }
}

/// What reads a part of a workbook. Subclasses take the events they want.
class PartReader {
  /// The part's name.
  private(set) var part = ""
  private(set) var fault: TableFault?
  fileprivate var parser: XML_Parser?
  private var depth = 0

  /// Deeper than any part of a workbook: expat keeps memory for each open element.
  private static let deepest = 256
  /// One tag's bytes: expat scans an unfinished one again with each block.
  private static let longestTag = 1 << 20

  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// Stops reading; the first fault counts.
  func fail(_ fault: TableFault) {
    if self.fault == nil { self.fault = fault }
    if let parser { XML_StopParser(parser, XML_Bool(XML_FALSE)) }
  }

  func damaged(_ what: String = "") {
    fail(.damaged(what.isEmpty ? part : part + " " + what))
  }

  fileprivate func opened(_ name: XMLName, _ attributes: XMLAttributes) {
    depth += 1
    guard depth <= PartReader.deepest else { return damaged() }
    if fault == nil { start(name, attributes) }
  }

  fileprivate func closed(_ name: XMLName) {
    depth -= 1
    if fault == nil { end(name) }
  }

  /// Streams an entry through expat.
  func read(_ entry: Archive.Entry, of archive: Archive) throws(TableFault) {
    part = entry.name
    guard let parser = expat_bounded_parser() else { throw .damaged(part) }
    self.parser = parser
    defer {
      self.parser = nil
      XML_ParserFree(parser)
    }
    install(in: parser)
    var fed = 0
    try archive.unpack(
      entry, room: { XML_GetBuffer(parser, Int32($0)) },
      take: { count in
        fed += count
        let parsed = XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0) == XML_STATUS_OK
        let unfinished = count == 0 ? 0 : fed - Int(XML_GetCurrentByteIndex(parser))
        if !parsed || unfinished > PartReader.longestTag { damaged() }
        return fault == nil
      })
    if let fault { throw fault }
  }

  private func install(in parser: XML_Parser) {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data, let name, let attributes else { return }
        PartReader.of(data).opened(XMLName(name), XMLAttributes(list: attributes))
      },
      { data, name in
        guard let data, let name else { return }
        PartReader.of(data).closed(XMLName(name))
      })
    XML_SetCharacterDataHandler(parser) { data, start, count in
      guard let data, let start, count > 0 else { return }
      let raw = UnsafeRawBufferPointer(start: start, count: Int(count))
      let reader = PartReader.of(data)
      if reader.fault == nil { reader.text(raw.bindMemory(to: UInt8.self)) }
    }
    // No part has a document type; entities are how XML grows without end.
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data else { return }
      PartReader.of(data).damaged("DOCTYPE")
    }
  }

  private static func of(_ data: UnsafeMutableRawPointer) -> PartReader {
    Unmanaged<PartReader>.fromOpaque(data).takeUnretainedValue()
  }
}
