/// The kinds of ledger entries that webhooks tell of; the list is closed and in docs/webhooks.md.
package enum WebhookKinds {
  package static let all = OrderEventCodec.kinds + ProblemEventCodec.kinds.map { "problem." + $0 }

  package static let known = Set(all)

  /// A trial of the receiver; not of the ledger.
  package static let test = "test"
}
