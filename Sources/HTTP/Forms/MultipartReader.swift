import Cryptography
import NIOCore

/// Puts the parts of a form into fields and files, within its limits. Nothing of a file is kept before
/// the form token has come and is right: our pages send it first.
struct MultipartReader {
  private(set) var fields: [(name: String, value: String)] = []
  private(set) var files: [UploadedFile] = []

  private var parser: MultipartParser
  private let limits: FormLimits
  private let token: String
  private var isOurs = false
  private var part: PartHead?
  /// Of the part under way.
  private var memory = ByteBuffer()
  private var file: TemporaryFile?
  private var size = 0
  /// Bytes of all fields.
  private var fieldBytes = 0

  /// Files up to this size stay in memory.
  private static let smallFile = 64 * 1024
  /// What is written to the disk at once.
  private static let block = 1 << 20

  init(type: String, limits: FormLimits, token: String) throws(RequestError) {
    parser = try MultipartParser(type: type)
    self.limits = limits
    self.token = token
  }

  /// - Throws: `RequestError.badForm`, `.bodyTooLarge`, `.wrongFormToken`; what the disk says
  mutating func read(_ chunk: ByteBuffer) async throws {
    for event in try parser.read(chunk) {
      switch event {
      case .head(let head): try begin(head)
      case .content(let content): try await add(content)
      case .end: try await end()
      }
    }
  }

  func finish() throws(RequestError) { try parser.finish() }

  private mutating func begin(_ head: PartHead) throws(RequestError) {
    part = head
    memory = ByteBuffer()
    file = nil
    size = 0
    if let name = head.fileName {
      guard isOurs else { throw .wrongFormToken }
      if !name.isEmpty, files.count >= limits.files { throw .bodyTooLarge }
    } else {
      try count(head.name.utf8.count + 1)
    }
  }

  private mutating func count(_ bytes: Int) throws(RequestError) {
    fieldBytes += bytes
    if fieldBytes > limits.fields { throw .bodyTooLarge }
  }

  private mutating func add(_ content: ByteBuffer) async throws {
    guard let part else { return }
    var content = content
    size += content.readableBytes
    if part.fileName == nil {
      try count(content.readableBytes)
    } else if size > limits.file {
      throw RequestError.bodyTooLarge
    }
    memory.writeBuffer(&content)
    if part.fileName != nil, size > Self.smallFile,
      memory.readableBytes >= Self.block || file == nil
    {
      try await spill()
    }
  }

  private mutating func spill() async throws {
    let target: TemporaryFile
    if let file { target = file } else { target = try await TemporaryFile.create() }
    file = target
    try await target.append(memory)
    memory.clear()
  }

  private mutating func end() async throws {
    guard let part else { return }
    self.part = nil
    if let name = part.fileName {
      // No file was chosen.
      if name.isEmpty, size == 0 { return }
      guard files.count < limits.files else { throw RequestError.bodyTooLarge }
      if let file {
        try await spill()
        files.append(UploadedFile(part, file: file, size: size))
      } else {
        files.append(UploadedFile(part, memory: memory))
      }
      file = nil
    } else {
      let bytes = memory.readableBytesView
      // NUL: neither PostgreSQL nor a C string can hold it.
      guard !bytes.contains(0), let value = String(validating: bytes, as: UTF8.self) else {
        throw RequestError.badForm
      }
      if part.name == FormData.tokenField { isOurs = FormData.isToken(value, token) }
      fields.append((part.name, value))
    }
    memory = ByteBuffer()
  }
}
