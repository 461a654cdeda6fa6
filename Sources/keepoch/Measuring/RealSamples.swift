import ReviewCore
import RunFormats

/// The real pictures that samples were measured against.
struct RealSamples {
  private let run: Run
  private let path: String?

  /// - Parameter path: where they lie, in place of the run's own.
  init(of run: Run, at path: String?) {
    self.run = run
    self.path = path
  }

  /// Those of the run's last measuring.
  init(of run: Run) { self.init(of: run, at: run.measures?.referencePath) }

  /// Nil where they cannot be read.
  var set: SampleSet? { try? read(SampleReader(run: run)) }

  /// - Throws: `RunWarning` where there are none, or they cannot be read.
  func read(_ reader: SampleReader) throws(RunWarning) -> SampleSet {
    if let path { return try OutsideReference(path, for: run).samples() }
    guard let source = run.reference else {
      throw RunWarning(.leftOut, "this run has no real pictures")
    }
    return try reader.samples(source)
  }
}
