import Domain
import Services
import Storage

/// Problems of both tracks, each taken to a state of its own by the rules.
struct PagePlay {
  let city: PageCity
  let enterprises: [(id: EnterpriseID, name: String)]

  private static let titles = [
    "贷款到期难以续贷", "厂区变压器容量不足", "村东机井水泵损坏，麦田无法浇灌", "村口桥面塌陷，校车绕行六公里",
    "用工缺口一百二十人，招不到熟练工", "主街八百米没有照明，老人夜间出行不便", "环评手续办理时间长",
    "排水管网堵塞，雨后积水三天不退",
  ]

  /// Of a hundred problems under way how many end up where.
  private static let ends: [(count: Int, end: End)] = [
    (10, .registered), (5, .declined), (8, .judged), (12, .assigned), (8, .acknowledged),
    (15, .inProgress), (4, .suspended), (4, .extensionAsked), (8, .claimed), (8, .verified),
    (12, .closed), (3, .shelved), (3, .referred),
  ]
  private enum End {
    case registered, declined, judged, assigned, acknowledged, inProgress, suspended
    case extensionAsked, claimed, verified, closed, shelved, referred
  }

  private func registration(_ index: Int, foundOn day: Day) -> ProblemEvent.Registered {
    let title = "\(Self.titles[index % Self.titles.count])（\(index)）"
    let detail = "已向有关部门反映，尚未解决，请予协调。"
    if index % 2 == 0 {
      let firm = enterprises[index * 7 % enterprises.count]
      return .init(
        track: .enterprise, title: title, detail: detail, concernsEnterprise: firm.id,
        concerns: firm.name, foundOn: day)
    }
    let village = city.villages[index * 7 % city.villages.count]
    return .init(
      track: .village, title: title, detail: detail, concernsUnit: village.id,
      concerns: village.path, foundOn: day)
  }

  private func category(_ track: Track, _ index: Int) -> String {
    track == .enterprise
      ? ["finance", "land", "labour", "permits"][index % 4]
      : ["infrastructure", "safety", "disputes"][index % 3]
  }

  private func department(_ index: Int) -> UnitID {
    city.departments[index * 13 % city.departments.count].id
  }

  /// One that earlier records tell of, closed before a day.
  func past(_ index: Int, before day: Day) -> ProblemHistory.New {
    let found = day + -(30 + index % 600)
    let event = registration(index, foundOn: found)
    var past = ProblemEvent.TakenOver()
    past.category = category(event.track, index)
    past.unit = department(index)
    (past.judgedOn, past.assignedOn) = (found + 1, found + 1)
    (past.dueOn, past.claimedOn, past.closedOn) = (found + 8, found + 6, found + 9)
    (past.outcome, past.rating) = (.solved, .satisfied)
    return .init(event: event, past: past, importKey: nil)
  }

  /// One that goes through the loop to where it stands now.
  func live(
    _ index: Int, from start: Instant, until now: Instant, _ platform: Platform,
    in connection: any Connection
  ) throws {
    let rules = try platform.loop(in: connection)
    let actor = Bench.office.actor
    var event = registration(index, foundOn: start.day)
    event.number = try ProblemHistory.nextNumber(in: connection)
    var history = try ProblemHistory.register(
      event, at: start, by: actor, rules, in: connection)
    var at = start
    for step in steps(index, event.track) {
      at = min(now, at + 7200)
      guard let command = step(history.problem, at.day) else { continue }
      let surroundings = try platform.surroundings(of: event.track, at: at, in: connection)
      let events = try history.problem.decide(command, by: .system, in: surroundings)
      try history.record(events, at: at, by: actor, rules, in: connection)
    }
  }

  private typealias Step = (Problem, Day) -> ProblemCommand?

  private func end(_ index: Int) -> End {
    var place = index * 37 % 100
    for (count, end) in Self.ends {
      if place < count { return end }
      place -= count
    }
    return .registered
  }

  private func steps(_ index: Int, _ track: Track) -> [Step] {
    let judge: Step = { _, _ in
      .judge(
        category: category(track, index), difficulty: index % 5 == 0 ? .complex : .general,
        tier: "", note: "情况属实")
    }
    let assign: Step = { _, _ in
      .assign(.init(lead: .init(unit: department(index), isTownship: false), note: "请按期办理"))
    }
    let acknowledge: Step = { _, _ in .acknowledge(leg: nil) }
    let feedback: Step = { _, _ in .feedback(leg: nil, text: "已到现场查看，制定方案。") }
    // The second line of a village's problem reports first.
    let answer: Step = { problem, _ in
      problem.round?.openLegs.first { $0.role == .official }.map {
        .answer(leg: $0.number, text: "已与村里核实。")
      }
    }
    let claim: Step = { _, _ in .claim(outcome: .solved, result: "已解决。", evidence: "照片 3 张") }
    let verify: Step = { _, _ in .verify(passed: true, text: "属实") }
    let worked = [judge, assign, acknowledge, feedback]
    switch end(index) {
    case .registered: return []
    case .declined: return [{ _, _ in .decline(reason: "不属于受理范围", instead: "可向法院起诉") }]
    case .judged: return [judge]
    case .assigned: return [judge, assign]
    case .acknowledged: return [judge, assign, acknowledge]
    case .inProgress: return worked
    case .suspended: return worked + [{ _, _ in .suspend(leg: nil, text: "等待鉴定", basis: "鉴定期间") }]
    case .extensionAsked:
      return worked + [
        { problem, day in
          .askExtension(
            leg: nil, until: max(day, problem.round?.lead?.finalDue?.day ?? day) + 5,
            text: "需要招标")
        }
      ]
    case .claimed: return worked + [answer, claim]
    case .verified: return worked + [answer, claim, verify]
    case .closed:
      return worked + [
        answer, claim, verify, { _, _ in .evaluate(rating: .satisfied, text: "") },
        { _, _ in .close },
      ]
    case .shelved:
      return [judge, { _, day in .shelve(.funds, text: "资金不足", reviewOn: day + 90) }]
    case .referred: return [judge, { _, _ in .refer(.legal, to: "基准市法院", text: "依法处理") }]
    }
  }
}
