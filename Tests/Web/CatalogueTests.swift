import Domain
import Foundation
import HTTP
import Language
import Services
import Storage
import TestSupport
import Testing
import Web

@Suite struct CatalogueTests {
  private let resources = TestPlatform.root + "/Resources"

  private func catalogue(_ language: Language) throws -> Catalogue {
    try Catalogue(language, resources: resources)
  }

  @Test func bothLanguagesHaveTheSameKeysAndArguments() throws {
    let (zh, en) = (try catalogue(.zh), try catalogue(.en))
    #expect(zh.keys.symmetricDifference(en.keys).sorted() == [])
    for key in zh.keys where arguments(zh.text(key)) != arguments(en.text(key)) {
      Issue.record("\(key): other arguments in English")
    }
    // There is nothing to do about some diagnostics.
    for key in en.keys where !key.hasPrefix("import.advice.") {
      if en.text(key).isEmpty || zh.text(key).isEmpty { Issue.record("\(key) is empty") }
    }
  }

  private func arguments(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().map {
        String($0.prefix { $0 != "}" })
      })
  }

  /// Texts that code asks for by a value's name.
  @Test func everyValueHasItsText() throws {
    let zh = try catalogue(.zh)
    var keys: [String] = []
    keys += ProblemState.allCases.map { "state.\($0.rawValue)" }
    keys += Difficulty.allCases.map { "difficulty.\($0.rawValue)" }
    keys += Outcome.allCases.map { "outcome.\($0.rawValue)" }
    keys += Rating.allCases.map { "rating.\($0.rawValue)" }
    keys += MilestoneKind.allCases.flatMap {
      ["milestone.\($0.rawValue)", "due.kind.\($0.rawValue)"]
    }
    keys += ClockStep.codes.map { "due.step.\($0)" }
    keys += ClockRule.Origin.allCases.map { "due.from.\($0.rawValue)" }
    keys += UnitKind.allCases.map { "kind.\($0.rawValue)" }
    keys += UnitLevel.allCases.map { "level.\($0.rawValue)" }
    for action in ProblemAction.allCases where action.hasForm {
      keys += ["action.\(action.rawValue)", "action.\(action.rawValue).hint"]
      for field in action.fields {
        keys += [field.label] + [field.hint].compactMap { $0 }
        if field.name == "yes" {
          keys += ["yes", "no"].map { "finding.\(action.rawValue).\($0)" }
        }
      }
    }
    keys += ProblemEventCodec.kinds.map { "event.\($0)" }
    keys += LegRole.allCases.map { "leg_role.\($0.rawValue)" }
    keys += Withdrawal.allCases.map { "withdrawal.\($0.rawValue)" }
    keys += ShelvingReason.allCases.map { "shelving_reason.\($0.rawValue)" }
    keys += Lane.allCases.map { "lane.\($0.rawValue)" }
    keys += OrderKind.allCases.map { "order.kind.\($0.rawValue)" }
    keys += OrderState.allCases.map { "order.state.\($0.rawValue)" }
    keys += Problem.Task.Kind.allCases.map { "task.\($0.rawValue)" }
    keys += Notice.Kind.allCases.map { "notice.\($0.rawValue)" }
    keys += Notice.Mode.allCases.map { "notice.mode.\($0.rawValue)" }
    keys += Robot.kinds.map { "message.kind.\($0.rawValue)" }
    keys += MessageChannel.allCases.map { "message.channel.\($0.rawValue)" }
    keys += Robot.Kind.allCases.map { "messages.robot.\($0.rawValue)" }
    keys += Robot.Fault.allCases.map { "messages.fault.\($0.rawValue)" }
    keys += ["active", "paused"].map { "messages.state.\($0)" }
    keys += KeepRobots.Step.allCases.map { "messages.step.\($0.rawValue)" }
    keys += MessageList.Part.allCases.map { "messages.part.\($0.rawValue)" }
    keys += [
      "subject", "subject.one", "head", "group", "line", "line.count", "problem", "rest", "open",
      "open.plain", "footer", "trial",
    ].map { "message.\($0)" }
    keys += ProblemState.allCases.flatMap {
      ["own.state.\($0.rawValue)", "own.next.\($0.rawValue)"]
    }
    keys += ContactFault.allCases.map { "contact.fault.\($0.rawValue)" }
    keys += [
      Rung.Cause.yellow, .missed, .urged, .tierOver, .reviewDue, .dissatisfied, .lookBackFailed,
    ].map { "cause.\($0.rawValue)" }
    keys += Problem.Refusal.allCases.map { "refusal.\($0.rawValue)" }
    keys += Registration.Fault.Code.allCases.map { "fault.\($0.rawValue)" }
    keys += Role.allCases.flatMap { ["role.\($0.rawValue)", "role.hint.\($0.rawValue)"] }
    keys += Right.allCases.map {
      if case .act = $0 { "action.\($0.name)" } else { "right.\($0.name)" }
    }
    keys += Reach.allCases.flatMap { ["reach.\($0.rawValue)", "reach.hint.\($0.rawValue)"] }
    keys += AccountRefusal.allCases.map { "account.refusal.\($0.rawValue)" }
    keys += AccountRows.Filter.State.allCases.map { "account.state.\($0.rawValue)" }
    keys += GrantKind.allCases.flatMap {
      ["grant.kind.\($0.rawValue)", "account.waits.\($0.rawValue)"]
    }
    keys += TokenRefusal.allCases.map { "token.refusal.\($0.rawValue)" }
    keys += APIArea.allCases.map { "token.area.\($0.rawValue)" }
    keys += ["good", "over", "revoked"].map { "token.state.\($0)" }
    keys += Device.Browser.allCases.map { "device.browser.\($0.rawValue)" }
    keys += Device.System.allCases.map { "device.system.\($0.rawValue)" }
    keys += AuditRows.Sort.allCases.map { "audit.sort.\($0.rawValue)" }
    keys += AccountEvents.Kind.allCases.map { "audit.kind.\($0.rawValue)" }
    keys += CredentialFault.allCases.map { "credentials.\($0.rawValue)" }
    keys += Diagnostic.Code.allCases.flatMap {
      ["import.\($0.rawValue)", "import.advice.\($0.rawValue)"]
    }
    keys += Diagnostic.Severity.allCases.map { "import.severity.\($0.rawValue)" }
    keys += Reorganisation.Refusal.allCases.map { "unit.refusal.\($0.rawValue)" }
    keys += DivisionChanges.Ground.allCases.map { "divisions.ground.\($0.rawValue)" }
    keys += Enterprise.MergeRefusal.allCases.map { "enterprise.refusal.\($0.rawValue)" }
    keys += AttachmentRefusal.allCases.map { "attachment.refusal.\($0.rawValue)" }
    keys += LookBackRefusal.allCases.map { "look_back.refusal.\($0.rawValue)" }
    keys += VerifyLookBack.Finding.allCases.map { "look_back.finding.\($0.rawValue)" }
    keys += SheetKind.allCases.map { "sheet.kind.\($0.rawValue)" }
    keys += SheetState.allCases.map { "sheet.state.\($0.rawValue)" }
    keys += SheetAction.allCases.flatMap {
      ["sheet.action.\($0.rawValue)", "sheet.will.\($0.rawValue)"]
    }
    keys += CommentSheet.Refusal.allCases.map { "sheet.refusal.\($0.rawValue)" }
    keys += VerifySheet.Finding.allCases.map { "sheet.finding.\($0.rawValue)" }
    keys += SearchKind.allCases.map { "search.\($0.rawValue)" }
    keys += OfficialRank.allCases.map { "rank.\($0.rawValue)" }
    keys += OfficialTrack.allCases.map { "official_track.\($0.rawValue)" }
    keys += OfficialStatus.allCases.map { "official_status.\($0.rawValue)" }
    keys += ContactStatus.allCases.map { "contact_status.\($0.rawValue)" }
    keys += StatisticalKind.allCases.map { "statistical_kind.\($0.rawValue)" }
    keys += EnterpriseScale.allCases.map { "scale.\($0.rawValue)" }
    keys += EnterpriseStatus.allCases.map { "enterprise_status.\($0.rawValue)" }
    keys += WhiteListLevel.allCases.map { "white_list_level.\($0.rawValue)" }
    keys += VillageKind.allCases.map { "village_kind.\($0.rawValue)" }
    keys += ImportKind.allCases.map { "imports.kind.\($0.rawValue)" }
    keys += ExportKind.allCases.map { "export.name.\($0.rawValue)" }
    keys += ImportJobRefusal.allCases.map { "imports.refusal.\($0.rawValue)" }
    keys += Visit.Kind.allCases.map { "visit.kind.\($0.rawValue)" }
    keys += Visit.Status.allCases.map { "visit.status.\($0.rawValue)" }
    keys += VisitDate.Part.allCases.map { "visit.part.\($0.rawValue)" }
    keys += VisitAction.allCases.flatMap {
      ["visit.action.\($0.rawValue)", "visit.will.\($0.rawValue)"]
    }
    keys += OutlineFault.Code.allCases.map { "outline.fault.\($0.rawValue)" }
    keys += VisitRefusal.allCases.map { "visit.refusal.\($0.rawValue)" }
    keys += (["added", "followed", "handed_over"] + VisitAction.allCases.map(\.rawValue)).map {
      "story.visit.\($0)"
    }
    let silent = ["enterprise_id", "official_id", "joined_into", "asked", "moves"]
    keys += VisitRows.register.columns.map(\.name).filter { !silent.contains($0) }
      .map { "register_field.\($0)" }
    let registers = [
      OfficialRows.register, EnterpriseRows.register, ContactRows.register,
      WhiteListRows.register, VillageRows.register,
    ]
    keys += registers.flatMap { register in
      register.columns.map(\.name).filter { !["person_id", "enterprise_id"].contains($0) }
        .map { register.stream == "white_list" && $0 == "level" ? "white_list_level" : $0 }
        .map { "register_field.\($0)" }
        + ["added", "changed"].map { "story.\(register.stream).\($0)" }
    }
    keys += OrderKind.allCases.flatMap {
      ["order.heading.\($0.rawValue)", "order.opening.\($0.rawValue)"]
    }
    keys += Order.Refusal.allCases.map { "order.refusal.\($0.rawValue)" }
    keys += OrderContent.Cause.allCases.map { "order.cause.\($0.rawValue)" }
    keys += OrderContent.LegPart.allCases.map { "order.part.\($0.rawValue)" }
    keys += OrderContent.Figure.Code.allCases.flatMap {
      ["order.figure.\($0.rawValue)", "order.figure.\($0.rawValue).one"]
    }
    keys += ReviewDecision.allCases.map { "order.notice.\($0.rawValue)" }
    keys += OrderAction.allCases.flatMap {
      ["order.action.\($0.rawValue)", "order.will.\($0.rawValue)"]
    }
    keys += [
      Rung.Cause.yellow, .missed, .urged, .tierOver, .reviewDue, .dissatisfied, .lookBackFailed,
    ].map { "rules.on.\($0.rawValue)" }
    keys += [Rung.Deed.remind, .urge, .accountability].map { "rules.act.\($0.rawValue)" }
    keys += Webhook.State.allCases.map { "webhook.state.\($0.rawValue)" }
    keys += Webhook.Reason.allCases.map { "webhook.reason.\($0.rawValue)" }
    keys += WebhookRefusal.allCases.map { "webhook.refusal.\($0.rawValue)" }
    keys += LinkRole.allCases.map { "exchange.role.\($0.rawValue)" }
    keys += LinkState.allCases.map { "exchange.state.\($0.rawValue)" }
    keys += LinkFault.allCases.map { "exchange.stopped_by.\($0.rawValue)" }
    keys += ExchangeEffect.allCases.map { "exchange.effect.\($0.rawValue)" }
    keys += ExchangeStep.allCases.map { "exchange.step.\($0.rawValue)" }
    keys += OfferLink.Fault.allCases.map { "exchange.fault.\($0.rawValue)" }
    keys += ["handed_up", "progressed", "answered", "supplemented", "taken_back"].map {
      "exchange.kind.\($0)"
    }
    keys += DeliveryList.State.allCases.map { "delivery.state.\($0.rawValue)" }
    keys += OrderEventCodec.kinds.map { "order.event.\($0.dropFirst("order.".count))" }
    // The codes of `OutgoingFault`, and what a webhook's owner may not see any more.
    keys += [
      "bad_address", "private_address", "unresolved", "unreachable", "timed_out", "tls",
      "too_large", "broken", "not_visible",
    ].map { "outgoing.fault.\($0)" }
    keys += HelpTopic.allCases.flatMap {
      ["help.title.\($0.rawValue)", "help.text.\($0.rawValue)"]
    }
    keys += HelpTopic.Audience.allCases.map { "help.for.\($0.rawValue)" }
    keys += ProblemState.allCases.map { "definitions.state.\($0.rawValue)" }
    keys += Outcome.allCases.map { "definitions.outcome.\($0.rawValue)" }
    keys += (1...7).map { "weekday.\($0)" } + (1...12).map { "month.\($0)" }
    #expect(keys.filter { !zh.has($0) } == [])
  }

  /// Keys written out in the sources exist, and no text is there for nothing.
  @Test func everyTextIsUsed() throws {
    let zh = try catalogue(.zh)
    var sources = ""
    for folder in ["Sources", "Resources/templates"] {
      let files = FileManager.default.enumerator(atPath: TestPlatform.root + "/" + folder)!
      for case let name as String in files
      where name.hasSuffix(".swift") || name.hasSuffix(".mustache") {
        sources += try String(
          contentsOfFile: TestPlatform.root + "/" + folder + "/" + name, encoding: .utf8)
      }
    }
    // A key is written whole, or put together from a prefix that ends in a dot.
    var whole: Set<Substring> = []
    var prefixes: Set<Substring> = []
    let quoted = sources.utf8.split(
      separator: UInt8(ascii: "\""), omittingEmptySubsequences: false
    ).map { Substring($0) }
    for (before, text) in zip(quoted, quoted.dropFirst()) {
      whole.insert(text)
      if let end = text.utf8.firstIndex(of: UInt8(ascii: "\\")) {
        prefixes.insert(text[..<end])
      } else if before.hasSuffix("named: ") || before.hasSuffix("counted(") {
        prefixes.insert(text + ".")
      }
    }
    for part in sources.utf8.split(separator: UInt8(ascii: "[")) {
      whole.insert(Substring(part.prefix { $0 != UInt8(ascii: "]") }))
    }
    let unused = zh.keys.filter { key in
      if whole.contains(key[...]) { return false }
      return !key.indices.contains { index in
        key[index] == "." && prefixes.contains(key[...index])
      }
    }
    #expect(unused.sorted() == [])
  }

  @Test func everyProcedureHasBothNames() {
    for procedure in TestPlatform.data.procedures.all {
      let names =
        [procedure.zh, procedure.en] + procedure.steps.flatMap { [$0.zh, $0.en] }
        + procedure.tiers.flatMap { [$0.zh, $0.en] }
      #expect(!names.contains(""), "\(procedure.track.rawValue)")
    }
  }

  @Test func everyCategoryHasBothNames() {
    for category in TestPlatform.data.categories where category.zh.isEmpty || category.en.isEmpty {
      Issue.record("\(category)")
    }
    #expect(TestPlatform.data.categories.filter { $0.track == .enterprise }.count == 15)
    #expect(TestPlatform.data.categories.filter { $0.track == .village }.count == 12)
  }
}
