/// `xl/sharedStrings.xml`: each different text once, cells name its index.
final class SharedStrings: PartReader {
  private let limits: TableLimits
  private var item: RichText
  private var inItem = false
  private(set) var texts: [String] = []

  init(limits: TableLimits) {
    self.limits = limits
    item = RichText(limit: limits.characters)
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "si" {
      guard !inItem else { return damaged() }
      guard texts.count < limits.cells else { return fail(.tooManyCells(limit: limits.cells)) }
      inItem = true
      item.clear()
    } else if inItem {
      item.start(name, attributes)
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if inItem { item.add(bytes) }
  }

  override func end(_ name: XMLName) {
    guard inItem else { return }
    guard name == "si" else { return item.end(name) }
    inItem = false
    guard let text = item.text else {
      return fail(.longCell(row: 0, limit: limits.characters))
    }
    texts.append(text)
  }
}

/// A text that may be in runs of different fonts (CT_Rst): runs are joined, readings left out.
struct RichText {
  private let limit: Int
  private var bytes: [UInt8] = []
  private var runStart = 0
  private var inRun = false
  private var keepsSpace = false
  private var readings = 0

  init(limit: Int) {
    self.limit = limit
  }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    (inRun, readings) = (false, 0)
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "t" {
      inRun = readings == 0
      runStart = bytes.count
      keepsSpace = attributes["xml:space"].map { $0 == "preserve" } ?? false
    } else if name == "rPh" {
      readings += 1
    }
  }

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    // Of a text that is too long, just so much is kept that it is seen to be.
    if inRun, bytes.count <= limit * CellText.mostBytes { bytes.append(contentsOf: text) }
  }

  mutating func end(_ name: XMLName) {
    if name == "t" {
      if inRun, !keepsSpace { trim() }
      inRun = false
    } else if name == "rPh" {
      readings -= 1
    }
  }

  /// nil where it is longer than the limit.
  var text: String? { CellText.decode(bytes, limit: limit) }

  /// Without `xml:space` white space around a run is the file's, not the text's.
  private mutating func trim() {
    func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    while bytes.count > runStart, let last = bytes.last, isSpace(last) { bytes.removeLast() }
    let leading = bytes[runStart...].prefix(while: isSpace).count
    bytes.removeSubrange(runStart..<(runStart + leading))
  }
}
