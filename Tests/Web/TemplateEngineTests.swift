import Foundation
import HTTP
import TestSupport
import Testing
import Web

/// The cases are the Mustache specification's (https://github.com/mustache/spec, v1.4.2), as far as pages
/// use the language.
@Suite struct TemplateEngineTests {
  private func views(_ templates: [String: String]) throws -> Views {
    let folder = ScratchFolder()
    let files = FileManager.default
    for name in ["templates", "i18n"] {
      try files.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
    }
    for (name, text) in templates {
      try text.write(
        toFile: folder("templates/\(name).mustache"), atomically: false, encoding: .utf8)
    }
    for (language, text) in [("zh", "“甲” & <乙>"), ("en", "A")] {
      try #"{"greeting": "\#(text)"}"#
        .write(toFile: folder("i18n/\(language).json"), atomically: false, encoding: .utf8)
    }
    return try Views(resources: folder.path)
  }

  private static let views: [String: any Sendable] = [
    "text": "& \" < > '", "subject": "world", "number": 85, "yes": true, "no": false,
    "list": [["item": 1], ["item": 2], ["item": 3]] as [[String: any Sendable]],
    "words": ["a", "b"], "empty": [[String: String]](), "context": ["name": "Joe"],
    "deep": ["one": 1, "inner": ["two": 2] as [String: any Sendable]] as [String: any Sendable],
    "nothing": String?.none as (any Sendable), "something": String?.some("x") as (any Sendable),
  ]

  @Test(arguments: [
    // interpolation.yml
    ("Hello from {Mustache}!\n", "Hello from {Mustache}!\n"),
    ("Hello, {{subject}}!", "Hello, world!"), ("{{ subject }}|", "world|"),
    ("{{text}}", "&amp; &quot; &lt; &gt; &#39;"), ("{{{text}}}{{&text}}", "& \" < > '& \" < > '"),
    ("{{number}} miles an hour!", "85 miles an hour!"),
    ("I ({{cannot}}) be seen!", "I () be seen!"),
    ("| {{subject}} |\n", "| world |\n"), ("  {{subject}}\n", "  world\n"),
    // sections.yml
    ("{{#yes}}This should be rendered.{{/yes}}", "This should be rendered."),
    ("{{#no}}This should not be rendered.{{/no}}", ""), ("[{{#missing}}Found!{{/missing}}]", "[]"),
    ("{{#context}}Hi {{name}}.{{/context}}", "Hi Joe."), ("{{#list}}{{item}}{{/list}}", "123"),
    ("{{#empty}}Yay lists!{{/empty}}", ""), ("{{#words}}({{.}}){{/words}}", "(a)(b)"),
    ("{{#deep}}{{one}}{{#inner}}{{one}}{{two}}{{/inner}}{{/deep}}", "112"),
    ("{{#list}}{{subject}}{{item}};{{/list}}", "world1;world2;world3;"),
    ("| This Is\n{{#yes}}\n|\n{{/yes}}\n| A Line\n", "| This Is\n|\n| A Line\n"),
    ("| This Is\n  {{#yes}}\n|\n  {{/yes}}\n| A Line\n", "| This Is\n|\n| A Line\n"),
    ("|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|"), (" {{#yes}} YES{{/yes}}\n", "  YES\n"),
    ("#{{#yes}}\n/\n  {{/yes}}", "#\n/\n"), ("|{{# yes }}={{/ yes }}|", "|=|"),
    // inverted.yml
    ("{{^no}}rendered{{/no}}{{^yes}}not{{/yes}}", "rendered"),
    (
      "{{^empty}}empty{{/empty}}{{^missing}}missing{{/missing}}{{^list}}not{{/list}}",
      "emptymissing"
    ),
    // comments.yml
    ("12345{{! Comment Block! }}67890", "1234567890"),
    ("Begin.\n{{! Alone }}\nEnd.\n", "Begin.\nEnd.\n"),
    // partials.yml
    ("\"{{>text}}\"", "\"*world*\""), ("{{#deep}}{{>node}}{{/deep}}", "1&lt;2&gt;"),
    // Ours: an optional is what it holds, or nothing.
    ("[{{nothing}}{{#nothing}}no{{/nothing}}{{^nothing}}none{{/nothing}}]", "[none]"),
    ("{{something}}{{#something}}!{{/something}}", "x!"),
    // Ours: a text of the catalogue.
    ("[[greeting]]", "“甲” &amp; &lt;乙&gt;"),
  ])
  func specification(template: String, expected: String) throws {
    let views = try views([
      "page": template, "text": "*{{subject}}*",
      "node": "{{one}}{{#inner}}&lt;{{two}}&gt;{{/inner}}",
    ])
    #expect(views.render("page", Self.views, .zh) == expected)
  }

  @Test func aPartialMayContainItself() throws {
    let views = try views(["node": "{{content}}<{{#nodes}}{{>node}}{{/nodes}}>"])
    let leaf: View = ["content": "Y", "nodes": [View]()]
    #expect(views.render("node", ["content": "X", "nodes": [leaf]], .en) == "X<Y<>>")
  }

  /// A quotation mark under a combining accent is one character, and must not pass for that.
  @Test func bytesAreEscaped() throws {
    let views = try views(["page": "<input value=\"{{value}}\">"])
    #expect(
      views.render("page", ["value": "\"\u{301} onfocus=x"], .en)
        == "<input value=\"&quot;\u{301} onfocus=x\">")
  }

  /// What is wrong with a template stops the start, with the file's name.
  @Test(arguments: [
    ("{{#a}}", "page.mustache: {{#a}} without its end"),
    ("{{#a}}{{/b}}", "page.mustache: {{/b}} ends nothing"),
    ("{{/a}}", "page.mustache: {{/a}} ends nothing"), ("{{a", "page.mustache: {{ without }}"),
    ("{{}}", "page.mustache: {{}} without a name"), ("{{>gone}}", "page: no template gone"),
    ("[[gone]]", "page.mustache: no zh text for gone"),
  ])
  func faults(template: String, fault: String) {
    #expect {
      _ = try views(["page": template])
    } throws: {
      "\($0)" == fault
    }
  }
}
