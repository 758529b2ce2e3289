/// Puts a city's names together.
extension DemoCity {
  package init(_ plan: DemoPlan, _ words: DemoCityWords, _ dice: inout Dice) {
    (self.words, self.plan) = (words, plan)
    for name in words.departments + words.furtherDepartments {
      paces[name] = 0.65 + dice.share() * 0.8
    }
    counties = words.counties.map {
      County(
        name: $0.name, short: $0.short, code: $0.code, path: "\(words.city)/\($0.name)",
        pace: $0.pace)
    }
    var names = NameMaker(words, dice.fork())
    addPlaces(&names)
    addEnterprises(&names)
    addOfficials(&names)
  }

  private mutating func addPlaces(_ names: inout NameMaker) {
    let weights = words.counties.map(\.townships)
    let townshipCounts = zip(
      apportion(plan.townships - weights.count, by: weights.map { $0 - 1 }), weights
    ).map { $0.0 + 1 }
    let spare = zip(words.counties, weights).map { $0.villages - 2 * $1 }
    let villageCounts = zip(
      apportion(plan.villages - 2 * plan.townships, by: spare), townshipCounts
    ).map { $0 + 2 * $1 }
    for (county, count) in townshipCounts.enumerated() {
      let first = townships.count
      let streets = words.counties[county].street
      for number in 0..<count {
        let name = names.place(number >= count - min(streets, count) ? "街道办事处" : "镇")
        townships.append(
          Place(
            name: name, path: "\(counties[county].path)/\(name)", county: county,
            pace: counties[county].pace * names.dice.delay(0.95)))
      }
      let parts = apportion(villageCounts[county], by: Array(repeating: 1, count: count))
      for (number, part) in parts.enumerated() {
        let isStreet = number >= count - min(streets, count)
        names.startTownship()
        for _ in 0..<part {
          let name = names.place(isStreet ? "社区" : "村")
          villages.append(
            Village(
              name: name, path: "\(townships[first + number].path)/\(name)", county: county,
              township: first + number, people: names.dice.whole(70...420) * 10,
              contact: names.person()))
        }
      }
    }
  }

  private mutating func addEnterprises(_ names: inout NameMaker) {
    var places: [[Int]] = counties.map { _ in [] }
    for (number, township) in townships.enumerated() { places[township.county].append(number) }
    var keys = 0
    for (wave, part) in plan.enterprises.enumerated() {
      let counts = apportion(part.count, by: words.counties.map(\.enterprises))
      for (county, count) in counts.enumerated() {
        for number in 0..<count {
          let trade = names.dice.pick(words.trades)
          let isKey =
            wave == 0 && number < (count * plan.keyEnterprises + part.count - 1) / part.count
          if isKey { keys += 1 }
          enterprises.append(
            Enterprise(
              name: counties[county].short.prefix(2) + names.firm() + trade.word + "有限公司",
              county: county, township: names.dice.pick(places[county]), trade: trade,
              isKey: isKey,
              scale: isKey ? "大型" : ["中型", "小型", "微型"][names.dice.weighted([25, 60, 15])],
              contact: names.person(), wave: wave))
        }
      }
    }
  }

  private mutating func addOfficials(_ names: inout NameMaker) {
    func department(_ county: Int?, _ number: Int) -> String {
      self.department(departments[number % departments.count], county: county)
    }
    func add(
      _ unit: String, _ track: String, _ rank: String, _ posts: String, _ fields: String,
      isLater: Bool = false
    ) {
      let expertise = names.dice.chance(0.5) ? names.dice.pick(words.expertise[fields] ?? [""]) : ""
      officials.append(
        Official(
          name: names.person(), unit: unit, track: track, rank: rank,
          post: names.dice.pick(words.posts[posts] ?? [""]), expertise: expertise,
          isLater: isLater))
    }
    for _ in 0..<plan.bureau { add(words.city, "双轨", "副厅级", "bureau", "village") }
    for number in 0..<plan.cityCounty {
      add(department(nil, number), "联乡帮村", "县处级", "county", "village")
    }
    let townshipCounts = counties.indices.map { county in
      townships.count { $0.county == county }
    }
    let villageCounts = counties.indices.map { county in villages.count { $0.county == county } }
    let ranked = apportion(plan.countyCounty - plan.townships, by: townshipCounts)
    let sections = apportion(plan.countySection, by: villageCounts)
    for county in counties.indices {
      for _ in 0..<(ranked[county] + townshipCounts[county]) {
        add(counties[county].path, "联乡帮村", "县处级", "leader", "village")
      }
      for number in 0..<sections[county] {
        add(department(county, number), "联乡帮村", "科级", "section", "village")
      }
    }
    for number in 0..<plan.enterpriseCityShare {
      add(department(nil, number + 3), "助企", "科级", "section", "enterprise")
    }
    let helpers = apportion(
      plan.enterpriseOfficials - plan.enterpriseCityShare, by: words.counties.map(\.enterprises))
    for county in counties.indices {
      for number in 0..<helpers[county] {
        add(department(county, number + 5), "助企", "科级", "section", "enterprise")
      }
    }
    for number in 0..<plan.laterOfficials {
      add(department(nil, number), "助企", "其他", "other", "enterprise", isLater: true)
    }
  }
}

/// Makes names that are nobody's: common characters, put together by chance.
struct NameMaker {
  var dice: Dice
  private let words: (surnames: [Character], given: [Character])
  private let places: (first: [Character], second: [Character])
  private let firms: (first: [Character], second: [Character])
  private var usedPlaces: Set<String> = []
  private var usedFirms: Set<String> = []

  init(_ words: DemoCityWords, _ dice: Dice) {
    self.dice = dice
    self.words = (Array(words.surnames), Array(words.given))
    places = (Array(words.placeFirst), Array(words.placeSecond))
    firms = (Array(words.firmFirst), Array(words.firmSecond))
  }

  mutating func person() -> String {
    let name = String(dice.pick(words.surnames)) + String(dice.pick(words.given))
    return dice.chance(0.75) ? name + String(dice.pick(words.given)) : name
  }

  /// Village names are each once in a township only.
  mutating func startTownship() {
    usedPlaces = usedPlaces.filter { !$0.hasSuffix("村") && !$0.hasSuffix("社区") }
  }

  mutating func place(_ kind: String) -> String {
    while true {
      let first = dice.pick(places.first)
      let second = dice.pick(places.second)
      if first == second { continue }
      let name = String(first) + String(second) + kind
      if usedPlaces.insert(name).inserted { return name }
    }
  }

  mutating func firm() -> String {
    while true {
      var name = String(dice.pick(firms.first)) + String(dice.pick(firms.second))
      if dice.chance(0.4) { name += String(dice.pick(firms.second)) }
      if Set(name).count == name.count, usedFirms.insert(name).inserted { return name }
    }
  }
}
