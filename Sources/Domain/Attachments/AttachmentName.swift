/// What a file is called when it is handed out again.
package enum AttachmentName {
  /// One line without a folder, no longer than it may be, ending as its type does: what came as
  /// `photo.exe` and is a picture goes out as `photo.exe.jpg`.
  package static func clean(_ name: String, _ type: AttachmentType) -> String {
    var base = name.singleLine
    if let last = base.lastIndex(where: { $0 == "/" || $0 == "\\" }) {
      base = String(base[base.index(after: last)...])
    }
    // Characters that some system does not take in a name, or that mean something in a header.
    base = String(base.map { "<>:\"|?*".contains($0) ? "_" : $0 }).trimmed
    while base.hasPrefix(".") { base.removeFirst() }
    var ending = "." + type.endings[0]
    for known in type.endings where base.lowercased().hasSuffix("." + known) {
      ending = String(base.suffix(known.count + 1))
      base.removeLast(known.count + 1)
      break
    }
    // Counted in scalars: a character may be made of any number of them.
    let room = Attachment.maximumName - ending.unicodeScalars.count
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: base.unicodeScalars.prefix(room))
    let stem = String(scalars).trimmed
    return (stem.isEmpty ? type.rawValue : stem) + ending
  }
}
