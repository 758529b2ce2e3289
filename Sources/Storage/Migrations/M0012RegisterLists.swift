extension Migration {
  /// Lists of the registers are walked in the order of the tree, page by page; what is rare among many
  /// enterprises has an index of its own.
  static let registerLists = Migration(
    number: 12, name: "register lists",
    script: """
      create index search_entries_kind on search_entries (kind, path, id);
      create index enterprises_industry on enterprises (industry) where industry is not null;
      create index enterprises_statistical on enterprises (statistical_kind)
        where statistical_kind is not null;
      create index enterprises_scale on enterprises (scale) where scale is not null;
      create index enterprises_status on enterprises (status) where status <> 'normal';
      create index enterprises_key on enterprises (id) where is_key = 1;
      create index white_lists_level on white_lists (level, enterprise_id);
      """)
}
