import Domain
import Testing

@Suite struct FlexibleDayTests {
  @Test(arguments: [
    "2021-07-06", "2021/7/6", "2021.7.6", "20210706", "2021年7月6日", "2021年07月06号", "２０２１－０７－０６",
    "２０２１年７月６日", " 2021 - 7 - 6 ", "2021年 7月 6日", "2021-07-06 14:30", "2021/7/6 下午2:30:00",
    "2021-07-06T14:30:00Z", "2021年7月6日14时30分", "2021年7月6日 星期二", "2021年7月6日（周二）",
    "20210706 14:30", "44383", "44383.0", "44383.604166666664", "2021.7.6.",
  ])
  func theSixthOfJuly(written: String) throws {
    #expect(try FlexibleDay.day(written) == Day(year: 2021, month: 7, day: 6))
  }

  @Test(arguments: [("36526", "2000-01-01"), ("73050", "2099-12-31"), ("2020-2-29", "2020-02-29")])
  func ends(written: String, day: String) throws {
    #expect(try FlexibleDay.day(written).description == day)
  }

  @Test(arguments: [
    ("7月6日", FlexibleDay.Fault.noYear), ("7/6", .noYear), ("7.6", .noYear), ("07-06", .noYear),
    ("21-07-06", .shortYear), ("21年7月6日", .shortYear), ("2021-07", .noDay), ("2021年7月", .noDay),
    ("2021年", .noDay), ("2021", .noDay), ("2021-02-30", .impossible), ("20211301", .impossible),
    ("0021-07-06", .impossible), ("", .unreadable), ("昨天", .unreadable), ("36525", .unreadable),
    ("73051", .unreadable), ("7/6/2021", .unreadable), ("2021-07-06至2021-07-08", .unreadable),
    ("2021-07-06-08", .unreadable), ("6", .unreadable), ("210706", .unreadable),
    ("2021-7-6 左右", .unreadable), ("99999999999999999999", .unreadable), ("-", .unreadable),
  ])
  func refused(written: String, fault: FlexibleDay.Fault) {
    #expect(throws: fault) { try FlexibleDay.day(written) }
  }

  @Test func everyDayIsReadInEveryForm() throws {
    let first = Day(year: 2000, month: 1, day: 1)!
    for number in stride(from: 0, to: 36_525, by: 17) {
      let day = first + number
      let (year, month, date) = day.components
      for written in [
        day.description, "\(year)/\(month)/\(date)", "\(year)年\(month)月\(date)日",
        padded(year, 4) + padded(month, 2) + padded(date, 2), String(36_526 + number),
      ] {
        #expect(try FlexibleDay.day(written) == day)
      }
    }
  }
}
