import Documents
import Domain
import Language

/// Writes proposals as the list that `lianbang import reorganisations` takes.
package struct WriteProposals {
  let words: WordTables
  let language: SheetLanguage
  let ground: (DivisionChanges.Ground) -> String

  package init(
    _ words: WordTables, _ language: SheetLanguage,
    ground: @escaping (DivisionChanges.Ground) -> String
  ) {
    self.words = words
    self.language = language
    self.ground = ground
  }

  /// - Parameter confirmClear: answers yes where only one division fits and the name is the same.
  /// - Returns: how many wait for an answer.
  /// - Throws: `TableWriteFault`
  package func callAsFunction(
    _ proposals: [ProposeReorganisations.Proposal], to path: String, confirmClear: Bool
  ) throws -> Int {
    let columns = SheetColumns<ImportReorganisations.Column>(language: language, words: words)
    let writer: any TableWriter
    if path.lowercased().hasSuffix(".csv") {
      writer = try CSVWriter(path: path, columns: columns.output)
    } else {
      let workbook = try XLSXWriter(path: path)
      try workbook.beginSheet(ImportKind.reorganisations.rawValue, columns.output)
      writer = workbook
    }
    var open = 0
    for proposal in proposals {
      var action = "change"
      var (from, to): ((DivisionCode, String)?, (DivisionCode, String)?)
      var (reason, decision): (String?, String?)
      switch proposal.change {
      case .create(let code, let name): (action, to) = ("create", (code, name))
      case .close(let code, let name): (action, from) = ("close", (code, name))
      case .same(let fromCode, let fromName, let toCode, let toName, let why, let several):
        from = (fromCode, fromName)
        to = (toCode, toName)
        reason = ground(why) + (several ? " (?)" : "")
        if why != .sameCode {
          let isClear = !several && (why == .sameName || why == .sameNameElsewhere)
          if confirmClear, isClear { decision = "yes" } else { open += 1 }
        }
      }
      try writer.write(
        columns.row { column in
          switch column {
          case .on: .day(proposal.on)
          case .action: .text(columns.word(action, .reorganisation))
          case .fromCode: OutputCell(from?.0.text)
          case .fromName: OutputCell(from?.1)
          case .toCode: OutputCell(to?.0.text)
          case .toName: OutputCell(to?.1)
          case .ground: OutputCell(reason)
          case .decision: decision.map { .text(columns.word($0, .decision)) }
          }
        })
    }
    try writer.finish()
    return open
  }
}
