import API
import Testing

/// What a body or a query may be.
@Suite struct SchemaTests {
  private static let schema = Schema.object(
    ObjectSchema(
      "Sample",
      [
        .init("title", .text(least: 1, most: 3)), .optional("n", .integer(least: 1, most: 9)),
        .optional("on", .day), .optional("at", .instant), .optional("id", .id),
        .optional("kind", .choice(["a", "b"])), .optional("list", .list(.bool, least: 1, most: 2)),
        .optional("none", .nullable(.text())), .optional("map", .map(.integer())),
      ]))

  @Test(
    arguments: [
      (["title": "张三丰"], []), (["title": "张三丰四"], ["/title too_long"]),
      // Four bytes, one scalar.
      (["title": "😀"], []), ([:], ["/title missing"]), ([], [" type"]),
      (["title": ""], ["/title too_short"]), (["title": 1], ["/title type"]),
      (["title": "a", "x/y~": 1], ["/x~1y~0 unknown"]),
      (["title": "a", "n": 0], ["/n too_small"]), (["title": "a", "n": 10], ["/n too_large"]),
      (["title": "a", "n": .number(2.5)], ["/n format"]), (["title": "a", "n": .number(2)], []),
      (["title": "a", "n": "2"], ["/n type"]),
      (["title": "a", "on": "2026-02-29"], ["/on format"]),
      (["title": "a", "on": "2024-02-29"], []),
      (["title": "a", "at": "2026-11-22T09:00:00+08:00"], []),
      (["title": "a", "at": "2026-11-22t01:00:00.5z"], []),
      (["title": "a", "at": "2026-11-22T09:00:00"], ["/at format"]),
      (["title": "a", "at": "2026-11-22T09:00Z"], ["/at format"]),
      (["title": "a", "id": "17"], []), (["title": "a", "id": "017"], ["/id format"]),
      (["title": "a", "id": "9223372036854775808"], ["/id format"]),
      (["title": "a", "id": 17], ["/id type"]),
      (["title": "a", "kind": "c"], ["/kind choice"]),
      (["title": "a", "list": []], ["/list too_short"]),
      (["title": "a", "list": [true, 1, true]], ["/list too_long"]),
      (["title": "a", "list": [true, 1]], ["/list/1 type"]), (["title": "a", "none": nil], []),
      (["title": "a", "kind": nil], ["/kind type"]),
      (["title": "a", "map": ["x": "y"]], ["/map/x type"]),
    ] as [(JSON, [String])])
  func faults(value: JSON, expected: [String]) {
    let faults = Self.schema.faults(value).map { "\($0.pointer) \($0.code.rawValue)" }
    #expect(faults == expected)
  }
}
