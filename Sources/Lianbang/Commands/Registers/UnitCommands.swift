import ArgumentParser
import Domain
import HTTP
import Services
import Web

struct UnitCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unit", abstract: "Show and change the organisation tree.",
    discussion: """
      Changes are only shown until --confirm is given. Units are named by a path, a unique name or a \
      division code.
      """,
    subcommands: [Tree.self, Rename.self, Move.self, Merge.self, Split.self, Close.self])

  /// What all changes have in common.
  struct ChangeOptions: ParsableArguments {
    @Option(name: .customLong("on"), help: "From which day on (default: today).")
    var day: DayArgument?

    @Flag(help: "Do it; without, only say what would happen.")
    var confirm = false

    @Option(name: .customLong("as"), help: "The username of whoever answers for it.")
    var username: String?

    @OptionGroup var options: PlatformOptions

    func run(
      _ unit: String, _ change: @escaping (Platform) async throws -> Reorganisation
    ) async throws {
      let console = try Console(options)
      try await console.run {
        let platform = try await options.openPlatform()
        let account = try await FindAccount(platform)(optional: username)
        let id = try await FindUnit(platform)(unit)
        let change = try await change(platform)
        let preview = try await ReorganiseUnits(platform).preview(
          change, of: id, on: day?.day, by: account)
        console.show(change, preview)
        if !preview.refusals.isEmpty { throw ExitCode(1) }
        guard confirm else {
          print(console.catalogue.text("unit.confirm"))
          return
        }
        try await ReorganiseUnits(platform)(change, of: id, on: day?.day, by: account)
        print(console.catalogue.text("unit.done"))
      }
    }
  }

  struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a unit another name.")
    @Argument var unit: String
    @Argument(help: "The new name.") var name: String
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.run(unit) { _ in .change(name: name.trimmed) }
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put a unit under another, with all below it.")
    @Argument var unit: String
    @Option(help: "The new parent.") var under: String
    @Option(help: "Its new division code.") var code: String?
    @OptionGroup var change: ChangeOptions

    func validate() throws {
      if let code, DivisionCode(code) == nil {
        throw ValidationError("--code \(code): expected 9 or 12 digits")
      }
    }

    func run() async throws {
      try await change.run(unit) { platform in
        .change(
          parent: try await FindUnit(platform)(under), code: code.flatMap { DivisionCode($0) })
      }
    }
  }

  struct Merge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a unit; what belongs to it belongs to another from then on.")
    @Argument var unit: String
    @Option(help: "The unit that stands for it.") var into: String
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.run(unit) { .merge(into: try await FindUnit($0)(into)) }
    }
  }

  struct Split: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a new unit beside one that takes some of its children.")
    @Argument var unit: String
    @Option(help: "The new unit's name.") var name: String
    @Option(help: "A child that goes to it; repeatable.") var child: [String]
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.run(unit) { platform in
        var children: [UnitID] = []
        for text in child { children.append(try await FindUnit(platform)(text)) }
        return .split(name: name.trimmed, children: children)
      }
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a unit that nothing belongs to.")
    @Argument var unit: String
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.run(unit) { _ in .close }
    }
  }
}

extension UnitCommands {
  struct Tree: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the tree of a day: code, level and path of each unit.")

    @Argument(help: "Only what lies in this unit, as it is today.")
    var unit: String?

    @Option(help: "The day (default: today).")
    var asOf: DayArgument?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: PlatformOptions

    func run() async throws {
      try await Console(options).run {
        let platform = try await options.openPlatform()
        let root: UnitID? = if let unit { try await FindUnit(platform)(unit) } else { nil }
        let tree = try await ShowTree(platform)(asOf: asOf?.day, under: root)
        if json {
          try printJSON(tree.map(UnitOutput.init))
        } else {
          for place in tree {
            print(
              "\(place.unit.divisionCode?.text ?? "–")  \(place.unit.level.rawValue)  \(place.path)"
            )
          }
        }
      }
    }
  }
}

private struct UnitOutput: Encodable {
  let id: String
  let code: String?
  let kind: String
  let level: String
  let name: String
  let path: String

  init(_ place: ShowTree.Place) {
    id = place.unit.id.description
    code = place.unit.divisionCode?.text
    (kind, level) = (place.unit.kind.rawValue, place.unit.level.rawValue)
    (name, path) = (place.unit.name, place.path)
  }
}

extension Console {
  /// What a change of the tree would do, or what is against it.
  func show(_ change: Reorganisation, _ preview: ReorganiseUnits.Preview) {
    var arguments = [
      "path": preview.path, "day": preview.day.description, "other": preview.otherPath ?? "",
    ]
    switch change {
    case .change(let name?, _, _):
      arguments["name"] = name
      print(catalogue.text("unit.what.rename", arguments))
    case .change: print(catalogue.text("unit.what.move", arguments))
    case .merge: print(catalogue.text("unit.what.merge", arguments))
    case .split(let name, let children):
      arguments["name"] = name
      arguments["children"] = preview.children.filter { children.contains($0.id) }.map(\.name)
        .joined(separator: ", ")
      print(catalogue.text("unit.what.split", arguments))
    case .close: print(catalogue.text("unit.what.close", arguments))
    }
    print(
      catalogue.text(
        "unit.preview",
        [
          "path": preview.path, "children": "\(preview.children.count)",
          "below": "\(preview.below)", "officials": "\(preview.uses.officials)",
          "enterprises": "\(preview.uses.enterprises)", "accounts": "\(preview.uses.accounts)",
          "problems": "\(preview.uses.openProblems)",
        ]))
    for refusal in preview.refusals {
      warn(catalogue.text("unit.refusal.\(refusal.rawValue)"))
    }
  }
}
