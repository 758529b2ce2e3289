import Testing

@testable import API

/// The examples of https://wiki.open311.org/GeoReport_v2, written from values: without the blanks between elements,
/// which mean nothing, and with a service code of letters where the example's JSON has 006, which is none.
@Suite struct Open311FormTests {
  private static let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

  @Test func services() {
    let node = Open311Node.list(
      of: "service",
      [
        .object([
          ("service_code", .text("001")), ("service_name", .text("Cans left out 24x7")),
          (
            "description",
            .text(
              "Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited."
            )
          ), ("metadata", .flag(true)), ("type", .text("realtime")),
          ("keywords", .text("lorem, ipsum, dolor")), ("group", .text("sanitation")),
        ])
      ])
    #expect(
      node.xml(root: "services") == Self.head
        + "<services><service><service_code>001</service_code><service_name>Cans left out 24x7</service_name><description>Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.</description><metadata>true</metadata><type>realtime</type><keywords>lorem, ipsum, dolor</keywords><group>sanitation</group></service></services>\n"
    )
    #expect(
      node.json
        == #"[{"service_code":"001","service_name":"Cans left out 24x7","description":"Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.","metadata":true,"type":"realtime","keywords":"lorem, ipsum, dolor","group":"sanitation"}]"#
    )
  }

  @Test func definition() {
    let values: [Open311Node] = [
      .object([("key", .number(123)), ("name", .text("Ford"))]),
      .object([("key", .number(124)), ("name", .text("Chrysler"))]),
    ]
    let node = Open311Node.object([
      ("service_code", .text("DMV66")),
      (
        "attributes",
        .list(
          of: "attribute",
          [
            .object([
              ("variable", .flag(true)), ("code", .text("WHISHETN")),
              ("datatype", .text("singlevaluelist")), ("required", .flag(true)),
              ("datatype_description", .text(nil)), ("order", .number(1)),
              ("description", .text("What is the ticket/tag/DL number?")),
              ("values", .list(of: "value", values)),
            ])
          ])
      ),
    ])
    #expect(
      node.xml(root: "service_definition") == Self.head
        + "<service_definition><service_code>DMV66</service_code><attributes><attribute><variable>true</variable><code>WHISHETN</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description></datatype_description><order>1</order><description>What is the ticket/tag/DL number?</description><values><value><key>123</key><name>Ford</name></value><value><key>124</key><name>Chrysler</name></value></values></attribute></attributes></service_definition>\n"
    )
    #expect(
      node.json
        == #"{"service_code":"DMV66","attributes":[{"variable":true,"code":"WHISHETN","datatype":"singlevaluelist","required":true,"datatype_description":null,"order":1,"description":"What is the ticket/tag/DL number?","values":[{"key":123,"name":"Ford"},{"key":124,"name":"Chrysler"}]}]}"#
    )
  }

  @Test func errors() {
    let node = Open311Node.list(
      of: "error",
      [
        .object([
          ("code", .number(403)),
          (
            "description",
            .text("Invalid api_key received -- can't proceed with create_request.")
          ),
        ]), .object([("code", .number(404)), ("description", .text("Whatever Y"))]),
      ])
    #expect(
      node.xml(root: "errors") == Self.head
        + "<errors><error><code>403</code><description>Invalid api_key received -- can't proceed with create_request.</description></error><error><code>404</code><description>Whatever Y</description></error></errors>\n"
    )
    #expect(
      node.json
        == #"[{"code":403,"description":"Invalid api_key received -- can't proceed with create_request."},{"code":404,"description":"Whatever Y"}]"#
    )
  }

  @Test(arguments: [
    ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"), ("一\r\n二", "一&#13;\n二"),
    ("\u{1}\u{FFFE}", "\u{FFFD}\u{FFFD}"), ("]]>", "]]&gt;"),
  ])
  func whatXMLCannotHold(text: String, escaped: String) {
    #expect(
      Open311Node.text(text).xml(root: "x") == Self.head + "<x>\(escaped)</x>\n")
  }

  @Test func whatJSONCannotHold() {
    #expect(Open311Node.text("\"\\\n\u{1}村").json == #""\"\\\n\u0001村""#)
  }
}
