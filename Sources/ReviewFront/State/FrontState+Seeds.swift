import ReviewCore

/// Places in a sample set and the seed indices that acts and labels speak of; they differ where each
/// sample is a file with a number of its own.
extension FrontState {
  package func seed(at place: Int, of checkpoint: Int) -> Int {
    run.checkpoints[checkpoint].samples?.index(at: place) ?? place
  }

  /// Of the sample under the cursor.
  package var seed: Int { seed(at: place.sample, of: place.checkpoint) }

  /// The place in a checkpoint's set; nil where it has no such seed.
  package func samplePlace(ofSeed seed: Int, at checkpoint: Int) -> Int? {
    let place = run.checkpoints[checkpoint].samples?.place(of: seed) ?? -1
    return (0..<sampleCount(at: checkpoint)).contains(place) ? place : nil
  }

  /// `0 to 63`: the seeds that a checkpoint has.
  func seedWords(of places: Range<Int>, at checkpoint: Int, between words: String) -> String {
    let first = seed(at: places.lowerBound, of: checkpoint)
    return
      "\(first)\(words)\(seed(at: max(places.lowerBound, places.upperBound - 1), of: checkpoint))"
  }
}
