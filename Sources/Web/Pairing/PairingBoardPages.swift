import Domain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Services
import Storage

/// 公示牌: a list of who is in charge of whom in a place, and a plaque for each, on A4.
struct PairingBoardPages: Sendable {
  let site: Site

  /// In `Public`.
  static let stylesheet = "board.css"

  func addRoutes(to doors: Doors) {
    doors.get(.pairingBoard, use: show)
  }

  private func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let account = try context.signedIn()
    let words = site.words(context)
    let track = try request.query("track").isEmpty ? .village : request.pairingTrack()
    let typed = request.query("unit").trimmed
    var board: PairingBoard.Board?
    var fault = ""
    do {
      board = try await PairingBoard(site.platform)(typed, track, for: account)
    } catch UseCaseError.unknownUnit(let name) {
      fault = words("pairing.board_unknown", ["name": name])
    }
    let paper = request.query("paper")
    guard let board, !paper.isEmpty else {
      return choice(board, typed, track, fault, request, context)
    }
    guard ["list", "plaques"].contains(paper) else { throw RequestError.badQuery }
    var view = PairingBoardView(words: words, site: site, board: board, track: track).papers(
      withList: paper == "list")
    view["language"] = context.language.tag
    view["asset_icon"] = site.assets["icon.svg"]
    view["asset_style"] = site.assets[Self.stylesheet]
    view["url_back"] = Self.path(board.unit.description, track, "")
    view["languages"] = site.languages(request.uri.string, context)
    let text = site.views.render("pairing-papers", view, context.language)
    return Response(
      status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  static func path(_ unit: String, _ track: Track, _ paper: String) -> String {
    Route.pairingBoard.path(query: [
      ("unit", unit), ("track", track.rawValue), ("paper", paper),
    ])
  }

  /// Which place, and what to print of it.
  private func choice(
    _ board: PairingBoard.Board?, _ typed: String, _ track: Track, _ fault: String,
    _ request: Request, _ context: AppContext
  ) -> Response {
    let words = site.words(context)
    var view: View = [
      "url": Route.pairingBoard.path, "url_list": Route.pairings.path,
      "unit": board?.path ?? typed, "fault": fault.orFalse, "has_board": board != nil,
      "tracks": Track.paired.map {
        [
          "value": $0.rawValue, "name": site.name(of: $0, words), "chosen": $0 == track,
        ] as View
      },
    ]
    if let board {
      let paired = board.lines.count { !$0.officials.isEmpty }
      view["name"] = board.path
      view["summary"] = words(
        "pairing.board_summary",
        ["n": String(board.lines.count), "paired": String(paired)])
      view["is_empty"] = paired == 0
      view["url_sheet"] = Self.path(board.unit.description, track, "list")
      view["url_plaques"] = Self.path(board.unit.description, track, "plaques")
    }
    return site.page(
      "pairing-board", view, title: words("pairing.board"), request: request, context: context,
      status: fault.isEmpty ? .ok : .unprocessableContent)
  }
}

/// The sheets of a board.
struct PairingBoardView {
  let words: Wording
  let site: Site
  let board: PairingBoard.Board
  let track: Track

  func papers(withList: Bool) -> View {
    let paired = board.lines.filter { !$0.officials.isEmpty }
    return [
      "heading": words("pairing.board_heading", ["place": board.name]),
      "campaign": words("pairing.campaign"), "with_list": withList,
      "is_village": track == .village,
      "lines": withList ? board.lines.map { line($0, namesPlace: track == .enterprise) } : [],
      "plaques": withList ? [] : paired.map { line($0, namesPlace: true) },
      "printed": words(
        "pairing.board_day", ["day": words.day(site.platform.now().day)]),
    ]
  }

  /// In the list a village stands below its township.
  private func line(_ line: PairingBoard.Line, namesPlace: Bool) -> View {
    [
      "target": line.name, "place": (namesPlace ? line.place : "").orFalse,
      "is_township": line.target.kind == .township,
      "has_officials": !line.officials.isEmpty,
      "officials": line.officials.map { PairingBlock(words: words).official($0) },
    ]
  }
}
