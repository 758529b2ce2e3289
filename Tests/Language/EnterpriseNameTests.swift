import Language
import TestSupport
import Testing

@Suite struct EnterpriseNameTests {
  private let places = ["河南省", "许昌市", "禹州市", "襄城县", "魏都区", "河南"]

  @Test(arguments: [
    ("河南黄河（集团）有限公司", "河南黄河集团有限公司"), ("许昌市大地建材有限责任公司", "许昌大地建材有限公司"),
    ("河南省许昌市大地建材有限公司", "河南许昌大地建材有限公司"), ("许昌 ABC 有限公司", "许昌市ａｂｃ有限公司"),
    ("襄城县新丰农机厂", "襄城新丰农机厂"),
  ])
  func thesame(a: String, b: String) {
    #expect(key(a) == key(b))
  }

  @Test(arguments: [
    ("许昌大地建材股份有限公司", "许昌大地建材有限公司"), ("许昌第一建筑公司", "许昌第二建筑公司"),
    ("大地许昌市建材厂", "大地许昌建材厂"), ("许昌大地", "禹州大地"),
  ])
  func different(a: String, b: String) {
    #expect(key(a) != key(b))
  }

  @Test(arguments: [
    ("河南省许昌市大地（集团）有限责任公司", "河南许昌大地集团有限公司"), ("许昌市市场开发中心", "许昌场开发中心"),
    ("许昌市场开发中心", "许昌场开发中心"), ("（）", ""),
  ])
  func keys(name: String, key: String) {
    #expect(self.key(name) == key)
  }

  @Test func theKeyOfAKeyIsItself() {
    var random = SplitMix(state: 7)
    let parts = [
      "许昌", "市", "许昌市", "河南", "省", "有限", "责任", "公司", "有限责任公司", "（", "）", "A", "场", " ", "区",
    ]
    let places = ["许昌市", "许昌区", "河南省", "河南许昌市", "市许昌区", "公司市"]
    for _ in 0..<20_000 {
      let name = random.text(of: parts, count: 0...10)
      let once = EnterpriseName(name, places: places).key
      #expect(EnterpriseName(once, places: places).key == once, "\(name)")
    }
  }

  private func key(_ name: String) -> String { EnterpriseName(name, places: places).key }
}
