import Cryptography
import Domain
import HTTP
import HTTPTypes
import Hummingbird
import Services
import Storage
import TestSupport
import Testing
import Web

/// Two counties side by side: 清河县, where somebody of each role works, and 清江县, of which only those who
/// see the whole city may see anything.
struct RightsWorld {
  let test: TestPlatform
  let accounts: [Role: Account]
  /// A village's problem of ours, in which handler and official have a leg.
  let problem: ProblemID
  /// A problem of ours, of the enterprise.
  let ofEnterprise: ProblemID
  let doors: [Doors.Door]
  /// Every route there is, the machines' and the assets' included.
  let routes: [(method: HTTPRequest.Method, path: String)]
  private let browser: Browser
  private let files: ScratchFolder

  /// What stands in the name of everything in the other county.
  static let foreignMark = "清江"

  init(_ test: TestPlatform) async throws {
    self.test = test
    files = ScratchFolder()
    browser = try Browser(test.platform, files: files.path)
    let site = try Browser.site(test.platform).makeDoors()
    doors = site.all
    // The router writes {id} what an address of ours writes :id.
    routes = site.router.routes.map {
      ($0.method, "\($0.path)".replacing("{", with: ":").replacing("}", with: ""))
    }
    try await Self.importRegisters(test)
    let officials = try await Self.ids("officials", "李援", test).map { OfficialID($0) }
    let firm = try await Self.ids("enterprises", "清河机械有限公司", test).map { EnterpriseID($0) }
    var accounts: [Role: Account] = [:]
    for role in Role.allCases {
      switch role.link {
      case .unit(.county): accounts[role] = try await test.account(role, unit: "示例市/清河县")
      case .unit(.village): accounts[role] = try await test.account(role, unit: "河湾村")
      case .unit: accounts[role] = try await test.account(role, unit: "清河县水利局")
      case .official: accounts[role] = try await test.account(role, official: officials[0])
      case .enterprise: accounts[role] = try await test.account(role, enterprise: firm[0])
      case nil: accounts[role] = try await test.account(role)
      }
    }
    self.accounts = accounts
    // Administrators have set their second factor up.
    try await test.platform.database.write { connection in
      try connection.run("update accounts set second_factor_at = created_at", [])
    }
    let office = accounts[.office]!
    problem = try await Self.register("village", "河湾村", by: office, test)
    try await Self.assign(
      problem, .init(unit: "清河县水利局", official: officials[0]), by: office, test)
    ofEnterprise = try await Self.register("enterprise", "清河机械有限公司", by: office, test)
  }

  // MARK: What there is

  private static func importRegisters(_ test: TestPlatform) async throws {
    let files: [(ImportKind, String)] = [
      (.divisions, "code,name\n990122000000,清江县\n990122101000,清江镇\n990122101200,清江村"),
      (.units, "名称,类型,上级\n清江县水利局,部门,示例市/清江县"),
      (
        .officials,
        """
        姓名,单位,轨道,手机
        李援,清河县水利局,联乡帮村,13900000001
        清江干部,清江县水利局,联乡帮村,13900000002
        """
      ),
      (
        .enterprises,
        "企业名称,县区,联系人,联系电话\n清河机械有限公司,示例市/清河县,王五,13800000001\n清江机械有限公司,示例市/清江县,赵六,13800000002"
      ),
    ]
    for (kind, text) in files {
      let report = try await test.importRows(kind, text)
      #expect(report.isSaved, "\(kind): \(report.codes)")
    }
  }

  private static func ids(
    _ table: String, _ name: String, _ test: TestPlatform
  ) async throws -> [Int64] {
    // Names of persons are sealed: an official is found by the unit.
    let condition =
      table == "officials" ? "unit_id = (select id from units where name = ?1)" : "name = ?1"
    let value = table == "officials" ? (name == "李援" ? "清河县水利局" : "清江县水利局") : name
    return try await test.platform.database.read { connection in
      try connection.rows("select id from \(table) where \(condition)", [value]) { try $0.int(0) }
    }
  }

  private static func register(
    _ track: String, _ concerns: String, by account: Account, _ test: TestPlatform
  ) async throws -> ProblemID {
    try await RegisterProblem(test.platform)(
      Registration(
        track: track, title: "\(concerns)的问题", detail: "", concerns: concerns, foundOn: ""),
      by: account)
  }

  private static func assign(
    _ id: ProblemID, _ request: ActOnProblem.AssignRequest, by office: Account, _ test: TestPlatform
  ) async throws {
    let judge = ActOnProblem.Request.command(
      .judge(category: "infrastructure", difficulty: .general, tier: "", note: ""))
    for request in [judge, .assign(request)] {
      _ = try await ActOnProblem(test.platform)(request, on: id, seen: nil, by: office)
    }
  }

