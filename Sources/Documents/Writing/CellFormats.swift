import CXlsx

/// The cell formats of one workbook, which owns them.
struct CellFormats {
  private var cells: [Key: UnsafeMutablePointer<lxw_format>] = [:]
  let heading: UnsafeMutablePointer<lxw_format>?
  let requiredHeading: UnsafeMutablePointer<lxw_format>?

  private struct Key: Hashable {
    let form: OutputColumn.Form
    let severity: Mark.Severity?
  }

  init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
    heading = CellFormats.heading(workbook, fill: 0xE7E6E6)
    // Another colour and a border below: not told by colour alone.
    requiredHeading = CellFormats.heading(workbook, fill: 0xFCE4D6)
    format_set_font_color(requiredHeading, 0xC00000)
    format_set_bottom(requiredHeading, UInt8(LXW_BORDER_MEDIUM.rawValue))
    let severities: [Mark.Severity?] = [nil, .warning, .error]
    for form in OutputColumn.Form.allCases {
      for severity in severities {
        let format = workbook_add_format(workbook)
        switch form {
        case .text: format_set_num_format(format, "@")
        case .day: format_set_num_format(format, "yyyy-mm-dd")
        case .number: break
        }
        if let severity {
          format_set_bg_color(format, severity == .error ? 0xFFC7CE : 0xFFEB9C)
        }
        cells[Key(form: form, severity: severity)] = format
      }
    }
  }

  func cell(
    _ form: OutputColumn.Form, _ severity: Mark.Severity? = nil
  ) -> UnsafeMutablePointer<lxw_format>? {
    cells[Key(form: form, severity: severity)]
  }

  private static func heading(
    _ workbook: UnsafeMutablePointer<lxw_workbook>, fill: UInt32
  ) -> UnsafeMutablePointer<lxw_format>? {
    let format = workbook_add_format(workbook)
    format_set_bold(format)
    format_set_bg_color(format, fill)
    format_set_num_format(format, "@")
    return format
  }
}
