import CLinearAlgebra
import CSampleKernels
import Synchronization

/// How much of the machine a metric may take, and whether it is still wanted.
package final class Effort: Sendable {
  /// At least 1.
  package let threads: Int
  private let isOver = Atomic<Bool>(false)
  private let whole: Effort?

  package init(threads: Int) {
    self.threads = max(1, threads)
    whole = nil
  }

  private init(threads: Int, of whole: Effort) {
    self.threads = threads
    self.whole = whole
  }

  /// One thread of it, cancelled with it.
  var oneThread: Effort { Effort(threads: 1, of: self) }

  /// All processors that this process may run on.
  package static func whole() -> Effort { Effort(threads: Int(csk_processor_count())) }

  /// From any thread; metrics stop at their next block.
  package func cancel() { isOver.store(true, ordering: .relaxed) }

  package var isCancelled: Bool {
    isOver.load(ordering: .relaxed) || whole?.isCancelled == true
  }

  func check() throws(MetricFailure) {
    if isCancelled { throw .cancelled }
  }

  /// Opens OpenBLAS for as many threads; cheap when it is open.
  func openLinearAlgebra() throws(MetricFailure) {
    if cla_open(Int32(threads)) == 0 { throw .noLinearAlgebra }
  }

  /// Sets what OpenBLAS reads from the environment; before any other thread is begun.
  package static func prepare(threads: Int) { cla_prepare(Int32(threads)) }

  /// What linear algebra is worked out by, and byte distances; opens the library.
  package var engineWords: String {
    let algebra = cla_open(Int32(threads)) == 0 ? "no OpenBLAS" : String(cString: cla_description())
    let kernels = String(cString: csk_level_name(csk_best_level()))
    return "\(algebra); byte distances by \(kernels)"
  }

  /// Runs a body for each block of `0..<count`, on all threads; blocks are left out once cancelled.
  func forEachBlock(
    of count: Int, size: Int, _ body: @Sendable (Range<Int>) -> Void
  ) throws(MetricFailure) {
    let blocks = (count + size - 1) / size
    withoutActuallyEscaping(body) { body in
      let task = BlockTask(count: count, size: size, effort: self, body: body)
      withExtendedLifetime(task) {
        csk_parallel(
          Int32(threads), Int64(blocks),
          { context, place in
            guard let context else { return }
            Unmanaged<BlockTask>.fromOpaque(context).takeUnretainedValue().run(Int(place))
          }, Unmanaged.passUnretained(task).toOpaque())
      }
    }
    try check()
  }
}

private final class BlockTask: Sendable {
  private let count: Int
  private let size: Int
  private let effort: Effort
  private let body: @Sendable (Range<Int>) -> Void

  init(count: Int, size: Int, effort: Effort, body: @escaping @Sendable (Range<Int>) -> Void) {
    self.count = count
    self.size = size
    self.effort = effort
    self.body = body
  }

  func run(_ block: Int) {
    if effort.isCancelled { return }
    body(block * size..<min(count, (block + 1) * size))
  }
}
