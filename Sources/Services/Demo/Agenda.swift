import Domain

/// What is still to happen, the earliest first; of what happens at once what was written first.
struct Agenda<Item> {
  private struct Entry {
    let at: Instant
    let order: Int
    let item: Item

    static func < (a: Entry, b: Entry) -> Bool { (a.at, a.order) < (b.at, b.order) }
  }

  private var heap: [Entry] = []
  private var count = 0

  var next: Instant? { heap.first?.at }

  mutating func add(_ item: Item, at instant: Instant) {
    heap.append(Entry(at: instant, order: count, item: item))
    count += 1
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func take() -> (at: Instant, item: Item)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return (first.at, first.item) }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == place { return (first.at, first.item) }
      heap.swapAt(place, least)
      place = least
    }
  }
}
