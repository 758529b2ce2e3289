/// A line of the inbox: one notice, or several of a day that belong together.
package struct NoticeBundle<Item: Sendable>: Sendable {
  package let key: String
  package fileprivate(set) var items: [Item]
}

/// A day of the inbox.
package struct NoticeDay<Item: Sendable>: Sendable {
  package let day: Day
  package let isRead: Bool
  package fileprivate(set) var bundles: [NoticeBundle<Item>]
}

/// Gathers notices, the latest first, by day and bundle; a bundle stands where its latest notice would.
package func noticeDays<Item: Sendable>(
  _ items: [Item], day: (Item) -> Day, isRead: (Item) -> Bool, bundle: (Item) -> String
) -> [NoticeDay<Item>] {
  var days: [NoticeDay<Item>] = []
  var places: [String: Int] = [:]
  for item in items {
    if days.last.map({ $0.day != day(item) || $0.isRead != isRead(item) }) ?? true {
      days.append(NoticeDay(day: day(item), isRead: isRead(item), bundles: []))
      places = [:]
    }
    let (key, last) = (bundle(item), days.count - 1)
    if let place = places[key] {
      days[last].bundles[place].items.append(item)
    } else {
      places[key] = days[last].bundles.count
      days[last].bundles.append(NoticeBundle(key: key, items: [item]))
    }
  }
  return days
}
