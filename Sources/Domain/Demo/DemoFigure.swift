/// Something that is counted in a demo city, beside what its plan says it comes to.
package struct DemoFigure: Hashable, Sendable {
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case townships, villages
    case bureau = "officials_bureau"
    case cityCounty = "officials_city_county_rank"
    case countyCounty = "officials_county_county_rank"
    case countySection = "officials_county_section"
    case enterpriseOfficials = "officials_enterprise"
    case officials
    case enterprises2022 = "enterprises_2022"
    case enterprises
    case villagesPaired = "villages_paired"
    case townshipsPaired = "townships_paired"
    case enterprisesPaired = "enterprises_paired"
    case villageFound = "village_found_2021"
    case villagePutRight = "village_put_right_2021"
    case villageCategories = "village_categories_2021"
    case petitions = "petitions_2021"
    case petitionsSettled = "petitions_settled_2021"
    case petitionBatches = "petition_batches_2021"
    case enterpriseFound = "enterprise_found_2022"
    case enterpriseCompleted = "enterprise_completed_2022"
    case enterpriseFoundThen = "enterprise_found_in_2022"
    /// Of a thousand rounds that were rated.
    case satisfaction = "enterprise_satisfaction_2022"
    case whiteLists = "white_lists"
  }

  package let code: Code
  package let found: Int
  package let wanted: Int

  package var holds: Bool { found == wanted }

  package init(_ code: Code, _ found: Int, wanted: Int) {
    (self.code, self.found, self.wanted) = (code, found, wanted)
  }
}
