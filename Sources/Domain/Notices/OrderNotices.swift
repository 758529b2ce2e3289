extension Notice {
  /// Who is told what of an order. Assignment and urging orders are told of by the problem's own events;
  /// an order to an official names no account, the problem's leg does.
  package static func of(_ event: OrderEvent, _ order: Order) -> [Notice] {
    let answerable = order.content.answerable.unit.map { [Recipient.handlers($0)] } ?? []
    let notices: [Notice] =
      switch event {
      case .drafted:
        // Accountability is the director's alone.
        [Notice(.draftWaiting, [order.content.kind == .accountability ? .director : .office])]
      case .issued where order.content.revokes != nil: []
      case .issued where order.content.kind == .accountability:
        [Notice(.accountability, answerable)]
      case .issued, .discarded: []
      case .revoked: [Notice(.revoked, answerable)]
      case .reviewRequested: [Notice(.reviewAsked, [.director])]
      case .reviewDecided: [Notice(.reviewDecided, answerable)]
      }
    return notices.filter { !$0.recipients.isEmpty }
  }
}
