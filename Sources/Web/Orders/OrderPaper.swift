import Domain
import HTTP
import Services

/// The paper of an order, after GB/T 9704-2012. All it says is the order's frozen content; what became
/// of the order since stands above it.
package struct OrderPaper: Sendable {
  let order: Order

  private let procedures: Procedures

  package init(order: Order, procedures: Procedures) {
    (self.order, self.procedures) = (order, procedures)
  }

  /// In `Public`.
  package static let stylesheet = "order.css"

  /// Where the paper is shown.
  package enum Place {
    /// A file of its own, with the style in it.
    case file(String)
    /// A page of the site: what it adds to the template, such as links.
    case site(View)
  }

  package func html(_ views: Views, _ language: Language, place: Place) -> String {
    let paper = view(Wording(views.catalogue(language)))
    var view: View = ["papers": [paper]]
    for name in ["number", "heading"] { view[name] = paper[name] }
    view["language"] = language.tag
    switch place {
    case .file(let style):
      (view["linked"], view["style"]) = (false, style)
    case .site(let more):
      view["linked"] = true
      view.merge(more) { $1 }
    }
    return views.render("order", view, language)
  }

  func view(_ words: Wording) -> View {
    let content = order.content
    let text = OrderText(order: order, procedure: procedures[order.content.track], words: words)
    let heading = text.heading
    return [
      "number": text.number, "heading": heading,
      "heading_size": heading.count > 60 ? "long" : "",
      "signatory": content.signatory, "mark_size": markSize,
      "signature_size": content.signatory.count > 12 ? "wide" : "",
      "addressee": content.addressee.name, "problem": words.number(content.problemNumber),
      "opening": text.opening.map(line), "sections": sections(text, words),
      "closing": text.closing.map(line), "day": text.day, "printed": text.printed,
      "has_note": !content.note.isEmpty, "note": words("order.note", ["text": content.note]),
      "has_copies": !content.copies.isEmpty,
      "copies": words(
        "order.copies.list", ["names": content.copies.joined(separator: words("order.comma"))]),
      "is_draft": order.state == .draft, "notices": text.notices.map(line),
    ]
  }

  private func line(_ text: String) -> View { ["text": text] }

  private var markSize: String {
    switch order.content.signatory.count {
    case ...9: ""
    case ...13: "long"
    default: "longer"
    }
  }

  private func sections(_ text: OrderText, _ words: Wording) -> [View] {
    let ordinals = words("order.ordinals").split(separator: "|").map(String.init)
    return zip(text.sections, ordinals).map { section, ordinal in
      [
        "ordinal": ordinal, "name": words("order.section.\(section.name.rawValue)"),
        "paragraphs": section.paragraphs.map(line),
        "has_milestones": section.name == .due, "milestones": milestones(text, words),
      ]
    }
  }

  private func milestones(_ text: OrderText, _ words: Wording) -> [View] {
    order.content.milestones.map { milestone in
      let key = "milestone.\(milestone.kind)"
      return [
        "name": words.catalogue.has(key) ? words(key) : milestone.kind,
        "due": words("order.due", ["day": text.official(milestone.day)]),
        "provisional": milestone.isProvisional,
      ]
    }
  }
}
