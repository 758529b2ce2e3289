import Foundation
import NIOCore

/// Reads a `multipart/form-data` body as it arrives (RFC 7578; RFC 2046, 5.1). Holds back no more than a
/// delimiter's length of a part's content, and one part's header.
struct MultipartParser {
  enum Event: Equatable {
    case head(PartHead)
    case content(ByteBuffer)
    case end
  }

  private enum State {
    case preamble, delimiter, header, content, epilogue
  }

  private var state = State.preamble
  /// The line end before the first delimiter may be missing: as if there were one.
  private var buffer = ByteBuffer(string: "\r\n")
  private let delimiter: [UInt8]

  /// Bytes of a part's header: browsers write some two hundred and the file's name.
  private static let longestHeader = 8 * 1024
  private static let headerEnd = Array("\r\n\r\n".utf8)
  /// Blanks between a delimiter and the end of its line.
  private static let longestPadding = 64

  /// - Parameter type: of the body, with the boundary.
  /// - Throws: `RequestError.badForm` without a boundary, or with one that is none
  init(type: String) throws(RequestError) {
    guard let boundary = HeaderParameters(type)?["boundary"], Self.isBoundary(boundary) else {
      throw .badForm
    }
    delimiter = Array("\r\n--\(boundary)".utf8)
  }

  /// RFC 2046, 5.1.1.
  private static func isBoundary(_ text: String) -> Bool {
    (1...70).contains(text.utf8.count) && text.last != " "
      && text.utf8.allSatisfy { byte in
        UnicodeScalar(byte).properties.isAlphabetic && byte < 128
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || "'()+_,-./:=? ".utf8.contains(byte)
      }
  }

  /// - Throws: `RequestError.badForm`
  mutating func read(_ chunk: ByteBuffer) throws(RequestError) -> [Event] {
    var chunk = chunk
    buffer.writeBuffer(&chunk)
    var events: [Event] = []
    while try step(&events) {}
    buffer.discardReadBytes()
    return events
  }

  /// To be called when the body has ended.
  /// - Throws: `RequestError.badForm` where the last delimiter has not come
  func finish() throws(RequestError) {
    guard state == .epilogue else { throw .badForm }
  }

  /// - Returns: whether there may be more to do with what is there.
  private mutating func step(_ events: inout [Event]) throws(RequestError) -> Bool {
    switch state {
    case .preamble:
      guard let place = place(of: delimiter) else {
        buffer.moveReaderIndex(forwardBy: max(0, buffer.readableBytes - delimiter.count))
        return false
      }
      buffer.moveReaderIndex(forwardBy: place + delimiter.count)
      state = .delimiter
      return true
    case .delimiter: return try readDelimiterEnd()
    case .header:
      guard let head = try header() else { return false }
      events.append(.head(head))
      state = .content
      return true
    case .content:
      let place = place(of: delimiter)
      // What may be the beginning of a delimiter waits for the rest.
      let count = place ?? max(0, buffer.readableBytes - delimiter.count)
      if count > 0, let content = buffer.readSlice(length: count) {
        events.append(.content(content))
      }
      guard place != nil else { return false }
      buffer.moveReaderIndex(forwardBy: delimiter.count)
      events.append(.end)
      state = .delimiter
      return true
    case .epilogue:
      buffer.clear()
      return false
    }
  }

  /// After the boundary: `--` for the last, else blanks and a line end.
  private mutating func readDelimiterEnd() throws(RequestError) -> Bool {
    let bytes = buffer.readableBytesView
    guard bytes.count >= 2 else { return false }
    if bytes.starts(with: "--".utf8) {
      state = .epilogue
      return true
    }
    let padding = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    guard padding <= Self.longestPadding else { throw .badForm }
    let rest = bytes.dropFirst(padding)
    guard rest.count >= 2 else { return false }
    guard rest.starts(with: "\r\n".utf8) else { throw .badForm }
    // The line end stays: a part without a header begins with the empty line at once.
    buffer.moveReaderIndex(forwardBy: padding)
    state = .header
    return true
  }

  private mutating func header() throws(RequestError) -> PartHead? {
    guard let place = place(of: Self.headerEnd, within: Self.longestHeader) else {
      if buffer.readableBytes > Self.longestHeader { throw .badForm }
      return nil
    }
    let bytes = buffer.readBytes(length: place) ?? []
    buffer.moveReaderIndex(forwardBy: Self.headerEnd.count)
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw .badForm
    }
    // Swift takes "\r\n" for one character: what is left of the others ends no line and hides none.
    let lines = text.split(separator: "\r\n").map(String.init)
    let isClean = lines.allSatisfy { line in
      line.unicodeScalars.allSatisfy { $0 == "\t" || $0.properties.generalCategory != .control }
    }
    guard isClean else { throw .badForm }
    return try PartHead(lines)
  }

  /// A needle begins with a carriage return and holds no second one but in `headerEnd`.
  private func place(of needle: [UInt8], within limit: Int = .max) -> Int? {
    buffer.withUnsafeReadableBytes { bytes -> Int? in
      guard let start = bytes.baseAddress else { return nil }
      var place = 0
      while place <= min(limit, bytes.count - needle.count) {
        guard let found = memchr(start + place, 0x0D, bytes.count - place) else { return nil }
        place = UnsafeRawPointer(found) - start
        if bytes.count - place < needle.count || place > limit { return nil }
        if memcmp(start + place, needle, needle.count) == 0 { return place }
        place += 1
      }
      return nil
    }
  }
}
