import Domain
import Ledger
import Testing

@Suite struct LedgerEntryTests {
  /// The form docs/ledger.md gives; `json.dumps(…, sort_keys=True, ensure_ascii=False,
  /// separators=(",", ":"))` of Python makes the same.
  @Test func theHashedBytes() {
    let entry = LedgerEntry(
      id: 12, stream: "problem/7", version: 2, at: Instant(milliseconds: 1_795_190_400_000),
      actor: .account(AccountID(3)), kind: "problem.judged", payload: #"{"note":"水泵"}"#)
    #expect(
      String(decoding: entry.bytes, as: UTF8.self)
        == #"{"actor":"account/3","at":1795190400000,"id":"12","kind":"problem.judged","#
        + #""payload":{"note":"水泵"},"stream":"problem/7","version":2}"#)
  }

  @Test func controlCharactersAreEscaped() {
    let entry = LedgerEntry(
      id: 1, stream: "a\"\\\n\u{1}\u{7f}/", version: 1, at: Instant(milliseconds: 0),
      actor: .system,
      kind: "k", payload: "{}")
    #expect(
      String(decoding: entry.bytes, as: UTF8.self).contains(
        #""stream":"a\"\\\n\u0001"# + "\u{7f}/\""))
  }
}
