import HTTP
import Testing

/// RFC 6266; the second form is RFC 8187's.
@Suite struct ContentDispositionTests {
  @Test(arguments: [
    ("a.jpg", "attachment; filename=\"a.jpg\"; filename*=UTF-8''a.jpg"),
    // RFC 8187, 3.2.3: £ and € rates
    (
      "£ and € rates",
      "attachment; filename=\"_ and _ rates\"; filename*=UTF-8''%C2%A3%20and%20%E2%82%AC%20rates"
    ),
    ("桥.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E6%A1%A5.pdf"),
    (
      "a\";x=\"\r\nB: c",
      "attachment; filename=\"a__x=___B: c\"; filename*=UTF-8''a%22%3Bx%3D%22%0D%0AB%3A%20c"
    ),
  ])
  func names(name: String, header: String) {
    #expect(ContentDisposition.value(isShown: false, name: name) == header)
  }

  @Test func shown() {
    #expect(ContentDisposition.value(isShown: true, name: "a.png").hasPrefix("inline; "))
  }
}
