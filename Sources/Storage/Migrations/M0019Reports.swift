extension Migration {
  /// Reports that were issued, and what people wrote beside the numbers.
  static let reports = Migration(
    number: 19, name: "reports",
    script: """
      create table reports (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        kind text not null check (kind in ('weekly', 'monthly', 'bulletin', 'meeting')),
        unit_id {integer} references units (id),
        official_id {integer} references officials (id),
        -- A Monday, or a month: 2022-12-26, 2022-12.
        period text not null,
        as_of {integer} not null,
        known_on {integer} not null,
        issued_at {integer} not null,
        issued_by text not null,
        -- JSON, and its SHA-256 in hex.
        content text not null,
        digest text not null,
        check ((unit_id is null) <> (official_id is null))
      ) {strict};
      create unique index reports_unit on reports (unit_id, kind, period)
        where unit_id is not null;
      create unique index reports_official on reports (official_id, kind, period)
        where official_id is not null;

      create table report_remarks (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        kind text not null check (kind in ('weekly', 'monthly', 'bulletin', 'meeting')),
        unit_id {integer} references units (id),
        official_id {integer} references officials (id),
        period text not null,
        section text not null,
        -- Null where it was taken back.
        text text,
        check ((unit_id is null) <> (official_id is null))
      ) {strict};
      create unique index report_remarks_unit on report_remarks (unit_id, kind, period, section)
        where unit_id is not null;
      create unique index report_remarks_official
        on report_remarks (official_id, kind, period, section)
        where official_id is not null;
      """)
}
