/// What a file is by its content; its name says nothing.
package enum AttachmentType: String, Sendable, Codable, CaseIterable {
  case jpeg, png, webp, heic
  case pdf, docx, xlsx, pptx, doc, xls
  case mp4, m4a, mp3
  case text = "txt"

  /// RFC 6838.
  package var mediaType: String {
    switch self {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .webp: "image/webp"
    case .heic: "image/heic"
    case .pdf: "application/pdf"
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    case .doc: "application/msword"
    case .xls: "application/vnd.ms-excel"
    case .mp4: "video/mp4"
    case .m4a: "audio/mp4"
    case .mp3: "audio/mpeg"
    case .text: "text/plain"
    }
  }

  /// How names end, the usual one first.
  package var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg"]
    case .heic: ["heic", "heif"]
    case .mp4: ["mp4", "mov", "m4v"]
    case .text: ["txt", "csv", "log"]
    default: [rawValue]
    }
  }

  /// Whether a browser shows it as a picture.
  package var isPicture: Bool { self == .jpeg || self == .png || self == .webp }
}

extension AttachmentType {
  /// - Throws: `AttachmentRefusal.empty`, `.type`, `.active`, `.damaged`
  package init(_ bytes: [UInt8]) throws(AttachmentRefusal) {
    if bytes.isEmpty { throw .empty }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: PNGFile.signature) {
      self = .png
    } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .webp
    } else if bytes.starts(with: Array("%PDF-".utf8)) {
      self = .pdf
    } else if bytes.starts(with: ZipDirectory.signature) {
      self = try ZipDirectory.type(of: bytes)
    } else if bytes.starts(with: OLEDirectory.signature) {
      self = try OLEDirectory.type(of: bytes)
    } else if bytes.dropFirst(4).starts(with: "ftyp".utf8) {
      self = try MediaBoxes.type(of: bytes)
    } else if AttachmentType.isMP3(bytes) {
      self = .mp3
    } else {
      self = try PlainText.type(of: bytes)
    }
  }

  /// An ID3 tag, or the head of an MPEG layer III frame (ISO/IEC 11172-3, 2.4.1.3).
  private static func isMP3(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: Array("ID3".utf8)) { return bytes.count > 10 }
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return false }
    let (version, layer) = (bytes[1] >> 3 & 3, bytes[1] >> 1 & 3)
    let (rate, frequency) = (bytes[2] >> 4, bytes[2] >> 2 & 3)
    return version != 1 && layer == 1 && rate != 0 && rate != 15 && frequency != 3
  }
}
