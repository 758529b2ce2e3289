import Domain
import Testing

/// What the device wrote beside the picture goes, the picture stays as it is.
@Suite struct MetadataFilterTests {
  private let secrets = ["SECRET", "34.0357N"].map { Array($0.utf8) }

  private func holdsSecret(_ bytes: [UInt8]) -> Bool {
    secrets.contains { secret in
      bytes.indices.contains { bytes[$0...].starts(with: secret) }
    }
  }

  /// Orientation is all that is left of Exif; 1 is how a picture lies without it.
  @Test(arguments: [UInt8(1), 3, 6, 8], [true, false])
  func jpeg(orientation: UInt8, isLittle: Bool) throws {
    let exif = FileParts.segment(
      0xE1, FileParts.exif(orientation: orientation, isLittle: isLittle))
    let others =
      FileParts.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0SECRET".utf8))
      + FileParts.segment(0xE2, Array("MPF\0SECRET".utf8))
      + FileParts.segment(0xED, Array("Photoshop 3.0\0SECRET".utf8))
      + FileParts.segment(0xFE, Array("SECRET".utf8))
    let colours = FileParts.segment(0xE2, Array("ICC_PROFILE\0\u{1}\u{1}xyz".utf8))
    let whole = FileParts.jpeg(exif + others + colours, trailer: Array("film SECRET".utf8))
    #expect(holdsSecret(whole))
    let kept =
      orientation == 1
      ? []
      : FileParts.segment(
        0xE1,
        Array("Exif\0\0MM\0*\0\0\0\u{8}\0\u{1}\u{1}\u{12}\0\u{3}\0\0\0\u{1}\0".utf8) + [
          orientation, 0, 0, 0, 0, 0, 0,
        ])
    let filtered = try AttachmentType.jpeg.withoutMetadata(whole)
    #expect(filtered == FileParts.jpeg(kept + colours))
    #expect(try AttachmentType.jpeg.withoutMetadata(filtered) == filtered)
  }

  @Test func png() throws {
    let more =
      FileParts.chunk("eXIf", Array("SECRET".utf8)) + FileParts.chunk("tEXt", Array("SECRET".utf8))
      + FileParts.chunk("iTXt", Array("SECRET".utf8)) + FileParts.chunk("prVt", [1])
    let colours = FileParts.chunk("gAMA", [0, 0, 1, 1])
    let whole = FileParts.png(more + colours, trailer: Array("SECRET".utf8))
    #expect(try AttachmentType.png.withoutMetadata(whole) == FileParts.png(colours))
  }

  @Test func webp() throws {
    let picture = FileParts.riff("VP8 ", [1, 2, 3])
    let whole = FileParts.webp(
      FileParts.riff("VP8X", [0x1C, 0, 0, 0, 7, 0, 0, 7, 0, 0]) + picture
        + FileParts.riff("EXIF", Array("SECRET".utf8))
        + FileParts.riff("XMP ", Array("SECRET!".utf8)))
    #expect(
      try AttachmentType.webp.withoutMetadata(whole)
        == FileParts.webp(FileParts.riff("VP8X", [0x10, 0, 0, 0, 7, 0, 0, 7, 0, 0]) + picture))
  }

  /// Blanked in place: nothing moves.
  @Test func filmsAndSound() throws {
    let place = Array("SECRET".utf8)
    let whole = FileParts.film(FileParts.box("udta", place) + FileParts.box("meta", place))
    let blank = FileParts.box("free", [0, 0, 0, 0, 0, 0])
    #expect(
      try AttachmentType.mp4.withoutMetadata(whole) == FileParts.film(blank + blank))
  }

  @Test func heic() throws {
    let whole = FileParts.heic(exif: Array("....Exif SECRET".utf8))
    #expect(
      try AttachmentType.heic.withoutMetadata(whole)
        == FileParts.heic(exif: [UInt8](repeating: 0, count: 15)))
  }

  /// A picture that was cut off on its way is refused rather than stored by halves.
  @Test(arguments: [
    (AttachmentType.jpeg, FileParts.jpeg()), (.png, FileParts.png()),
    (.webp, FileParts.webp(FileParts.riff("VP8 ", [1, 2, 3]))),
    (.heic, FileParts.heic(exif: [1, 2])), (.mp4, FileParts.film([])),
  ])
  func cutOffAnywhere(type: AttachmentType, whole: [UInt8]) throws {
    #expect(try type.withoutMetadata(whole).count <= whole.count)
    for count in 0..<whole.count where !isComplete(type, count, whole) {
      #expect(throws: AttachmentRefusal.damaged) {
        try type.withoutMetadata(Array(whole.prefix(count)))
      }
    }
  }

  /// A film without its last box is still one.
  private func isComplete(_ type: AttachmentType, _ count: Int, _ whole: [UInt8]) -> Bool {
    type == .mp4 && count == whole.count - 11
  }

  /// Whatever comes, it ends, and with no more than came and an orientation.
  @Test(arguments: [
    (
      AttachmentType.jpeg,
      FileParts.jpeg(
        FileParts.segment(0xE1, FileParts.exif(orientation: 6, isLittle: true)))
    ),
    (.png, FileParts.png(FileParts.chunk("eXIf", [1, 2, 3]))),
    (.webp, FileParts.webp(FileParts.riff("VP8 ", [1, 2, 3]))),
    (.heic, FileParts.heic(exif: [1, 2, 3])), (.mp4, FileParts.film(FileParts.box("udta", [1]))),
    (.docx, FileParts.zip(["[Content_Types].xml", "word/document.xml"])),
    (.doc, FileParts.compound(["WordDocument"])),
  ])
  func noBytesBreakIt(type: AttachmentType, whole: [UInt8]) {
    var state: UInt64 = 20_261_121
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for round in 0..<4000 {
      var bytes = whole
      if round.isMultiple(of: 4) {
        bytes = Array(whole.prefix(12)) + (0..<random(200)).map { _ in UInt8(random(256)) }
      } else {
        for _ in 0...random(4) {
          let place = random(bytes.count)
          bytes[place] = [0, 1, 0x7F, 0xFF, UInt8(random(256))][random(5)]
        }
        bytes = Array(bytes.prefix(bytes.count - (random(3) == 0 ? random(bytes.count) : 0)))
      }
      _ = try? AttachmentType(bytes)
      if let filtered = try? type.withoutMetadata(bytes) {
        #expect(filtered.count <= bytes.count + 36)
      }
    }
  }
}
