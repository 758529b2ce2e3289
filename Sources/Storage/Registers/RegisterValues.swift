import Cryptography
import Domain

extension PersonKey {
  /// The sealed form of a new value. What did not change keeps its seal, so that nothing shows as
  /// changed in the ledger.
  func reseal(_ text: String?, _ field: PersonalField, over old: SQLValue?) throws -> String? {
    guard let text else { return nil }
    if case .text(let sealed) = old, try open(sealed, field) == text { return sealed }
    return seal(text, field)
  }
}

/// Several words in one column, a line each; nil for none.
func text(_ words: [String]) -> String? {
  words.isEmpty ? nil : words.joined(separator: "\n")
}

func list(_ text: String?) -> [String] {
  text.map { $0.split(separator: "\n").map(String.init) } ?? []
}
