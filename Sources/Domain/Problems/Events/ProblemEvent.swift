/// Something that happened to a problem. Payloads go to the ledger as they are: fields are added,
/// never renamed or given a new meaning.
package enum ProblemEvent: Hashable, Sendable {
  case registered(Registered)
  /// It was worked off before the platform knew of it; what the earlier records say.
  case takenOver(TakenOver)
  case accepted
  case declined(Declined)
  case judged(Judged)
  case assigned(Assigned)
  case acknowledged(Mark)
  case feedback(Told)
  case objected(Told)
  case objectionRuled(Ruled)
  case extensionAsked(ExtensionAsked)
  case extensionDecided(ExtensionDecided)
  case suspended(Suspended)
  case resumed(Redated)
  case planned(Planned)
  case planDecided(PlanDecided)
  case stepDone(StepDone)
  /// A co-handler or the official's line has reported back.
  case answered(Told)
  /// The lead handler says it is solved.
  case claimed(Claimed)
  case legWithdrawn(Told)
  /// The check found the claim true.
  case verified(Told)
  /// The check found the claim untrue.
  case verificationFailed(Told)
  case evaluationLinkIssued(LinkIssued)
  /// The asker rated the round through the one-time link.
  case evaluated(Evaluated)
  case returnVisited(ReturnVisited)
  /// The next round begins with the same handlers and clocks anew; the old round stays as it was.
  case redone(Assigned)
  case closed
  case lookedBack(LookedBack)
  case reopened(Told)
  case shelved(Shelved)
  case shelvingReviewed(Shelved)
  case unshelved(Told)
  case escalated(Escalated)
  case referred(Referred)
  case referralAnswered(Told)
  /// It goes on as part of another.
  case merged(Linked)
  /// Another became part of it.
  case absorbed(Linked)
  case unmerged(Told)
  /// The one that was absorbed goes its own way again.
  case released(Linked)
  /// The master it is part of was closed: its asker is told what came of it.
  case masterClosed(MasterClosed)
  /// A part of it became a problem of its own.
  case split(Linked)
  case batched(Batched)
  case unbatched(Told)
  case reminded(Climbed)
  case urgingDrafted(Climbed)
  case urged(Climbed)
  case accountabilityDrafted(Climbed)
  /// 补充情况: the asker adds to what was registered.
  case supplemented(Told)
  case redated(Reprojected)
}
