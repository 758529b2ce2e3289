/// What is wrong in a JSON text, and where.
package struct JSONFault: Error, Hashable {
  package enum Kind: Hashable, Sendable {
    /// Something else has to stand here.
    case wanted(String)
    case noValue
    case ends
    /// Something follows the end.
    case more
    case noWholeNumber
    case tooLarge
    case negative
    case badText
    case tooDeep
    case missing(String)
    case twice(String)
    /// The same name as an earlier element's.
    case nameTaken(String, by: Int)
    /// Not three numbers, not two.
    case noArc
    case noPair
    /// An answer with another status than there are.
    case unknownStatus(String)
  }

  package let kind: Kind
  /// Such as `arcs[17]`; empty at the top.
  package let place: String
  /// Both from 1; the column in bytes.
  package let line: Int
  package let column: Int
}
