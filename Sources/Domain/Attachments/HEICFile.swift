/// A HEIC picture: items in boxes (ISO/IEC 23008-12). Which side is up is a property of its own there, not
/// a field of Exif.
enum HEICFile {
  /// Blanks the content of the items that hold Exif and XMP. Nothing is moved: places in the file are
  /// named elsewhere in it.
  /// - Returns: nil for bytes that are not what their sizes say.
  static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
    guard let top = MediaBoxes.boxes(in: bytes, 0..<bytes.count),
      let meta = top.first(where: { $0.kind == "meta" }), meta.content + 4 <= meta.end,
      let inner = MediaBoxes.boxes(in: bytes, meta.content + 4..<meta.end),
      let info = inner.first(where: { $0.kind == "iinf" }),
      let places = inner.first(where: { $0.kind == "iloc" }),
      let hidden = metadataItems(bytes, info)
    else { return nil }
    let data = inner.first { $0.kind == "idat" }
    guard let extents = ItemPlaces(bytes, places, data: data?.content)?.extents else { return nil }
    var result = bytes
    for extent in extents where hidden.contains(extent.item) {
      let range = extent.range
      guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= bytes.count,
        // Not the boxes themselves.
        range.lowerBound >= meta.end || data.map({ range.lowerBound >= $0.content }) == true
      else { return nil }
      for index in range { result[index] = 0 }
    }
    for box in top where box.kind == "uuid" {
      for index in box.content..<box.end { result[index] = 0 }
    }
    return result
  }

  /// The numbers of the items that are Exif or XMP.
  private static func metadataItems(_ bytes: [UInt8], _ info: MediaBoxes.Box) -> Set<Int>? {
    guard info.content + 6 <= info.end else { return nil }
    let start = info.content + (bytes[info.content] == 0 ? 6 : 8)
    guard start <= info.end, let entries = MediaBoxes.boxes(in: bytes, start..<info.end) else {
      return nil
    }
    var items: Set<Int> = []
    for entry in entries where entry.kind == "infe" {
      // Version 2 has a number of two bytes, version 3 of four; then two bytes of protection.
      guard entry.content + 12 <= entry.end, bytes[entry.content] >= 2 else { return nil }
      let isLong = bytes[entry.content] >= 3
      let item = isLong ? bytes.big32(entry.content + 4) : bytes.big16(entry.content + 4)
      let kind = entry.content + (isLong ? 10 : 8)
      if bytes.has("Exif", at: kind) || bytes.has("mime", at: kind) { items.insert(item) }
    }
    return items
  }
}

/// Where the content of items lies (ISO/IEC 14496-12, 8.11.3).
private struct ItemPlaces {
  private(set) var extents: [(item: Int, range: Range<Int>)] = []

  /// - Parameter data: where the box for small items begins.
  /// - Returns: nil for a box that is not what its counts say.
  init?(_ bytes: [UInt8], _ box: MediaBoxes.Box, data: Int?) {
    var place = box.content + 4
    var isWhole = true
    func number(_ size: Int) -> Int {
      guard place + size <= box.end else {
        isWhole = false
        return 0
      }
      var value = 0
      for _ in 0..<size {
        value = value << 8 & Int.max | Int(bytes[place])
        place += 1
      }
      return value
    }
    guard box.content < box.end else { return nil }
    let version = Int(bytes[box.content])
    let (sizes, more) = (number(1), number(1))
    let (offset, length, base) = (sizes >> 4, sizes & 15, more >> 4)
    let index = version == 0 ? 0 : more & 15
    guard [offset, length, base, index].allSatisfy({ [0, 4, 8].contains($0) }) else { return nil }
    for _ in 0..<number(version < 2 ? 2 : 4) {
      let item = number(version < 2 ? 2 : 4)
      // 0 counts from the file's beginning, 1 from that of the box for small items.
      let method = version == 0 ? 0 : number(2) & 15
      _ = number(2)
      let start = number(base)
      for _ in 0..<number(2) {
        _ = number(index)
        let from = start.addingReportingOverflow(number(offset))
        let count = number(length)
        guard isWhole, !from.overflow, method < 2 else { return nil }
        let first = from.partialValue.addingReportingOverflow(method == 1 ? data ?? -1 : 0)
        let last = first.partialValue.addingReportingOverflow(count)
        guard !first.overflow, !last.overflow, count > 0 || length == 0,
          first.partialValue <= last.partialValue
        else { return nil }
        extents.append((item, first.partialValue..<last.partialValue))
      }
      guard isWhole else { return nil }
    }
  }
}
