/// What a token may do: read in an area, or read and write there.
package struct TokenScope: Hashable, Sendable {
  package let area: APIArea
  /// To write includes to read.
  package let writes: Bool

  package init(_ area: APIArea, writes: Bool) {
    self.area = area
    self.writes = writes
  }

  /// `problems:read` or `problems:write`
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let area = APIArea(rawValue: String(parts[0])),
      parts[1] == "read" || parts[1] == "write"
    else { return nil }
    self.init(area, writes: parts[1] == "write")
  }

  package var text: String { area.rawValue + (writes ? ":write" : ":read") }

  /// Whether a token of this account's could make use of it.
  package func isOpen(to role: Role) -> Bool { area.isOpen(to: role, writing: writes) }

  /// All that a role can make use of.
  package static func all(for role: Role) -> Set<TokenScope> {
    Set(
      APIArea.allCases.flatMap { [TokenScope($0, writes: false), TokenScope($0, writes: true)] }
        .filter { $0.isOpen(to: role) })
  }

  /// `orders:read problems:write`: one for each area, the wider, in a fixed order.
  package static func text(_ scopes: Set<TokenScope>) -> String {
    scopes.filter { $0.writes || !scopes.contains(TokenScope($0.area, writes: true)) }
      .map(\.text).sorted().joined(separator: " ")
  }

  /// - Returns: nil where one of them is none.
  package static func all(in text: some StringProtocol) -> Set<TokenScope>? {
    var scopes: Set<TokenScope> = []
    for part in text.split(separator: " ") {
      guard let scope = TokenScope(String(part)) else { return nil }
      scopes.insert(scope)
    }
    return scopes
  }
}
