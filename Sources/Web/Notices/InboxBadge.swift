import Services

/// The number beside 消息. The frame shows it as `{{unread}}` in an element with the id `live-unread`
/// and `data-live`, so that app.js keeps it up to date (see LivePages).
enum InboxBadge {
  /// `3`, `99+`; empty where there is nothing to read.
  static func text(_ count: Int?) -> String {
    guard let count, count > 0 else { return "" }
    return count < CountUnread.limit ? String(count) : "\(CountUnread.limit - 1)+"
  }
}
