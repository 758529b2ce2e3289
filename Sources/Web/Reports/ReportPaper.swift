import Domain
import HTTP
import Services

/// A report on A4, after the form of official documents (GB/T 9704-2012), for printing.
extension ReportView {
  var paper: View {
    var view: View = [
      "heading": heading, "period": text.period, "about": text.about,
      "is_draft": shown.issued == nil, "issued": shown.issued.map(issued) ?? false,
      "name": shown.name,
    ]
    view["sections"] = sections(nil)
    return view
  }
}
