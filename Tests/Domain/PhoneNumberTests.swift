import Domain
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    ("13800138000", "13800138000"), ("138-0013-8000", "13800138000"),
    ("+86 138 0013 8000", "13800138000"), ("008613800138000", "13800138000"),
    ("１３８００１３８０００", "13800138000"), ("0374-2965555", "03742965555"),
    ("（0374）2965555", "03742965555"), ("010 12345678", "01012345678"),
  ])
  func numbers(text: String, digits: String) {
    #expect(PhoneNumber(text)?.text == digits)
  }

  @Test(arguments: ["", "1380013800", "138001380001", "张三", "1380013800a", "23800138000", "110"])
  func whatIsNoNumber(text: String) {
    #expect(PhoneNumber(text) == nil)
  }
}
