import Domain

/// Why nothing was planned, adopted or marked. Text comes from the catalogue.
package enum PairingRefusal: Error, Sendable {
  /// Rules that cannot hold together, in words of the basis they were found in.
  case conflicts([PairingConflict], PairingBasis)
  /// It was adopted or discarded before.
  case settled
  /// What it was computed from has changed: these speak against it now.
  case stale([PairingCheck.Finding])
  /// Another plan was adopted after it was computed.
  case superseded
  /// It would begin before what a plan that was adopted before has begin.
  case beforeComing(Day)
  /// It would begin before today, although somebody is in charge today.
  case past
  /// More than a year ahead.
  case tooFar
  case unknownOfficial
  case unknownTarget
  /// The pair has a mark already.
  case marked
  /// The rules' file cannot be used, and why.
  case rules(String)
}
