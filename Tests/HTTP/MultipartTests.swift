import Cryptography
import Foundation
import HTTP
import NIOCore
import Testing

/// `multipart/form-data` as browsers send it (RFC 7578; RFC 2046, 5.1).
@Suite struct MultipartTests {
  private static let field = "Content-Disposition: form-data; name=\"field1\""
  private static let file = "Content-Disposition: form-data; name=\"pics\"; filename=\"file1.txt\""

  /// RFC 7578, 4.8 and the WHATWG's form, however the body is cut.
  @Test(arguments: [1, 2, 7, 64, 1 << 20])
  func fieldsAndFiles(piece: Int) async throws {
    var request = FormRequest(parts: [
      (Self.field, "Joe Blow"),
      (
        "content-disposition: form-data; name=\"charset\"\r\nContent-Type: text/plain;charset=UTF-8",
        "河道 €"
      ),
      ("Content-Disposition: form-data; name=\"empty\"", ""),
      (Self.file + "\r\nContent-Type: text/plain", "line\r\n--AaB03 x\r\n--AaB03"),
      (
        "Content-Disposition: form-data; name=\"pics\"; filename=\"照片 %22a%22.png\"\r\nContent-Type: image/png",
        "\u{0}\r\n\r"
      ),
      (
        "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream",
        ""
      ),
    ])
    request.piece = piece
    let form = try await request.read()
    #expect(form["field1"] == "Joe Blow")
    #expect(form["charset"] == "河道 €")
    #expect(form["empty"] == "" && form.values("empty") == [""])
    #expect(form.files.map(\.name) == ["file1.txt", "照片 \"a\".png"])
    #expect(form.files.map(\.type) == ["text/plain", "image/png"])
    #expect(form.files("none").isEmpty)
    let contents = [try await form.files[0].bytes(), try await form.files[1].bytes()]
    #expect(contents[0] == Array("line\r\n--AaB03 x\r\n--AaB03".utf8))
    #expect(contents[1] == Array("\u{0}\r\n\r".utf8))
  }

  /// RFC 2046, 5.1.1: what stands before the first delimiter and after the last, and blanks after one.
  @Test func preambleAndEpilogue() async throws {
    var request = FormRequest(
      """
      This is the preamble. It is to be ignored.\r
      --simple boundary \t\r
      Content-Disposition: form-data; name=form_token\r
      \r
      \(FormRequest.session.formToken)\r
      --simple boundary\r
      Content-Disposition: form-data; name=a;\r
      \r
      one\r
      --simple boundary--\r
      This is the epilogue.
      """.utf8)
    request.type = "Multipart/Form-Data; charset=utf-8; boundary=\"simple boundary\""
    let form = try await request.read()
    #expect(form["a"] == "one")
  }

  @Test func everyValueOfAName() async throws {
    let form = try await FormRequest(parts: [(Self.field, "1"), (Self.field, "2")]).read()
    #expect(form.values("field1") == ["1", "2"] && form["field1"] == "2")
  }

  @Test(arguments: [
    "Content-Type: text/plain",
    "Content-Disposition: attachment; name=\"a\"",
    "Content-Disposition: form-data",
    "Content-Disposition: form-data; name=\"\"",
    "Content-Disposition: form-data; name=\"a",
    "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
    "Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''a.html",
    "Content-Disposition: form-data; name=\"a\"; filename=\"x%0D%0ASet-Cookie: a=b\"",
    "Content-Disposition: form-data; name=\"a%0A\"",
    "Content-Disposition: form-data; name=\"a\"; filename=\"x\nSet-Cookie: a=b\"",
    "Content-Disposition: form-data; name=\"a\u{0}b\"",
    "Content-Disposition: form-data; name=\"a\"\r\n folded: 1",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=b",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64",
    "Content-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=gb18030",
    "no colon",
  ])
  func headersThatNoBrowserSends(header: String) async {
    let refusal = await FormRequest(parts: [(header, "x")]).refusal()
    #expect(refusal == .badForm)
  }

  @Test(arguments: [
    "", "--AaB03x", "\r\n--AaB03x\r\n", "no delimiter at all",
    "--AaB03x\r\n\r\n\r\n--AaB03x--", "--AaB03xy\r\n\(field)\r\n\r\nx\r\n--AaB03x--",
    "--AaB03x\r\n\(field)\r\n\r\nx\r\n--AaB03x\r\n", "--AaB03x\r\n\(field)\r\n\r\nx--AaB03x--",
    "--AaB03x\r\n" + String(repeating: "X: y\r\n", count: 4000),
  ])
  func bodiesThatDoNotEnd(body: String) async {
    let refusal = await FormRequest(body.utf8).refusal()
    #expect(refusal == .badForm)
  }

