extension Migration {
  /// The areas of units on the map, as the operator supplied them.
  static let outlines = Migration(
    number: 17, name: "outlines",
    script: """
      create table outlines (
        id {integer} primary key,
        version {integer} not null check (version > 0),
        unit_id {integer} not null references units (id),
        -- Polygons of rings of longitude and latitude in ten-thousandths of a degree.
        geometry text not null,
        valid_from {integer} not null,
        -- The first day on which it is another.
        valid_to {integer} check (valid_to > valid_from)
      ) {strict};
      create unique index outlines_unit on outlines (unit_id) where valid_to is null;
      """)
}
