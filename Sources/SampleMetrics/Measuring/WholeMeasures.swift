import ReviewCore

/// The numbers that are taken of all samples of a checkpoint at once.
struct WholeMeasures {
  private(set) var measures = CheckpointMeasures()
  private let plan: MeasurePlan
  private let reference: MeasureReference
  private let subject: MeasureSubject
  private let effort: Effort

  // Leaving out one group after the other is quick up to here.
  private static let mostForJackknife = 512

  /// - Throws: `cancelled` alone; what cannot be measured is a remark.
  init(
    _ plan: MeasurePlan, _ reference: MeasureReference, _ subject: MeasureSubject,
    _ effort: Effort
  ) throws(MetricFailure) {
    self.plan = plan
    self.reference = reference
    self.subject = subject
    self.effort = effort
    if let samples = subject.samples { try takeSamples(samples) }
    for space in plan.distances where plan.wants("kernel") { try takeKernel(space) }
    try takeGiven()
  }

  private mutating func put(_ name: String, _ value: Double?, _ error: Double? = nil) {
    guard let value, plan.columns.contains(where: { $0.name == name }) else { return }
    measures.values.append(MeasuredValue(name: name, value: value, standardError: error))
  }

  /// Evaluates a metric of the registry; what fails is a remark.
  private mutating func answer(
    _ metric: String, _ call: MetricCall
  ) throws(MetricFailure) -> MetricAnswer? {
    guard plan.wants(metric), let registered = MetricRegistry.metric(named: metric) else {
      return nil
    }
    do throws(MetricFailure) {
      let answer = try registered.evaluate(call, effort)
      measures.remarks += answer.remarks.map { "\(metric): \($0)" }
      return answer
    } catch {
      if error == .cancelled { throw error }
      measures.remarks.append("\(metric): \(error.words)")
      return nil
    }
  }

  /// By leaving out groups, where there are not too many rows.
  private func jackknife(
    _ metric: String, _ call: MetricCall, _ value: String
  ) throws(MetricFailure) -> Double? {
    guard call.samples.rowCount <= Self.mostForJackknife,
      let registered = MetricRegistry.metric(named: metric)
    else { return nil }
    return try Jackknife.standardError(rows: call.samples.rowCount) {
      kept throws(MetricFailure) in
      var part = call
      part.samples = call.samples.rows(at: kept)
      guard let number = try registered.evaluate(part, effort).number(value) else {
        throw .undefined("no value")
      }
      return number
    }
  }

  private mutating func takeSamples(_ samples: NumberTable) throws(MetricFailure) {
    let call = MetricCall(samples: samples, size: subject.size)
    if let answer = try answer("unique", call) {
      put("unique_ratio", answer.number("ratio"))
      try takeCopies(samples)
    }
    if let answer = try answer("diversity", call) {
      put(
        "pairwise_distance", answer.number("mean_rms"),
        try jackknife("diversity", call, "mean_rms"))
    }
    if let modes = reference.modes, subject.points != nil {
      var call = MetricCall(samples: samples, second: modes.centres)
      call.options.deviation = modes.deviation
      if let answer = try answer("modes", call) {
        let good = answer.number("high_quality") ?? 0
        put("high_quality", good, Jackknife.ofShare(good, rows: samples.rowCount))
        put("modes", answer.number("captured"))
        put("modes_20", answer.number("captured_min20"))
      }
    }
    guard subject.pictures != nil else { return }
    try takePictures(call)
  }

  private mutating func takePictures(_ call: MetricCall) throws(MetricFailure) {
    if let answer = try answer("vendi", call) {
      put("vendi[pixels]", answer.number("cosine"), try jackknife("vendi", call, "cosine"))
    }
    if let answer = try answer("quality", call) {
      func error(_ name: String) -> Double? {
        guard case .numbers(let all) = answer[name] else { return nil }
        return Jackknife.ofMean(all)
      }
      put("sharpness", answer.number("laplacian_var_mean"), error("laplacian_var"))
      put("noise_level", answer.number("immerkaer_mean"), error("immerkaer"))
      put("contrast", answer.number("rms_contrast_mean"))
      let blank = answer.number("constant_fraction") ?? 0
      put("blank", blank, Jackknife.ofShare(blank, rows: call.samples.rowCount))
      if blank > 0 { takeBlanks(call.samples) }
    }
    if let answer = try answer("ssim", call) { put("ssim", answer.number("ssim7")) }
    if let answer = try answer("neardup", call) {
      put("near_duplicates", answer.number("fraction"))
    }
    guard plan.wants("ndb"), let real = reference.samples,
      real.columnCount == call.samples.columnCount, call.samples.rowCount > 0
    else { return }
    do throws(MetricFailure) {
      let bins = try reference.bins(effort)
      let answer = BinDifference.answer(
        call.samples, centres: bins.centres, real: bins.shares, realCount: real.rowCount)
      put("different_bins", answer.number("count"))
      put("clusters", answer.number("reached"))
      put("cluster_divergence", answer.number("jsd"))
    } catch {
      if error == .cancelled { throw error }
      measures.remarks.append("ndb: \(error.words)")
    }
  }

