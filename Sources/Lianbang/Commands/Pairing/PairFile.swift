import Documents
import Foundation
import HTTP
import Optimizer
import Web

/// A file of a bare instance or of an answer.
struct PairFile {
  let name: String

  init(_ name: String) { self.name = name }

  func instance(_ console: Console) throws(PairFileFault) -> BareInstance {
    let bytes = try bytes()
    let instance: BareInstance
    do throws(JSONFault) {
      instance = try BareInstance(json: bytes)
    } catch {
      throw .json(name, error)
    }
    for key in instance.unknownKeys.prefix(5) {
      console.warn(console.catalogue.text("pair.unknown_key", ["name": key]))
    }
    return instance
  }

  func answer() throws(PairFileFault) -> BareAnswer {
    let bytes = try bytes()
    do throws(JSONFault) {
      return try BareAnswer(json: bytes)
    } catch {
      throw .json(name, error)
    }
  }

  private func bytes() throws(PairFileFault) -> [UInt8] {
    do {
      if name == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
      return Array(try Data(contentsOf: URL(fileURLWithPath: name), options: .mappedIfSafe))
    } catch {
      throw .unreadable(name)
    }
  }
}

/// Why a bare instance has no answer at all.
enum PairFileFault: Error {
  case unreadable(String)
  case json(String, JSONFault)
  case assignment(String, Optimizer.Fault)
  /// Ours: the checker refuses what the solver found.
  case wrongAnswer
}
