extension Migration {
  /// Problems by their words; those that are there are indexed when the database is opened next.
  static let problemTexts = Migration(
    number: 13, name: "problem texts", script: "",
    only: [
      .sqlite: """
      create virtual table problem_terms using fts5 (
        terms, content = '', detail = none, tokenize = 'ascii');
      """,
      .postgres: """
      create table problem_terms (
        problem_id bigint primary key,
        terms text[] not null
      );
      create index problem_terms_terms on problem_terms using gin (terms);
      """,
    ])
}
