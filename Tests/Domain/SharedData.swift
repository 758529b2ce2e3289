import Foundation

/// Published tables kept beside the project; tests that read them are skipped where they are absent.
enum SharedData {
  static func has(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path(file))
  }

  /// The records below the header; quoted fields may hold commas.
  static func rows(_ file: String) throws -> [[String]] {
    let text = try String(contentsOfFile: path(file), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
      var fields = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          fields.append("")
        } else {
          fields[fields.count - 1].append(character)
        }
      }
      return fields
    }
  }

  /// The first `shared/data` beside a folder that holds this file.
  private static func path(_ file: String) -> String {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let path = folder.appendingPathComponent("shared/data/" + file).path
      if FileManager.default.fileExists(atPath: path) { return path }
    }
    return file
  }
}

/// A file of the product's `Resources`.
func resource(_ file: String) throws -> Data {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return try Data(contentsOf: root.appendingPathComponent("Resources/" + file))
}
