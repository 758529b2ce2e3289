import Domain
import Testing

@Suite struct AttachmentTypeTests {
  @Test(arguments: [
    (FileParts.jpeg(), AttachmentType.jpeg), (FileParts.png(), .png),
    (FileParts.webp(FileParts.riff("VP8 ", [1, 2])), .webp),
    (FileParts.heic(exif: [1, 2, 3]), .heic), (Array("%PDF-1.7\n".utf8), .pdf),
    (FileParts.zip(["[Content_Types].xml", "word/document.xml"]), .docx),
    (FileParts.zip(["[Content_Types].xml", "xl/workbook.xml"]), .xlsx),
    (FileParts.zip(["[Content_Types].xml", "ppt/presentation.xml"]), .pptx),
    (FileParts.compound(["Root Entry", "WordDocument"]), .doc),
    (FileParts.compound(["Root Entry", "Workbook"]), .xls), (FileParts.film([]), .mp4),
    (FileParts.box("ftyp", Array("M4A \0\0\0\0".utf8)), .m4a),
    (Array("ID3".utf8) + [3, 0, 0, 0, 0, 0, 0, 0, 0], .mp3), ([0xFF, 0xFB, 0x90, 0x00, 0], .mp3),
    (Array("换了水泵。\r\n\t完\n".utf8), .text),
    // 水泵 in GB 18030; GB 18030 of four bytes: 㐀.
    ([0xCB, 0xAE, 0xB1, 0xC3, 0x0A], .text), ([0x81, 0x39, 0xEE, 0x39], .text),
  ])
  func theContentTells(bytes: [UInt8], type: AttachmentType) throws {
    #expect(try AttachmentType(bytes) == type)
  }

  @Test(arguments: [
    ([], AttachmentRefusal.empty),
    (Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), .active),
    (Array("\u{FEFF}  \n<!doctype html>".utf8), .active), (Array("#!/bin/sh\n".utf8), .active),
    (FileParts.zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), .active),
    (FileParts.compound(["WordDocument", "VBA"]), .active),
    (FileParts.zip(["a.exe"]), .type), (FileParts.compound(["Root Entry", "Installer"]), .type),
    ([0x50, 0x4B, 0x03, 0x04, 1, 2], .damaged),
    // Programs of Windows and Linux, a GIF, a text of UTF-16, bytes that are no text.
    (Array("MZ\u{90}".utf8) + [0, 3], .type), ([0x7F, 0x45, 0x4C, 0x46, 2], .type),
    (Array("GIF89a".utf8) + [0], .type), ([0xFF, 0xFE, 0x41, 0x00], .type),
    ([0xCB], .type), ([0x80, 0x80], .type), (Array("a\u{1B}[0m".utf8), .type),
    (FileParts.box("ftyp", Array("avif\0\0\0\0".utf8)), .type),
  ])
  func whatIsNotTaken(bytes: [UInt8], refusal: AttachmentRefusal) {
    #expect(throws: refusal) { try AttachmentType(bytes) }
  }

  @Test(arguments: [
    ("修好的水泵.jpg", AttachmentType.jpeg, "修好的水泵.jpg"), ("IMG_1.JPEG", .jpeg, "IMG_1.JPEG"),
    ("photo.exe", .jpeg, "photo.exe.jpg"), ("../../etc/passwd", .text, "passwd.txt"),
    ("C:\\照片\\a.png", .png, "a.png"), ("a\u{202E}gpj\n.jpg", .jpeg, "a gpj.jpg"),
    ("", .pdf, "pdf.pdf"), (" . ", .pdf, "pdf.pdf"), (".jpg", .jpeg, "jpg.jpg"),
    ("a\"b<c>.pdf", .pdf, "a_b_c_.pdf"),
  ])
  func namesAreCleaned(name: String, type: AttachmentType, clean: String) {
    #expect(AttachmentName.clean(name, type) == clean)
  }

  @Test func longNamesKeepTheirEnding() {
    let clean = AttachmentName.clean(String(repeating: "长", count: 300) + ".docx", .docx)
    #expect(
      clean.unicodeScalars.count == Domain.Attachment.maximumName && clean.hasSuffix("长.docx"))
  }
}
