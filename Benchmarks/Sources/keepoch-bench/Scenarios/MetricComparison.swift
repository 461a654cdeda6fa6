/// One metric, and who else computes it.
struct MetricComparison: Sendable {
  /// Another implementation, by its word in `recipes/metric_peers.py`.
  struct Peer: Sendable {
    let word: String
    let title: String
    /// How many times as quick Keepoch has to be; nil for information.
    var goal: Double?
    /// Left out of a quick run.
    var isLong = false
  }

  /// By `keepoch-metric-bench` and the recipe.
  let word: String
  let title: String
  /// How often each program repeats it at a time.
  let repetitions: Int
  /// Bytes beyond the data that Keepoch may take; nil where none are set.
  var memory: Double?
  /// Left out of a quick run.
  var isLong = false
  let peers: [Peer]

  static let all = [
    MetricComparison(
      word: "frechet", title: "Fréchet distance, 10,000 x 2,048", repetitions: 1,
      peers: [
        Peer(word: "torch-fidelity", title: "torch-fidelity", goal: 2),
        Peer(word: "pytorch-fid", title: "pytorch-fid", goal: 6, isLong: true),
      ]),
    MetricComparison(
      word: "prdc", title: "precision, recall, density, coverage, 10,000 x 784", repetitions: 1,
      memory: 100_000_000, peers: [Peer(word: "prdc", title: "prdc", goal: 4)]),
    MetricComparison(
      word: "audit", title: "nearest of 60,000 pictures of 28x28 to 10,000", repetitions: 1,
      peers: [
        Peer(word: "faiss", title: "faiss", goal: 1.6),
        Peer(word: "scikit-learn", title: "scikit-learn", goal: 4, isLong: true),
      ]),
    MetricComparison(
      word: "sharpness", title: "Laplacian variance, 10,000 pictures of 28x28", repetitions: 5,
      peers: [
        Peer(word: "numpy", title: "numpy", goal: 1),
        Peer(word: "opencv", title: "OpenCV"),
      ]),
    MetricComparison(
      word: "unique", title: "unique ratio, 10,000 pictures of 28x28", repetitions: 5,
      peers: [
        Peer(word: "numpy", title: "numpy", goal: 1),
        Peer(word: "set", title: "a set of bytes in Python"),
      ]),
    MetricComparison(
      word: "vendi", title: "Vendi score, 2,000 x 784", repetitions: 3,
      peers: [
        Peer(word: "numpy", title: "numpy", goal: 1),
        Peer(word: "score_X", title: "vendi-score"),
        Peer(word: "score_dual", title: "vendi-score, dual"),
      ]),
    MetricComparison(
      word: "kernel", title: "kernel distance, whole sets, 10,000 x 2,048", repetitions: 1,
      isLong: true,
      peers: [
        Peer(word: "float64", title: "numpy, float64"),
        Peer(word: "float32", title: "numpy, float32"),
      ]),
  ]
}
