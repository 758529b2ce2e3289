import CPostgres
import Storage

/// A connection string's parts, as libpq reads it.
struct ConnectionString {
  private var values: [String: String] = [:]

  /// - Throws: `StorageError.unavailable` for what is no connection string.
  init(_ url: String) throws {
    // Without libpq's message, which quotes the string, password and all.
    guard let options = PQconninfoParse(url, nil) else {
      throw StorageError.unavailable(
        "malformed connection string (special characters are written as %40 and the like)")
    }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        values[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
  }

  /// With limits to all waiting, where it does not set its own.
  func completed(isPrimary: Bool) -> String {
    var defaults = [
      "connect_timeout": "3", "tcp_user_timeout": "5000", "keepalives_idle": "3",
      "keepalives_interval": "1", "keepalives_count": "4",
    ]
    // Of several hosts the one that takes writes.
    if isPrimary { defaults["target_session_attrs"] = "read-write" }
    return Self.text(defaults.merging(values) { $1 })
  }

  /// For other programs, which are to reach the primary too: the password apart.
  var withoutPassword: (text: String, password: String?) {
    var rest = values
    let password = rest.removeValue(forKey: "password")
    return (Self.text(["target_session_attrs": "read-write"].merging(rest) { $1 }), password)
  }

  private static func text(_ values: [String: String]) -> String {
    values.sorted { $0.key < $1.key }.map { keyword, value in
      keyword + "='" + value.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }.joined(separator: " ")
  }
}
