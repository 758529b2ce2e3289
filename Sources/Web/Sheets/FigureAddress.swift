import Domain

/// Where the problems behind a number are listed.
enum FigureAddress {
  /// - Parameters:
  ///   - part: `numerator`, `denominator`, or the code of what is left out.
  ///   - group: a key of the query's dimension; nil for all.
  static func problems(
    _ figure: String, part: String, group: String?, _ query: FigureQuery
  ) -> String {
    var fields =
      [("part", part), ("as_of", query.asOf), ("known", query.knownOn)] as [(String, Any)]
    if let period = query.period { fields += [("from", period.from), ("to", period.to)] }
    if let dimension = query.dimension { fields.append(("by", dimension.rawValue)) }
    if let group { fields.append(("group", group)) }
    let text = fields.map { name, value in
      // A plus in a query is a blank.
      let text = (value as? Instant)?.preciseDescription ?? "\(value)"
      return "\(name)=\(text.replacing("+", with: "%2B"))"
    }
    return "/figures/\(figure)/problems?" + text.joined(separator: "&")
  }
}
