import Documents
import Domain

/// In which words a sheet is written.
package enum SheetLanguage: String, Sendable, CaseIterable {
  case zh, en
}

/// The columns of an import as a sheet shows them: what is exported can be imported again.
struct SheetColumns<Column: ImportColumn> {
  let language: SheetLanguage
  let words: WordTables

  var output: [OutputColumn] {
    Column.allCases.map { column in
      let heading = language == .zh ? column.headings[1] : column.headings[0]
      switch column.form {
      case .text:
        return OutputColumn(heading, width: 20, required: column.isRequired)
      case .number:
        return OutputColumn(heading, width: 12, required: column.isRequired, form: .number)
      case .day:
        return OutputColumn(heading, width: 12, required: column.isRequired, form: .day)
      case .word(let topic):
        return OutputColumn(
          heading, width: 12, choices: topic.codes.map { word($0, topic) },
          required: column.isRequired)
      }
    }
  }

  func word(_ code: String, _ topic: WordTopic) -> String {
    language == .zh ? words[topic].name(of: code) : code
  }

  /// A row; columns without a value are empty.
  func row(_ value: (Column) throws -> OutputCell?) rethrows -> [OutputCell] {
    try Column.allCases.map { try value($0) ?? .empty }
  }

  func cell(_ code: (some RawRepresentable<String>)?, _ topic: WordTopic) -> OutputCell? {
    code.map { .text(word($0.rawValue, topic)) }
  }
}

extension OutputCell {
  init?(_ text: String?) {
    guard let text else { return nil }
    self = .text(text)
  }

  init?(_ number: Int?) {
    guard let number else { return nil }
    self = .integer(Int64(number))
  }
}

extension String {
  /// `138****5678`: enough to know it again, not enough to use it.
  var masked: String {
    let scalars = unicodeScalars
    let count = scalars.count
    guard count > 7 else { return String(repeating: "*", count: count) }
    return String(scalars.prefix(3)) + String(repeating: "*", count: count - 7)
      + String(scalars.suffix(4))
  }

  /// `张**`
  var maskedName: String {
    let scalars = unicodeScalars
    return isEmpty
      ? "" : String(scalars.prefix(1)) + String(repeating: "*", count: max(scalars.count - 1, 1))
  }
}
