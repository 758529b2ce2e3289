/// How much a form may hold and how long it may take to arrive. A page that takes files says so.
package struct FormLimits: Sendable {
  /// Bytes of all fields together, their names included.
  package var fields = 256 * 1024
  /// How many files; one more is refused.
  package var files = 0
  /// Bytes of one file.
  package var file = 0
  /// Bytes of the whole body. What is announced to be more is refused unread.
  package var total: Int
  /// How long a form may take to arrive.
  package var patience = Duration.seconds(30)
  /// Bytes that prolong the patience by a second: a large file on a slow line may take its time, a byte
  /// a minute may not.
  package var pace = 8 * 1024

  /// A form without files.
  package static let fields = FormLimits()

  /// What a photo or document may be, and some of them at once.
  package static let attachments = FormLimits(files: 10, file: 20 << 20, total: 64 << 20)

  /// A spreadsheet to be read in.
  package static let table = FormLimits(files: 1, file: 64 << 20, total: 65 << 20)

  init() { total = fields }

  /// - Parameter total: of all files and fields together.
  package init(files: Int, file: Int, total: Int) {
    self.files = files
    self.file = file
    self.total = total
  }
}