  private mutating func takeCopies(_ samples: NumberTable) throws(MetricFailure) {
    let firsts = try UniqueRatio.firstEquals(samples)
    for (row, first) in firsts.enumerated() where first != row {
      guard subject.seeds.indices.contains(row), subject.seeds.indices.contains(first) else {
        continue
      }
      measures.evidence.append(
        SampleEvidence(.copyOf, sample: subject.seeds[row], other: subject.seeds[first]))
    }
  }

  private mutating func takeBlanks(_ samples: NumberTable) {
    guard let bytes = samples.bytes else { return }
    let width = samples.columnCount
    for row in 0..<samples.rowCount where subject.seeds.indices.contains(row) {
      let pixels = bytes[row * width..<(row + 1) * width]
      if pixels.allSatisfy({ $0 == pixels.first }) {
        measures.evidence.append(
          SampleEvidence(.blank, sample: subject.seeds[row], number: Double(pixels.first ?? 0)))
      }
    }
  }

  private mutating func takeKernel(_ space: FeatureSpace) throws(MetricFailure) {
    let name = "kernel_distance[\(space.name)]"
    do throws(MetricFailure) {
      let meter = CheckpointMeter(plan: plan, reference: reference)
      guard let table = try meter.table(of: subject, in: space, effort) else { return }
      guard table.rowCount > 1 else {
        throw .unfit("the kernel distance needs at least 2 samples (n=\(table.rowCount))")
      }
      try table.checkFinite("samples")
      let real = try reference.kernel(space, effort)
      guard real.rows.width == table.columnCount else {
        throw .unfit("the reference has \(real.rows.width) numbers a row, not \(table.columnCount)")
      }
      try effort.openLinearAlgebra()
      let effort = effort
      func distance(_ table: NumberTable) throws(MetricFailure) -> Double {
        let rows = KernelDistance.Rows(table)
        return KernelDistance.distance(
          try KernelDistance.ownSums(rows, effort), real.sums,
          (try KernelDistance.sum(rows, real.rows, effort), 0), rows.count, real.rows.count,
          isBiased: false)
      }
      let error =
        table.rowCount <= Self.mostForJackknife
        ? try Jackknife.standardError(rows: table.rowCount) { kept throws(MetricFailure) in
          try distance(table.rows(at: kept))
        } : nil
      put(name, try distance(table), error)
    } catch {
      if error == .cancelled { throw error }
      measures.remarks.append("\(name): \(error.words)")
    }
  }

  /// Probabilities and latents that the run gives.
  private mutating func takeGiven() throws(MetricFailure) {
    for (name, table) in subject.probabilities {
      if let answer = try answer("is", MetricCall(samples: table)) {
        put("inception_score[\(name)]", answer.number("mean"))
      }
      let call = MetricCall(samples: table, labels: reference.labels)
      if let answer = try answer("classes", call) {
        put("classes[\(name)]", answer.number("classes_present"))
        put("class_confidence[\(name)]", answer.number("mean_confidence"))
        put("class_shift[\(name)]", answer.number("tv_to_real"))
      }
    }
    guard let means = subject.latentMeans else { return }
    let call = MetricCall(samples: means, second: subject.latentLogVariances)
    guard let answer = try answer("vae", call) else { return }
    put("active_units", answer.number("au_burda"))
    put("latent_variance", answer.number("mean_var_of_means"))
    put("active_units_kl", answer.number("au_kl"))
    put("latent_kl", answer.number("kl_total"))
    if case .numbers(let all) = answer["kl"] {
      measures.profiles.append(MeasuredProfile(name: "KL by dimension", values: all))
    }
  }
}
