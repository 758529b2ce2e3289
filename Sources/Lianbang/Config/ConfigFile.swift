import Foundation

/// Settings in a file: `name = value` on a line, `#` begins a comment.
struct ConfigFile {
  private(set) var values: [Setting: GivenValue] = [:]

  init() {}

  init(path: String, _ faults: inout ConfigFaults) {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(data: data, encoding: .utf8)
    else {
      faults.lines.append("config: cannot read \(path), or it is not UTF-8")
      return
    }
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let place = GivenValue.Source.file(path, line: index + 1)
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, let setting = Setting(rawValue: parts[0]) else {
        faults.lines.append(
          "\(place): \(parts[0]): no such setting; expected name = value, the names being "
            + Setting.allCases.filter { !$0.isEnvironmentOnly }.map(\.rawValue)
            .joined(separator: ", "))
        continue
      }
      if setting.isEnvironmentOnly {
        faults.lines.append(
          "\(place): \(setting.rawValue) does not belong in this file: use key-file, or "
            + "$\(setting.environmentName)")
      } else if values[setting] != nil {
        faults.lines.append("\(place): \(setting.rawValue) is set twice")
      } else {
        values[setting] = GivenValue(text: parts[1], source: place)
      }
    }
  }
}
