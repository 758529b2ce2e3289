import Domain

/// What is written in one cell.
package indirect enum OutputCell: Hashable, Sendable {
  case empty
  case text(String)
  case number(Double)
  case integer(Int64)
  case day(Day)
  /// With a colour, and the reason as a comment; csv has neither.
  case marked(OutputCell, Mark)

  package func marked(_ severity: Mark.Severity, _ comment: String) -> OutputCell {
    .marked(self, Mark(severity: severity, comment: comment))
  }
}

/// What is wrong with a cell.
package struct Mark: Hashable, Sendable {
  package enum Severity: Hashable, Sendable, CaseIterable { case warning, error }

  package let severity: Severity
  /// Text for people, as is.
  package let comment: String

  package init(severity: Severity, comment: String) {
    self.severity = severity
    self.comment = comment
  }
}

/// A column of a sheet to be written.
package struct OutputColumn: Hashable, Sendable {
  package enum Form: Hashable, Sendable, CaseIterable { case text, number, day }

  package let heading: String
  /// In characters of the standard font; a Chinese one takes two.
  package var width: Int
  /// What may be entered, offered as a list; empty for anything.
  package var choices: [String]
  /// A comment on the heading.
  package var note: String?
  package var required: Bool
  /// How what is typed into the column is taken: in text, codes keep their zeros.
  package var form: Form

  package init(
    _ heading: String, width: Int = 16, choices: [String] = [], note: String? = nil,
    required: Bool = false, form: Form = .text
  ) {
    self.heading = heading
    self.width = width
    self.choices = choices
    self.note = note
    self.required = required
    self.form = form
  }
}