  @Test(arguments: [
    ("multipart/form-data", RequestError.badForm),
    ("multipart/form-data; boundary=", .badForm),
    ("multipart/form-data; boundary=\"\"", .badForm),
    ("multipart/form-data; boundary=a<b", .badForm),
    ("multipart/form-data; boundary=\"ends with a blank \"", .badForm),
    ("multipart/form-data; boundary=\(String(repeating: "b", count: 71))", .badForm),
    ("multipart/form-data; boundary=a; boundary=b", .badForm),
    ("multipart/mixed; boundary=AaB03x", .notAForm),
    ("text/plain", .notAForm),
    ("", .notAForm),
  ])
  func typesThatAreNoForm(type: String, error: RequestError) async {
    var request = FormRequest(parts: [])
    request.type = type
    let refusal = await request.refusal()
    #expect(refusal == error)
  }

  /// A page that asks for no files takes none, not even to throw them away.
  @Test func aPageWithoutFiles() async {
    let request = FormRequest(parts: [(Self.file, "x")])
    let refusal = await request.refusal(limits: .fields)
    #expect(refusal == .notAForm)
  }

  /// Nothing of a file is kept for whoever does not send the token before it.
  @Test(arguments: [[], ["x"]])
  func theTokenComesFirst(tokens: [String]) async {
    let parts = tokens.map { ("Content-Disposition: form-data; name=\"form_token\"", $0) }
    for rest in [[(Self.file, "x")], [(Self.field, "x")]] {
      let request = FormRequest(parts: parts + rest, hasToken: false)
      let refusal = await request.refusal()
      #expect(refusal == .wrongFormToken)
    }
  }

  @Test(
    arguments: [
      // Announced, one file, all fields, how many, and all together although each is small enough.
      (2000, 10, 10, 1), (nil, 101, 10, 1), (nil, 10, 301, 1), (nil, 10, 10, 4), (nil, 100, 250, 3),
    ] as [(length: Int?, file: Int, field: Int, files: Int)])
  func tooLarge(length: Int?, file: Int, field: Int, files: Int) async {
    var limits = FormLimits(files: 3, file: 100, total: 1000)
    limits.fields = 300
    var request = FormRequest(
      parts: [(Self.field, String(repeating: "f", count: field))]
        + Array(repeating: (Self.file, String(repeating: "x", count: file)), count: files))
    request.length = length
    let refusal = await request.refusal(limits: limits)
    #expect(refusal == .bodyTooLarge)
  }

  /// A large file goes through the disk, and is gone when nobody holds it any more.
  @Test func largeFiles() async throws {
    let megabytes = 10
    var body = FormRequest(parts: []).body.dropLast("--AaB03x--\r\n".utf8.count)
    body += Array("--AaB03x\r\n\(Self.file)\r\n\r\n".utf8)
    let content = (0..<(megabytes << 20) / 8).flatMap {
      withUnsafeBytes(of: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) { Array($0) }
    }
    body += content
    body += Array("\r\n--AaB03x--\r\n".utf8)
    var request = FormRequest(body)
    request.piece = 65_536
    var form: FormData? = try await request.read()
    let path = try await form!.files[0].withPath { path in
      #expect(FileManager.default.contents(atPath: path) == Data(content))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      return path
    }
    let bytes = try await form!.files[0].bytes()
    #expect(bytes == content)
    form = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// Ten megabytes of words are no form of ours.
  @Test(arguments: [
    "multipart/form-data; boundary=AaB03x", "application/x-www-form-urlencoded",
  ])
  func tenMegabytesOfWords(type: String) async {
    var request = FormRequest(
      parts: [(Self.field, String(repeating: "a", count: 10 << 20))])
    request.type = type
    request.length = nil
    request.piece = 65_536
    let refusal = await request.refusal()
    #expect(refusal == .bodyTooLarge)
  }

  /// Who sends a byte now and then is not waited for; who sends at a fair pace is.
  @Test(arguments: [(10, false), (100_000, true)])
  func slowClients(milliseconds: Int, arrives: Bool) async throws {
    var request = FormRequest(parts: [(Self.file, "some words")])
    request.piece = 16
    request.pause = .milliseconds(5)
    var limits = FormLimits.attachments
    limits.patience = .milliseconds(milliseconds)
    if arrives {
      let form = try await request.read(limits: limits)
      #expect(form.files.count == 1)
    } else {
      let refusal = await request.refusal(limits: limits)
      #expect(refusal == .tooSlow)
    }
  }

  /// A body that is broken off is no form.
  @Test func brokenOff() async {
    var request = FormRequest(parts: [(Self.field, "x")])
    request.body.removeLast(20)
    request.length = nil
    let refusal = await request.refusal()
    #expect(refusal == .badForm)
  }
}
