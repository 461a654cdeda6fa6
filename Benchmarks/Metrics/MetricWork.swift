import ReviewCore
import SampleMetrics

/// One case: what is timed, and what it counts at least.
struct MetricWork {
  /// Multiplications and additions that the definition asks for, with what symmetry saves; nil where it is
  /// no matter of those.
  let operations: Double?
  /// Of which peak the operations are a share.
  let kind: String
  /// Returns one number to hold against that of others.
  let run: (Effort) throws -> Double

  /// - Returns: nil for a name that is none.
  init?(_ name: String, data: MetricData) throws {
    switch name {
    case "frechet": self = try .frechet(data)
    case "kernel": self = try .kernel(data)
    case "prdc": self = try .prdc(data)
    case "audit": self = try .audit(data)
    case "sharpness": self = try .sharpness(data)
    case "unique": self = try .unique(data)
    case "vendi": self = try .vendi(data)
    default: return nil
    }
  }

  private init(
    operations: Double? = nil, kind: String = "double", run: @escaping (Effort) throws -> Double
  ) {
    self.operations = operations
    self.kind = kind
    self.run = run
  }

  private static func metric(_ name: String) throws -> RegisteredMetric {
    guard let metric = MetricRegistry.metric(named: name) else {
      throw MetricFailure.unfit("there is no metric \(name)")
    }
    return metric
  }

  private static func frechet(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("frechet")
    var call = MetricCall(samples: try data.features(), reference: try data.featuresReference())
    // The distance alone, without the one of endless samples.
    call.options.firstPrefix = call.samples.rowCount
    let (n, d) = (Double(call.samples.rowCount), Double(call.samples.columnCount))
    // Two scatters, a Cholesky factor, two triangular products, the eigenvalues.
    let operations = 2 * n * d * d + d * d * d / 3 + 2 * d * d * d + 4 * d * d * d / 3
    return MetricWork(operations: operations) { [call] effort in
      try metric.evaluate(call, effort).number("distance") ?? .nan
    }
  }

  private static func kernel(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("kernel")
    let call = MetricCall(samples: try data.features(), reference: try data.featuresReference())
    let (n, d) = (Double(call.samples.rowCount), Double(call.samples.columnCount))
    return MetricWork(operations: 4 * n * n * d) { effort in
      try metric.evaluate(call, effort).number("distance") ?? .nan
    }
  }

  private static func prdc(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("prdc")
    let call = MetricCall(samples: try data.generated(), reference: try data.trained(10_000))
    let (n, d) = (Double(call.samples.rowCount), Double(call.samples.columnCount))
    return MetricWork(operations: 4 * n * n * d, kind: "bytes") { effort in
      let answer = try metric.evaluate(call, effort)
      return ["precision", "recall", "density", "coverage"].reduce(0) {
        $0 + (answer.number($1) ?? .nan)
      }
    }
  }

  private static func audit(_ data: MetricData) throws -> MetricWork {
    let (generated, trained) = (try data.generated(), try data.trained())
    let operations =
      2 * Double(generated.rowCount) * Double(trained.rowCount) * Double(trained.columnCount)
    return MetricWork(operations: operations, kind: "bytes") { effort in
      try Neighbours.nearest(of: generated, in: trained, effort).reduce(0) {
        $0 + $1.squared.squareRoot()
      }
    }
  }

  private static func sharpness(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("quality")
    let call = MetricCall(
      samples: try data.generated(), size: PictureSize(width: 28, height: 28))
    return MetricWork { effort in
      try metric.evaluate(call, effort).number("laplacian_var_mean") ?? .nan
    }
  }

  private static func unique(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("unique")
    let call = MetricCall(samples: try data.generated())
    return MetricWork { effort in
      guard case .whole(let count) = try metric.evaluate(call, effort)["count"] else { return .nan }
      return Double(count)
    }
  }

  private static func vendi(_ data: MetricData) throws -> MetricWork {
    let metric = try metric("vendi")
    let call = MetricCall(samples: try data.generated(2000))
    let (n, d) = (Double(call.samples.rowCount), Double(call.samples.columnCount))
    return MetricWork(operations: n * d * d + 4 * d * d * d / 3) { effort in
      try metric.evaluate(call, effort).number("cosine") ?? .nan
    }
  }
}
