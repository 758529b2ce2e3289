extension AttachmentType {
  /// The content without what the device wrote beside the picture or sound: place, time, owner and
  /// serial number, preview. A place in a photo is a track of whoever took it, which 国办函〔2026〕12号
  /// forbids to collect.
  ///
  /// Documents stay as they are, with what people wrote into them.
  /// - Throws: `AttachmentRefusal.damaged` for what cannot be followed to its end.
  package func withoutMetadata(_ bytes: [UInt8]) throws(AttachmentRefusal) -> [UInt8] {
    let filtered: [UInt8]?
    switch self {
    case .jpeg: filtered = JPEGFile.withoutMetadata(bytes)
    case .png: filtered = PNGFile.withoutMetadata(bytes)
    case .webp: filtered = WebPFile.withoutMetadata(bytes)
    case .heic: filtered = HEICFile.withoutMetadata(bytes)
    case .mp4, .m4a: filtered = MediaBoxes.withoutMetadata(bytes)
    case .mp3, .pdf, .docx, .xlsx, .pptx, .doc, .xls, .text: filtered = bytes
    }
    guard let filtered else { throw .damaged }
    return filtered
  }
}
