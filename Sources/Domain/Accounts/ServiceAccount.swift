/// What holds for the accounts of programs (程序账号): each has the seat of its maker and less than its rights.
package enum ServiceAccount {
  /// Of one maker at a time.
  package static let most = 5

  /// Whether a right is a person's alone: to check what others did, to decide on it, to answer with a name
  /// for what a handler owes, and to let others in or send them what happens.
  package static func withholds(_ right: Right, from role: Role) -> Bool {
    switch right {
    case .direct, .rate, .lookBack, .approveAccountability, .seePersonalData, .manageAccounts,
      .grantRights, .readAudit, .manageWebhooks, .manageServiceAccounts, .manageLinks,
      .manageMessages:
      true
    case .act(let action):
      action.isCheck || action.isDecision || ProblemAction.directing.contains(action)
        || [.close, .reopen, .unshelve, .proposeAccountability].contains(action)
        || role != .handler && ProblemAction.handling.contains(action)
    default: false
    }
  }
}
