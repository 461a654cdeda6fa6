import ReviewCore
import SampleMetrics

/// What a name of a file of reference values asks of the registry, such as
/// `prdc.k5.feat64.precision` or `vendi.cosine.q2.pixels`.
struct ReferenceName {
  let metric: String
  let value: String
  /// Of a list of one number a sample, how many are compared.
  let count: Int?
  let options: MetricOptions

  /// Nil for a name that the registry has nothing for.
  init?(_ name: String) {
    let parts = name.split(separator: ".").map(String.init)
    var options = MetricOptions()
    var count: Int?
    let field = parts.last ?? ""
    let metric: String
    var value = field
    switch parts.first {
    case "neardup":
      metric = "neardup"
      // `cos0.98` has a point of its own.
      let text = parts.dropFirst().dropLast().joined(separator: ".")
      options.threshold = Double(text.drop { !$0.isNumber })
    case "diversity":
      metric = parts.count > 1 && parts[1].hasPrefix("ssim") ? "ssim" : "diversity"
      value = parts.count > 1 ? parts[1] : ""
    case "vendi":
      metric = "vendi"
      for part in parts {
        if part.hasPrefix("rbf") { options.deviation = Double(part.dropFirst(3)) }
      }
      value = options.deviation == nil ? "cosine" : "rbf"
      // `q0.5` has a point of its own.
      if let start = name.range(ofText: ".q") {
        let text = name[start...]
        let order = text.split(separator: ".").prefix { $0.first?.isNumber == true }
          .joined(separator: ".")
        options.order = text.hasPrefix("inf") ? .infinity : Double(order) ?? 1
      }
    case "fid" where !Self.isOfSeries(field):
      metric = "frechet"
      value = field == "mean_term" ? "mean_term" : "distance"
    case let first? where first != "quality" && Self.isOfSeries(field):
      metric = "stability"
    case "fid_infinity":
      metric = "frechet"
      value = "infinity"
    case "kid":
      metric = "kernel"
      switch parts.dropFirst().prefix(2).joined(separator: ".") {
      case "subsets.mean": value = "subsets_mean"
      case "subsets.std": value = "subsets_std"
      default: value = parts.count > 1 && parts[1] == "full_biased" ? "biased" : "distance"
      }
      if value.hasPrefix("subsets") {
        options.subsetSize = 100
        options.seed = 2020
      }
    case "mmd":
      metric = "kernel"
      let kernel = parts.count > 1 ? parts[1] : ""
      options.deviation =
        kernel.hasPrefix("rbf_sigma") ? Double(kernel.dropFirst("rbf_sigma".count)) : .infinity
      options.isBiased = parts.contains("biased")
      value = kernel == "median_sigma" ? "median_deviation" : "rbf"
    case "is":
      metric = "is"
      for part in parts {
        if part.hasPrefix("splits") { options.splits = Int(part.dropFirst(6)) ?? 1 }
        if part.hasPrefix("shuffle") { options.seed = UInt32(part.dropFirst(7)) }
      }
    case "prdc", "ipr":
      metric = "prdc"
      for part in parts where part.hasPrefix("k") {
        options.neighbours = Int(part.dropFirst()) ?? 5
      }
      options.countsBorder = parts.first == "ipr"
    case "audit":
      metric = field.hasPrefix("ct_") ? "ct" : "audit"
      value = field == "ct_global" ? "global" : field == "ct_cells3" ? "cells" : field
    case "unique", "classes", "ndb", "vae", "quality", "hash", "modes":
      metric = parts.first ?? ""
      if metric == "modes" { options.deviation = 0.01 }
    default: return nil
    }
    if let cut = value.range(ofText: "_first") {
      count = Int(value[cut...].drop { !$0.isNumber })
      value = String(value[..<value.index(cut, offsetBy: -"_first".count)])
    }
    self.metric = metric
    self.value = value
    self.count = count
    self.options = options
  }

  private static func isOfSeries(_ field: String) -> Bool {
    MetricRegistry.metric(named: "stability")?.card.values.contains { $0.name == field } ?? false
  }
}

extension String {
  /// The place behind the first occurrence of a text.
  fileprivate func range(ofText text: String) -> Index? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
