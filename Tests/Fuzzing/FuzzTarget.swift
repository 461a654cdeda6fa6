import Glibc
import RunFormats

@testable import Robustness

/// What libFuzzer calls with bytes it has made up, guided by what of the readers they reach.
///
/// The reader is named by the environment, so that one program serves all of them. With
/// `KEEPOCH_FUZZ_TASK` it does other things instead and ends: see `FuzzTask`.
@_cdecl("LLVMFuzzerInitialize")
public func prepareFuzzing(
  _ count: UnsafeMutablePointer<CInt>?,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  if let task = FuzzTask(environment: variable) { exit(task.run() ? 0 : 1) }
  return 0
}

/// What libFuzzer calls for each file it makes up; a trap is what it looks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func readMadeUpBytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  FuzzedReader.named.read(bytes)
  return 0
}

/// The reader that is fuzzed.
struct FuzzedReader {
  private let subject: Subject
  private let check: Subject.Check

  // Used by libFuzzer's one thread.
  nonisolated(unsafe) static let named: FuzzedReader = {
    let name = variable("KEEPOCH_FUZZ_READER") ?? ""
    guard let subject = Subject.all.first(where: { $0.name == name }),
      let fixture = subject.fixtures.first
    else { fatalError("KEEPOCH_FUZZ_READER names no reader: \"\(name)\"") }
    return FuzzedReader(subject: subject, check: subject.check(fixture, Seat(isWatched: false)))
  }()

  /// Reads them as they are, and with their checksums made to fit.
  func read(_ bytes: [UInt8]) {
    // What is done beside the reading follows from the number; so a file replays itself.
    let damage = Damage.sealed(bytes.count % 16)
    for bytes in [bytes] + (subject.seal.map { [$0(bytes)] } ?? []) {
      if let wrong = check(bytes, damage) { fatalError("\(subject): \(wrong)") }
    }
  }
}

func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
