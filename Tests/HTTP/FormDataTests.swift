import HTTP
import Testing

@Suite struct FormDataTests {
  @Test(
    arguments: [
      ("a=1&b=%E6%9D%91+x", ["a": "1", "b": "村 x"]), ("", [:]), ("a", ["a": ""]),
      ("a=1&a=2", ["a": "2"]), ("a=b=c&&d=", ["a": "b=c", "d": ""]), ("a=%2B", ["a": "+"]),
    ] as [(String, [String: String]?)])
  func decoded(text: String, fields: [String: String]?) {
    #expect(FormData.decode(text.utf8) == fields)
  }

  @Test(arguments: ["a=%", "a=%4", "a=%GG", "a=%00", "a=%FF", "%ZZ=1", "a=\0"])
  func broken(text: String) {
    #expect(FormData.decode(text.utf8) == nil)
  }
}
