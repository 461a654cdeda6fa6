import ReviewCore
import RunFormats
import SampleMetrics

/// Inputs at the border of what can be measured, and what a careful tool says of them.
struct EdgeCases {
  private let data: ReferenceData
  private let effort: Effort

  init(folder: String, effort: Effort) {
    data = ReferenceData(folder: folder)
    self.effort = effort
  }

  /// Cases of a file that is not there are none.
  func run(_ check: inout ReferenceCheck) throws(RunError) {
    guard let cases = (try? data.json("edge_cases.json"))?.array else { return }
    for one in cases {
      guard let name = one["case"]?.string, let metric = one["metric"]?.string,
        let should = one["should"]?.string
      else { continue }
      // Trials and raters are measured elsewhere.
      if Self.ofPeople.contains(metric) { continue }
      let key = "\(name)|\(metric)"
      guard let found = answer(name, metric) else {
        check.miss("edge", key, "no such case is known")
        continue
      }
      check.take("edge", key, found.json)
      if let why = complaint(found, should, one["peers"]?["refimpl"]) {
        check.miss("edge", key, "\(why); should: \(should)")
      }
    }
  }

  private static let ofPeople: Set = ["bradley-terry", "krippendorff / kappa", "wilson"]

  private enum Answer {
    case value(MetricNumber, remarks: [String])
    case failure(MetricFailure)

    var json: JSONText {
      switch self {
      case .value(.undefined(let why), _):
        return .string(why.hasPrefix("error") ? why : "undefined: \(why)")
      case .value(let value, _): return value.json
      case .failure(let failure): return .string(failure.words)
      }
    }
  }

  /// Nil where the answer is as it should be.
  private func complaint(_ answer: Answer, _ should: String, _ peer: JSONValue?) -> String? {
    let wantsError =
      should.hasPrefix("error") && !should.hasPrefix("error or")
      || should.hasPrefix("'undefined")
    switch answer {
    case .failure(let failure):
      if should.hasPrefix("either") || should.hasPrefix("error or") { return nil }
      if !wantsError { return "got \(failure.words)" }
      // `error naming row 3 column 5`: what is named must stand in the words.
      if let place = should.range(naming: "naming "), !failure.words.contains(place) {
        return "got \(failure.words), which does not name \(place)"
      }
      return nil
    case .value(.undefined(let why), _): return wantsError ? nil : "got undefined: \(why)"
    case .value(let value, let remarks):
      if wantsError { return "got \(value.json.text)" }
      if should.contains("warning"), remarks.isEmpty { return "there is no warning" }
      guard let number = value.number, let text = peer?.string?.split(separator: " ").first,
        let wanted = Double(text)
      else { return nil }
      return abs(number - wanted) <= 1e-6 + 1e-5 * abs(wanted)
        ? nil : "got \(NumberText.general(number, digits: 12)), want \(text)"
    }
  }

  /// Nil for a case that nobody knows.
  private func answer(_ name: String, _ metric: String) -> Answer? {
    switch (name, metric) {
    case ("constant series", _):
      let table = NumberTable(rowCount: 5, columnCount: 1, values: .double([2, 2, 2, 2, 2]))
      return value("stability", MetricCall(samples: table), "spearman")
    case ("zero probabilities", _):
      return table("probs_with_zeros").map { value("is", MetricCall(samples: $0), "mean") }
    case ("splits 10 > n 5", _):
      var options = MetricOptions()
      options.splits = 10
      return table("probs_with_zeros").map {
        value("is", MetricCall(samples: $0.first(5), options: options), "mean")
      }
    case ("row sums 0.5", _):
      return table("probs_with_zeros").map {
        value("is", MetricCall(samples: $0.scaled(by: 0.5)), "mean")
      }
    case ("blank 28x28", _):
      let blank = NumberTable(
        rowCount: 1, columnCount: 784, values: .bytes(Array(repeating: 0, count: 784)))
      let size = PictureSize(width: 28, height: 28)
      return value("quality", MetricCall(samples: blank, size: size), "laplacian_var_mean")
    case ("2x2 image", let metric):
      let tiny = NumberTable(rowCount: 2, columnCount: 4, values: .bytes([9, 9, 9, 9, 9, 9, 9, 9]))
      let call = MetricCall(samples: tiny, size: PictureSize(width: 2, height: 2))
      if metric.hasPrefix("ssim") { return value("ssim", call, "ssim7") }
      return value("quality", call, metric == "laplacian" ? "laplacian_var_mean" : "immerkaer_mean")
    case (_, let metric) where metric.hasPrefix("ms-ssim"):
      return .failure(
        .unfit("MS-SSIM of 5 scales needs 161 pixels; on small pictures it is not defined"))
    case ("a zero row", _):
      return table("edge_n12_feat").map {
        value("vendi", MetricCall(samples: $0.withZeroRow), "cosine")
      }
    case ("real and generated all one point", _):
      let point = NumberTable(
        rowCount: 30, columnCount: 8, values: .double(Array(repeating: 1, count: 240)))
      return value(
        "prdc", MetricCall(samples: point.first(12), reference: point), "precision")
    case ("exact copies of training rows, float64 in", _):
      return copies("precision")
    case ("n=6, k=5 (n = k+1: legal)", _):
      guard let samples = table("edge_n12_feat"), let real = table("real_feat64") else {
        return nil
      }
      return value("prdc", MetricCall(samples: samples.first(6), reference: real), "precision")
    case (let name, let metric) where name.hasSuffix("_feat"):
      guard let samples = table("edge_\(name)"), var real = table("real_feat64") else { return nil }
      // Both sides lie that far from zero.
      if name == "far_feat" { real = real.mapped { $1 + 10_000 } }
      let call = MetricCall(samples: samples, reference: real)
      switch metric {
      case "fid": return value("frechet", call, "distance")
      case "prdc k=5": return value("prdc", call, "precision")
      case "vendi cosine": return value("vendi", call, "cosine")
      case "kid": return value("kernel", call, "distance")
      default: return nil
      }
    default: return nil
    }
  }

  private func copies(_ field: String) -> Answer? {
    guard let samples = table("ckpt5_feat64"), let real = table("real_feat64") else { return nil }
    return value("prdc", MetricCall(samples: samples, reference: real), field)
  }

  private func table(_ name: String) -> NumberTable? { try? data.table(name) }

  private func value(_ metric: String, _ call: MetricCall, _ field: String) -> Answer {
    guard let registered = MetricRegistry.metric(named: metric) else {
      return .failure(.unfit("there is no metric \(metric)"))
    }
    do throws(MetricFailure) {
      let answer = try registered.evaluate(call, effort)
      guard let value = answer[field] else {
        return .failure(.unfit("the metric \(metric) gave no \(field)"))
      }
      return .value(value, remarks: answer.remarks)
    } catch {
      return .failure(error)
    }
  }
}

extension NumberTable {
  fileprivate func first(_ count: Int) -> NumberTable { rows(0..<min(count, rowCount)) }

  fileprivate func mapped(_ body: (Int, Double) -> Double) -> NumberTable {
    let values = (0..<rowCount * columnCount).map {
      body($0, value(row: $0 / columnCount, column: $0 % columnCount))
    }
    return NumberTable(rowCount: rowCount, columnCount: columnCount, values: .double(values))
  }

  fileprivate func scaled(by factor: Double) -> NumberTable { mapped { $1 * factor } }

  fileprivate var withZeroRow: NumberTable { mapped { $0 < columnCount ? 0 : $1 } }
}

extension String {
  /// What stands behind a text.
  fileprivate func range(naming text: String) -> String? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(text) { return String(rest.dropFirst(text.count)) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
