import ReviewCore

/// The sample sources of a run, in the order of their checkpoints.
struct FoundSamples {
  struct Place {
    let number: AxisValue
    let source: SampleSource
  }

  let axis: Axis
  let places: [Place]
  /// Whether at least one of them could be decoded.
  let isReadable: Bool
  /// Whether the numbers are mere counting, which a table of as many checkpoints corrects.
  let isCounted: Bool
  /// Whether anything says what the numbers count; else a table may.
  let isAxisTold: Bool

  init(_ candidate: SampleCandidate, isReadable: Bool, sources: [SampleSource]) {
    axis = candidate.axis
    places = zip(candidate.numbers, sources).map { Place(number: $0, source: $1) }
    self.isReadable = isReadable
    isCounted = candidate.isCounted
    isAxisTold = candidate.isAxisTold || candidate.isDeclared
  }
}
