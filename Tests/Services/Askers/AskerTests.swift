import Domain
import Services
import Storage
import TestSupport
import Testing

/// What enterprises and villages may do with problems that concern them, and with nobody else's.
@Suite struct AskerTests {
  /// Two enterprises of the sample county, of which the first has a problem, and their accounts.
  private struct Firms {
    let desk: LoopDesk
    let mill: Account
    let other: Account
    let problem: ProblemID

    init(_ desk: LoopDesk) async throws {
      self.desk = desk
      try await desk.test.importRows(
        .enterprises,
        """
        企业名称,县区,联系人,联系电话
        清河县示例面粉厂,清河县,王五,13900000001
        清河县示例纸厂,清河县,赵六,13900000002
        """)
      var accounts: [Account] = []
      for name in ["清河县示例面粉厂", "清河县示例纸厂"] {
        let enterprise = try await desk.platform.database.read {
          try EnterpriseRows.only(named: name, in: $0)
        }
        let person = try await desk.test.account(.official, official: desk.official)
        accounts.append(
          Account(
            id: person.id, username: person.username, name: "企业", role: .enterprise, unit: nil,
            enterprise: enterprise))
        #expect(enterprise != nil)
      }
      (mill, other) = (accounts[0], accounts[1])
      problem = try await desk.claimed().id
    }

    func problemNow() async throws -> Problem { try await desk.load(problem) }
  }

  private func run(
    on engine: Engine, _ body: (Firms) async throws -> Void
  ) async throws {
    try await LoopDesk.run(on: engine) { try await body(Firms($0)) }
  }

  @Test(arguments: Engine.available)
  func anEnterpriseRatesItsOwnOnce(engine: Engine) async throws {
    try await run(on: engine) { firms in
      let rate = EvaluateOwnProblem(firms.desk.platform)
      // Not before it was checked, nobody else's, and no other role.
      await #expect(throws: UseCaseError.self) {
        try await rate(firms.problem, rating: .satisfied, text: "", by: firms.mill)
      }
      _ = try await firms.desk.verify(firms.problemNow())
      for account in [firms.other, firms.desk.account(.water), firms.desk.account(.office)] {
        await #expect(throws: UseCaseError.self) {
          try await rate(firms.problem, rating: .satisfied, text: "", by: account)
        }
      }
      let own = try await ShowOwnProblem(firms.desk.platform)(firms.problem, for: firms.mill)
      #expect(own.rateUntil != nil)
      let link = try await IssueEvaluationLink(firms.desk.platform)(
        firms.problem, by: firms.desk.account(.director))
      try await rate(firms.problem, rating: .basicallySatisfied, text: "好", by: firms.mill)
      let rated = try await firms.problemNow()
      #expect(rated.state == .evaluated && rated.round?.rating == .basicallySatisfied)
      // One rating a round, whichever way it came.
      await #expect(throws: UseCaseError.self) {
        try await rate(firms.problem, rating: .dissatisfied, text: "", by: firms.mill)
      }
      await #expect(throws: UseCaseError.self) {
        try await EvaluateProblem(firms.desk.platform)(link, rating: .dissatisfied, text: "")
      }
      // Handlers read that it moved on, not what was said.
      let handlers = try await ShowProblem(firms.desk.platform)(
        firms.problem, for: firms.desk.account(.water))
      #expect(handlers.problem.round?.rating == nil)
      #expect(!handlers.steps.contains { if case .evaluated = $0.event { true } else { false } })
    }
  }

  @Test(arguments: Engine.available)
  func afterTheWindowNobodyRates(engine: Engine) async throws {
    try await run(on: engine) { firms in
      _ = try await firms.desk.verify(firms.problemNow())
      firms.desk.test.advance(days: 30)
      let own = try await ShowOwnProblem(firms.desk.platform)(firms.problem, for: firms.mill)
      #expect(own.rateUntil == nil)
      await #expect(throws: UseCaseError.self) {
        try await EvaluateOwnProblem(firms.desk.platform)(
          firms.problem, rating: .satisfied, text: "", by: firms.mill)
      }
    }
  }

  @Test(arguments: Engine.available)
  func askersAddToTheirOwn(engine: Engine) async throws {
    try await run(on: engine) { firms in
      let add = SupplementProblem(firms.desk.platform)
      try await add(firms.problem, text: " 水泵又响了 ", by: firms.mill)
      let last = try #require(try await firms.desk.steps(firms.problem).last)
      #expect(last.event == .supplemented(.init(text: "水泵又响了")))
      #expect(last.actor == firms.mill.actor)
      for (account, text) in [
        (firms.mill, " "), (firms.other, "别人的"), (firms.desk.account(.water), "承办"),
      ] {
        await #expect(throws: UseCaseError.self) {
          try await add(firms.problem, text: text, by: account)
        }
      }
      #expect(try await ReplayLedger(firms.desk.platform)().differences == [])
    }
  }

  @Test(arguments: Engine.available)
  func anEnterpriseKeepsItsOwnContact(engine: Engine) async throws {
    try await run(on: engine) { firms in
      let keep = KeepContacts(firms.desk.platform)
      #expect(try await keep.contact(for: firms.mill)?.name == "王五")
      let masked = try await ShowAsker(firms.desk.platform)(
        firms.problem, for: firms.desk.account(.office))
      #expect(masked?.name == "王*" && masked?.phone == "139****0001")
      #expect(try await keep(name: "王五", post: "厂长", phone: "139 0000 0009", by: firms.mill))
      #expect(
        try await keep(name: "王五", post: "厂长", phone: "13900000009", by: firms.mill) == false)
      // Somebody else gets an entry of their own.
      #expect(try await keep(name: "孙七", post: "", phone: "0374-2960000", by: firms.mill))
      let contact = try #require(try await keep.contact(for: firms.mill))
      #expect(contact.name == "孙七" && contact.phone?.text == "03742960000")
      let kept = try await firms.desk.platform.database.read { connection in
        try connection.rows("select status from contacts order by id") { try $0.text(0) }
      }
      #expect(kept.sorted() == ["current", "current", "former"])
      #expect(try await keep.contact(for: firms.other)?.name == "赵六")
      await #expect(throws: UseCaseError.self) {
        try await keep.contact(for: firms.desk.account(.office))
      }
      #expect(try await ReplayLedger(firms.desk.platform)().differences == [])
    }
  }

  @Test(arguments: [
    ("", "13900000001", [ContactFault.nameMissing]), ("王五", "", [.phoneMissing]),
    ("王五", "12345", [.badPhone]), (" ", "x", [.nameMissing, .badPhone]),
    (String(repeating: "长", count: 300), "13900000001", [.tooLong]),
    ("王五", "+86 139-0000-0001", []),
  ])
  func contactsAreChecked(name: String, phone: String, faults: [ContactFault]) {
    let checked = Contact.check(
      of: .enterprise(EnterpriseID(1)), name: name, post: "", phone: phone)
    #expect(checked.faults == faults && (checked.contact == nil) == !faults.isEmpty)
  }
}
