import Domain

extension ImportEnterprises {
  enum Column: String, ImportColumn {
    case name, county, township, code, codeOverride, formerNames, industry, statisticalKind, isKey
    case scale, status, contact, contactPost, contactPhone
    case whiteList, whiteListIssuer, whiteListFrom, whiteListTo

    var headings: [String] {
      switch self {
      case .name:
        [
          "name", "企业名称", "名称", "单位名称", "单位详细名称", "企业", "公司名称", "企业全称", "单位全称",
          "企业名称(全称)", "enterprise", "enterprisename", "companyname",
        ]
      case .county:
        [
          "county", "所属县区", "县区", "县市区", "县(市区)", "县(市、区)", "所在县区", "所属县(市、区)",
          "所属县市区", "属地", "所属地区",
        ]
      case .township: ["township", "所属乡镇", "乡镇", "乡镇(街道)", "乡镇街道", "所在乡镇", "街道"]
      case .code: ["creditcode", "统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "机构代码"]
      case .codeOverride: ["codeoverride", "信用代码说明", "代码说明"]
      case .formerNames: ["formernames", "曾用名", "曾用名称", "原名称", "原企业名称"]
      case .industry: ["industry", "行业代码", "行业", "所属行业", "行业类别", "国民经济行业"]
      case .statisticalKind: ["statisticalkind", "四上类型", "四上", "四上企业类型", "企业类型", "类型"]
      case .isKey: ["key", "是否重点企业", "重点企业", "是否重点", "重点"]
      case .scale: ["scale", "企业规模", "规模", "单位规模"]
      case .status: ["status", "经营状态", "状态", "企业状态", "运营状态"]
      case .contact:
        ["contact", "联系人", "企业联系人", "联系人姓名", "法人", "法定代表人", "法人代表", "负责人"]
      case .contactPost: ["contactpost", "联系人职务", "职务"]
      case .contactPhone:
        ["contactphone", "联系电话", "电话", "手机", "手机号", "联系人电话", "联系方式", "手机号码"]
      case .whiteList: ["whitelist", "白名单级别", "白名单"]
      case .whiteListIssuer: ["whitelistissuer", "白名单发布单位", "发布单位"]
      case .whiteListFrom: ["whitelistfrom", "白名单起始日期", "列入日期"]
      case .whiteListTo: ["whitelistto", "白名单终止日期", "移出日期"]
      }
    }

    var isRequired: Bool { self == .name || self == .county }

    var form: ImportForm {
      switch self {
      case .statisticalKind: .word(.statisticalKind)
      case .isKey: .word(.yesNo)
      case .scale: .word(.scale)
      case .status: .word(.enterpriseStatus)
      case .whiteList: .word(.whiteListLevel)
      case .whiteListFrom, .whiteListTo: .day
      default: .text
      }
    }
  }
}
