/// All in which the two engines' SQL differs.
package enum Dialect: String, Sendable, CaseIterable {
  case sqlite, postgres

  /// A schema script for this engine. The script writes `{integer}` for 64-bit numbers, `{bytes}`
  /// for byte strings, `{texts}` for a list of words, `{binary}` after a text column that is compared byte by byte, `{strict}`
  /// at the end of a table and `{clustered}` at the end of one that lies in the order of its key.
  package func schema(_ script: String) -> String {
    var result = script
    for (token, words) in tokens { result = result.replacing(token, with: words) }
    return result
  }

  /// A query with a row where a table of this name is there.
  func tableExists(_ name: String) -> String {
    switch self {
    case .sqlite: "select 1 from sqlite_master where type = 'table' and name = '\(name)'"
    case .postgres: "select 1 where to_regclass('\(name)') is not null"
    }
  }

  /// Whether a column is in a list of numbers that is one argument, made by `list`: statements stay
  /// few, however many numbers there are.
  func among(_ column: String, _ place: String) -> String {
    switch self {
    case .sqlite: "\(column) in (select value from json_each(\(place)))"
    // Not `= any`: as a filter that walks the whole list for each row.
    case .postgres: "\(column) in (select unnest(cast(\(place) as bigint[])))"
    }
  }

  func list(_ numbers: [Int64]) -> String {
    let joined = numbers.map(String.init).joined(separator: ",")
    return self == .sqlite ? "[\(joined)]" : "{\(joined)}"
  }

  /// What a search is to be planned with: for its own words, of which some are everywhere and some
  /// nowhere, and never by reading a table from its beginning.
  var searchSettings: [String] {
    switch self {
    case .sqlite: []
    case .postgres:
      ["set local plan_cache_mode = force_custom_plan", "set local enable_seqscan = off"]
    }
  }

  /// Makes the planner know a table that has grown by much; nil where it does well without.
  package func analysis(of tables: [String]) -> String? {
    self == .sqlite ? nil : "analyze " + tables.joined(separator: ", ")
  }

  /// What a connection is to hold in memory while a whole database is filled, and afterwards: pages that are
  /// written again and again go to the log once. Nil where the engine sees to it.
  package func memory(isFilling: Bool) -> String? {
    self == .sqlite ? "pragma cache_size = \(isFilling ? -262144 : -16000)" : nil
  }

  /// Ends a query whose row nobody may change until the transaction ends.
  var lockingShared: String {
    switch self {
    case .sqlite: ""
    case .postgres: " for share"
    }
  }

  /// Ends a query that takes rows for itself, leaving those that others have taken.
  var skippingLocked: String {
    switch self {
    case .sqlite: ""
    case .postgres: " for update skip locked"
    }
  }

  /// A query for what no migration makes: views, triggers and rules, by which a table can show one thing
  /// to one reader and another to the next.
  var strangers: String {
    switch self {
    case .sqlite:
      "select type || ' ' || name from sqlite_master where type in ('view', 'trigger') order by 1"
    case .postgres:
      """
      select 'view ' || viewname from pg_views where schemaname = current_schema()
      union all
      select 'materialized view ' || matviewname from pg_matviews
      where schemaname = current_schema()
      union all
      select 'rule ' || rulename from pg_rules where schemaname = current_schema()
      union all
      select 'trigger ' || t.tgname
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace
      order by 1
      """
    }
  }

  private var tokens: [(String, String)] {
    switch self {
    case .sqlite:
      [
        ("{integer}", "integer"), ("{bytes}", "blob"), ("{texts}", "text"), ("{binary}", ""),
        ("{strict}", "strict"), ("{clustered}", "strict, without rowid"),
      ]
    case .postgres:
      [
        ("{integer}", "bigint"), ("{bytes}", "bytea"), ("{texts}", "text[]"),
        ("{binary}", #"collate "C""#), ("{strict}", ""), ("{clustered}", ""),
      ]
    }
  }

  /// Draws the next of a running number. On PostgreSQL a sequence, so that writers do not queue;
  /// numbers drawn by a transaction that fails are left out there.
  package func nextNumber(of sequence: String) -> String {
    switch self {
    case .sqlite:
      """
      insert into counters (name, value)
      values ('\(sequence)', 1)
      on conflict (name) do update set value = value + 1
      returning value
      """
    case .postgres:
      "select nextval('\(sequence)')"
    }
  }
}
