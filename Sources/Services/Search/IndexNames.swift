import Storage

/// Makes names and problems findable that were there before there was an index; does nothing where none
/// are left.
package struct IndexNames: Sendable {
  let database: any Database

  package init(_ database: any Database) { self.database = database }

  package func callAsFunction() async throws {
    if try await database.read({ try SearchIndex.isIncomplete(in: $0) }) {
      try await database.write(exclusively: .organising) { try SearchIndex.complete(in: $0) }
    }
    if try await database.read({ try ProblemTexts.isIncomplete(in: $0) }) {
      try await database.write(exclusively: .organising) { try ProblemTexts.complete(in: $0) }
    }
  }
}
