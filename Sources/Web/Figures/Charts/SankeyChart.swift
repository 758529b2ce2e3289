import HTTP

/// How many went from where to where: through the tiers to how it ended.
struct SankeyChart: ChartContent {
  static let kind = "sankey"

  struct Node: Encodable, Sendable {
    /// Unique in the chart.
    let id: String
    let name: String
    /// How many came through.
    let text: String
    let href: String?
    let tone: ChartTone
  }

  struct Link: Encodable, Sendable {
    let from: String
    let to: String
    let value: Double
    let text: String
    let href: String?
    let tone: ChartTone
  }

  let nodes: [Node]
  let links: [Link]

  /// Nodes that nothing comes to or leaves are left out, and links without anything.
  /// - Parameter links: none may lead back to where it came from.
  init(
    nodes: [(id: String, name: String, href: String?, tone: ChartTone)],
    links: [(from: String, to: String, count: Int, href: String?, tone: ChartTone)],
    _ words: Wording
  ) {
    let links = links.filter { $0.count > 0 }
    self.links = links.map {
      Link(
        from: $0.from, to: $0.to, value: Double($0.count), text: words.count($0.count),
        href: $0.href, tone: $0.tone)
    }
    self.nodes = nodes.compactMap { node in
      let into = links.filter { $0.to == node.id }.reduce(0) { $0 + $1.count }
      let out = links.filter { $0.from == node.id }.reduce(0) { $0 + $1.count }
      guard max(into, out) > 0 else { return nil }
      return Node(
        id: node.id, name: node.name, text: words.count(max(into, out)), href: node.href,
        tone: node.tone)
    }
  }

  func table(_ words: Wording) -> ChartTable {
    let cells = Dictionary(
      uniqueKeysWithValues: nodes.map {
        ($0.id, ChartTable.Cell("\($0.name) (\($0.text))", href: $0.href))
      })
    return ChartTable(
      columns: [
        .init(name: words("chart.from"), isAmount: false),
        .init(name: words("chart.to"), isAmount: false), .init(name: words("chart.count")),
      ],
      rows: links.map { link in
        [cells[link.from]!, cells[link.to]!, .init(link.text, href: link.href)]
      })
  }
}
