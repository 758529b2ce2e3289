import Domain
import Foundation
import Testing

@Suite struct WordTableTests {
  private let tables: WordTables

  init() throws {
    tables = try JSONDecoder().decode(WordTables.self, from: resource("words.json"))
  }

  @Test(arguments: [
    (WordTopic.rank, "正县级", "county"), (.rank, "副科", "section"), (.rank, " 正 厅级", "bureau"),
    (.rank, "二级巡视员", "bureau"), (.rank, "四级调研员", "county"), (.rank, "一级主任科员", "section"),
    (.rank, "科员", "other"), (.rank, "county", "county"), (.scale, "微型", "micro"),
    (.statisticalKind, "规上工业", "industry"), (.statisticalKind, "限上商贸", "trade"),
    (.statisticalKind, "资质等级建筑业", "construction"), (.statisticalKind, "房地产开发经营业", "real_estate"),
    (.statisticalKind, "规模以上服务业", "services"), (.enterpriseStatus, "存续", "normal"),
    (.enterpriseStatus, "吊销", "deregistered"), (.villageKind, "居委会", "community"),
    (.villageKind, "街道办事处", "street"), (.track, "联乡帮村", "village"), (.track, "双轨", "both"),
    (.yesNo, "√", "yes"), (.yesNo, "Ｙ", "yes"), (.yesNo, "TRUE", "yes"), (.yesNo, " ", "no"),
    (.yesNo, "×", "no"), (.unitKind, "局", "department"), (.unitKind, "专班", "taskforce"),
    (.unitKind, "工作组", "working_group"), (.enterpriseCategory, "资金", "finance"),
    (.enterpriseCategory, "用电（水气热）", "utilities"), (.enterpriseCategory, "招工", "labour"),
    (.villageCategory, "安全生产", "safety"), (.enterpriseCategory, "安全生产", "environment_safety"),
  ])
  func known(topic: WordTopic, word: String, code: String) {
    #expect(tables[topic].code(word) == code)
  }

  @Test(arguments: WordTopic.allCases)
  func everyTopicHasWordsAndNoneAnswersAnything(topic: WordTopic) {
    #expect(tables[topic] != WordTable())
    #expect(tables[topic].code("无此词语") == nil)
  }

  @Test func unitKindsAreTheDomains() {
    for kind in UnitKind.allCases {
      #expect(tables[.unitKind].code(kind.rawValue) == kind.rawValue)
    }
  }

  @Test func everyCategoryHasItsNameAndCode() throws {
    struct Category: Decodable {
      let track: String
      let code: String
      let zh: String
    }
    // Absent where the floor is built alone.
    guard let data = try? resource("categories.json") else { return }
    for category in try JSONDecoder().decode([Category].self, from: data) {
      let topic: WordTopic =
        category.track == "enterprise" ? .enterpriseCategory : .villageCategory
      #expect(tables[topic].code(category.zh) == category.code)
      #expect(tables[topic].code(category.code) == category.code)
    }
  }

  @Test func aTableIsExtendedAndTheExtensionWins() throws {
    let own = try WordTable(["county": ["县太爷"], "section": ["副县级"]])
    let table = tables[.rank].extended(by: own)
    #expect(table.code("县太爷") == "county")
    #expect(table.code("副县级") == "section")
    #expect(table.code("正县级") == "county")
    #expect(tables[.rank].code("县太爷") == nil)
  }

  @Test func oneWordForTwoCodesIsRefused() {
    #expect(throws: WordTableFault.ambiguous("Ａ 1")) { try WordTable(["x": ["a1"], "y": ["Ａ 1"]]) }
  }
}
