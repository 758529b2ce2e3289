/// Why a view of the list was not kept.
package enum SavedViewRefusal: String, Error, Hashable, Sendable, CaseIterable {
  case nameMissing = "name_missing"
  case nameTooLong = "name_too_long"
  case tooMany = "too_many"
  /// Only the office shares.
  case mayNotShare = "may_not_share"
}