  /// What an address of the other county's objects is made with, by its first segment.
  func foreign() async throws -> [String: String] {
    let (office, test) = (accounts[.office]!, test)
    let problem = try await Self.register("village", "示例市/清江县/清江镇/清江村", by: office, test)
    try await Self.assign(problem, .init(unit: "清江县水利局"), by: office, test)
    var filter = OrderFilter()
    filter.problem = problem
    let orders = try await ListOrders(test.platform)(filter, before: nil, for: office).items
    let unit = try await FindUnit(test.platform)("示例市/清江县")
    let official = try await Self.ids("officials", "清江干部", test)[0]
    let enterprise = try await Self.ids("enterprises", "清江机械有限公司", test)[0]
    let store = AttachmentStore(folder: files.path, vault: test.platform.vault)
    let file = try await AddAttachment(test.platform, store)(
      Array("%PDF-1.4\n%%EOF\n".utf8), name: "清江.pdf", to: problem, by: office)
    var draft = VisitDraft()
    (draft.day, draft.kind, draft.purpose) = (test.platform.now().day.description, "call", "清江的事")
    draft.unit = "清江县水利局"
    let visit = try await PlanVisit(test.platform)(
      draft, to: EnterpriseID(enterprise), by: office)
    var robot = KeepRobots.Form()
    (robot.name, robot.address, robot.kinds) = ("清江群", "https://robot.test/", [.registered])
    let service = try await MakeServiceAccount(test.platform)(name: "清江系统", by: office)
    let robotID = try await KeepRobots(test.platform).make(robot, language: "zh", by: office)
    let hook = try await CreateWebhook(test.platform)(
      .init(name: "清江钩子", address: "https://hooks.example/a", kinds: nil),
      by: office
    ).id
    return [
      "account": String(service.value),
      "messages": robotID.description, "webhooks": hook.description, "visits": visit.description,
      "sheets": try await foreignSheet(),
      "attachments": String(file.id.value), "problems": String(problem.value),
      "my": String(problem.value),
      "units": String(unit.value), "imports": try await importJob(),
      "orders": try #require(orders.first).id.description, "officials": String(official),
      "enterprises": String(enterprise), "reports": "", "kind": "weekly",
      "subject": "unit-\(unit)", "period": "2026-11-16", "section": "plans",
    ]
  }

  /// A sheet of departments, shown to those on it, of which 清河县 has none.
  private func foreignSheet() async throws -> String {
    _ = try await test.importRows(.units, "名称,类型,上级\n清江河管理局,部门,示例市")
    try await test.platform.database.write { connection in
      _ = try connection.run("update units set valid_from = 0 where name = '清江河管理局'")
    }
    let office = accounts[.office]!
    let month = SheetMonth(of: test.platform.now().day).previous
    let id = try await DraftSheet(test.platform)(.department, month, by: office)
    try await ActOnSheet(test.platform).preview(id, by: office)
    return id.description
  }

  /// The number of an import that the office runs.
  private func importJob() async throws -> String {
    let session = try await signIn(.office)
    let mark = "rights"
    func part(_ head: String, _ text: String) -> String {
      "--\(mark)\r\nContent-Disposition: form-data; \(head)\r\n\r\n\(text)\r\n"
    }
    let body =
      part("name=\"form_token\"", session.formToken) + part("name=\"kind\"", "units")
      + part("name=\"file\"; filename=\"units.csv\"", "名称,类型,上级\n清江办,部门,示例市/清江县")
      + "--\(mark)--\r\n"
    let page = try await browser.send(
      .post, "/imports", body: body,
      headers: [.contentType: "multipart/form-data; boundary=\(mark)"])
    return try #require(page.location.split(separator: "/").last.map { String($0) })
  }

  // MARK: Asking

  /// A session of somebody's, in the browser.
  private func signIn(_ role: Role?) async throws -> SecretToken {
    let session = SecretToken.random()
    if let account = role.flatMap({ accounts[$0] }) {
      let now = test.platform.now()
      try await test.platform.database.write { connection in
        try SessionRows.open(
          session, for: account.id, on: .unknown, hasCode: true, now: now, expires: now + 3600,
          in: connection)
      }
    }
    browser.cookies = ["lianbang_session": session.text]
    return session
  }

  /// Somebody's browser asks, with a session of its own: what one request does to a session touches no
  /// other.
  /// - Parameter role: nil for somebody who is not signed in.
  func ask(
    _ method: HTTPRequest.Method, _ path: String, as role: Role?, _ fields: [String: String] = [:]
  ) async throws -> Browser.Page {
    let session = try await signIn(role)
    if method == .get { return try await browser.get(path) }
    return try await browser.post(
      path, fields.merging([FormData.tokenField: session.formToken]) { $1 })
  }

  /// The numbers of an account's sessions.
  func sessions(of role: Role) async throws -> [Int64] {
    try await OwnSessions(test.platform).list(of: accounts[role]!).map(\.id)
  }

  /// A new token of an account's.
  func token(of role: Role) async throws -> Int64 {
    let order = MakeToken.Order(
      name: "脚本", days: 1, scopes: [TokenScope(.problems, writes: false)])
    return try await MakeToken(test.platform)(order, for: accounts[role]!.id).id
  }

  /// An account's tokens that are good.
  func tokens(of role: Role) async throws -> [Int64] {
    try await ListTokens(test.platform)(of: accounts[role]!).filter {
      $0.isOpen(test.platform.now())
    }.map(\.id)
  }

  /// An account's saved views, and whether each is the one its list opens with.
  func views(of role: Role) async throws -> [Int64: Bool] {
    let account = accounts[role]!.id
    let views = try await test.platform.database.read { connection in
      try connection.rows(
        "select id, is_default from saved_views where account_id = ?1", [account]
      ) { (try $0.int(0), try $0.int(1) == 1) }
    }
    return Dictionary(uniqueKeysWithValues: views)
  }

  func version(of id: ProblemID) async throws -> String {
    try await test.platform.database.read {
      String(try ProblemHistory.load(id, in: $0)!.problem.version)
    }
  }
}

extension Browser.Page {
  var leadsToSignIn: Bool { status == 303 && location.split(separator: "?").first == "/sign-in" }
}
