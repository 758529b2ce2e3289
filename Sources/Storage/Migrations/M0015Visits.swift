extension Migration {
  /// Planned visits to enterprises, and until when enterprises asked to be left alone.
  static let visits = Migration(
    number: 15, name: "visits",
    script: """
      create table visits (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        enterprise_id {integer} not null references enterprises (id),
        unit_id {integer} references units (id),
        official_id {integer} references officials (id),
        day {integer} not null,
        part text check (part in ('morning', 'afternoon')),
        kind text not null check (kind in ('call', 'inspection', 'service', 'study')),
        purpose text not null check (purpose <> ''),
        -- By the enterprise itself.
        asked {integer} not null check (asked in (0, 1)),
        basis text,
        status text not null check (
          status in ('asked', 'planned', 'moved', 'declined', 'joined', 'cancelled', 'held')),
        proposed_day {integer},
        proposed_part text check (proposed_part in ('morning', 'afternoon')),
        moves {integer} not null check (moves >= 0),
        answer text,
        joined_into {integer} references visits (id),
        check (unit_id is not null or (asked = 1 and status in ('asked', 'cancelled'))),
        check ((status = 'moved') = (proposed_day is not null)),
        check (status <> 'joined' or joined_into is not null)
      ) {strict};
      create index visits_enterprise on visits (enterprise_id, day, id);
      create index visits_unit on visits (unit_id, day, id) where unit_id is not null;
      create index visits_official on visits (official_id, day, id)
        where official_id is not null;
      create index visits_day on visits (day, id);
      create index visits_open on visits (day, id)
        where status in ('asked', 'planned', 'moved');
      create index visits_held on visits (enterprise_id, day) where status = 'held';
      create index visits_joined on visits (joined_into) where joined_into is not null;

      create table visit_quiets (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        enterprise_id {integer} not null references enterprises (id),
        from_day {integer} not null,
        -- Included; the day before the first where it ended on the day it began.
        to_day {integer} not null check (to_day >= from_day - 1),
        note text
      ) {strict};
      create index visit_quiets_enterprise on visit_quiets (enterprise_id, to_day);
      """)
}
