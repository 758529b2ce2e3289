import CZlib

/// Bytes made small for the line (RFC 1952).
package enum Gzip {
  /// As small as it gets: for what is packed once and sent often.
  /// - Returns: nil where there is no memory for it.
  package static func pack(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let window: Int32 = 15 + 16  // the largest, with gzip's own head
    guard
      deflateInit2_(
        &stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))))
    let isDone = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
    }
    return isDone ? Array(output.prefix(Int(stream.total_out))) : nil
  }

  /// Whether whoever asks takes it: `gzip, deflate;q=0.5` (RFC 9110, 12.5.3).
  package static func isAccepted(_ header: String?) -> Bool {
    for part in header?.lowercased().split(separator: ",") ?? [] {
      let words = part.filter { !$0.isWhitespace }.split(separator: ";")
      guard words.first == "gzip" else { continue }
      return !words.dropFirst().contains { $0.wholeMatch(of: #/q=0(\.0*)?/#) != nil }
    }
    return false
  }
}
