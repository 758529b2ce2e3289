import Language
import Testing

@Suite struct PinyinTests {
  @Test(arguments: [
    ("许昌市", "xcs"), ("禹州市", "yzs"), ("长葛市", "cgs"), ("鄢陵县", "ylx"), ("襄城县", "xcx"), ("魏都区", "wdq"),
    ("建安区", "jaq"), ("城乡一体化示范区", "cxythsfq"), ("河南省", "hns"), ("女装", "nz"), ("吕氏", "ls"),
    ("ＴＣＬ王牌 2021", "tclwp2021"), ("鄂尔多斯、欧亚", "eedsoy"), ("〇", "l"), ("，。", nil), ("", nil),
  ])
  func commonest(text: String, initials: String?) {
    #expect(Pinyin.initials(of: text).first == initials)
  }

  @Test(arguments: [
    ("重庆", "cq"), ("银行", "yh"), ("长葛", "zg"), ("厦门", "xm"), ("大厦", "ds"), ("会计", "kj"),
    ("欧阳", "oy"),
    ("单县", "sx"), ("曾氏", "zs"), ("音乐", "yy"), ("盛大", "sd"), ("调研", "dy"), ("学校", "xx"),
  ])
  func amongVariants(text: String, initials: String) {
    #expect(Pinyin.initials(of: text).contains(initials))
  }

  @Test func variantsAreBoundedAndDistinct() {
    let variants = Pinyin.initials(of: String(repeating: "长行重乐", count: 500))
    #expect(variants.count == 4)
    #expect(Set(variants).count == 4)
    #expect(variants.allSatisfy { $0.count == 2000 })
  }
}
