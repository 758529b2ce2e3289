import Domain

extension ImportProblems {
  enum Column: String, ImportColumn {
    case track, title, concerns, foundOn, detail, channel, sourceNumber
    // What earlier records say of a past problem.
    case category, unit, judgedOn, assignedOn, dueOn, claimedOn, closedOn, outcome, evaluation

    var headings: [String] {
      switch self {
      case .track: ["track", "轨道", "类型"]
      case .title: ["title", "问题标题", "标题", "问题", "问题名称"]
      case .concerns: ["concerns", "涉及对象", "对象", "企业或村", "企业名称", "村"]
      case .foundOn: ["foundon", "发现日期", "发现时间", "收集时间", "founddate", "found"]
      case .detail: ["detail", "问题描述", "详情", "具体内容"]
      case .channel: ["channel", "来源渠道", "来源", "渠道"]
      case .sourceNumber: ["sourcenumber", "来源编号", "原编号", "编号", "工单号"]
      case .category: ["category", "问题类别", "类别", "分类"]
      case .unit: ["unit", "承办单位", "责任单位", "主办单位", "办理单位"]
      case .judgedOn: ["judged", "研判日期", "研判时间", "judgedon"]
      case .assignedOn: ["assigned", "交办日期", "交办时间", "assignedon"]
      case .dueOn: ["due", "办理期限", "截止日期", "办结时限", "应办结日期", "dueon"]
      case .claimedOn: ["claimed", "办结日期", "办结时间", "反馈日期", "claimedon"]
      case .closedOn: ["closed", "销号日期", "销号时间", "closedon"]
      case .outcome: ["outcome", "办理结果", "结果"]
      case .evaluation: ["evaluation", "评价", "满意度", "评价结果", "rating"]
      }
    }

    var isRequired: Bool {
      switch self {
      case .track, .title, .concerns, .foundOn: true
      default: false
      }
    }

    var form: ImportForm {
      switch self {
      case .track: .word(.track)
      case .outcome: .word(.outcome)
      case .evaluation: .word(.rating)
      case .foundOn, .judgedOn, .assignedOn, .dueOn, .claimedOn, .closedOn: .day
      case .title, .concerns, .detail, .channel, .sourceNumber, .category, .unit: .text
      }
    }

    init(_ field: Registration.Field) {
      self =
        switch field {
        case .track: .track
        case .title: .title
        case .detail: .detail
        case .concerns: .concerns
        case .foundOn: .foundOn
        case .channel: .channel
        case .sourceNumber: .sourceNumber
        }
    }
  }
}
