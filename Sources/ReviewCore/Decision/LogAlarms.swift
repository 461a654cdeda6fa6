/// What the series of a training log tell of networks that play against each other, of likelihoods, and of
/// numbers that leap.
///
/// Each checkpoint is judged by the points since the one before it.
struct LogAlarms {
  private let run: Run
  private(set) var alarms: [Alarm] = []

  // A leap is at least this many times the typical size of what came before.
  private static let leap = 50.0
  private static let sure = 0.95
  private static let close = 0.02
  /// Nats that the likelihoods of data and samples may lie apart.
  private static let apart = 1.0

  /// - Complexity: O(m) in points of the log.
  init(_ run: Run) {
    self.run = run
    guard !run.series.isEmpty, !run.checkpoints.isEmpty else { return }
    judgeDiscriminator()
    judgeGenerator()
    judgeLikelihoods()
    judgeLatents()
    judgeLeaps()
    alarms = Alarm.sorted(alarms)
  }

  private mutating func add(_ index: Int, _ kind: Alarm.Kind, _ evidence: String) {
    alarms.append(Alarm(index: index, kind: kind, evidence: evidence))
  }

  // MARK: Series

  /// The first series whose name has all of some words and none of others.
  private func series(_ names: [Set<String>], without others: Set<String> = []) -> Series? {
    for wanted in names {
      let found = run.series.first {
        let words = Self.words(of: $0.name)
        return wanted.isSubset(of: words) && words.isDisjoint(with: others)
      }
      if let found { return found }
    }
    return nil
  }

  static func words(of name: String) -> Set<String> {
    var words: Set<String> = []
    var word = ""
    for character in name.lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if !word.isEmpty {
        words.insert(word)
        word = ""
      }
    }
    if !word.isEmpty { words.insert(word) }
    return words
  }

  /// By checkpoint the places of the points since the one before; nil where the log says of neither axis.
  private func windows(of series: Series) -> [Range<Int>?] {
    var start = 0
    return run.checkpoints.map { checkpoint in
      guard let last = series.place(of: checkpoint) else { return nil }
      defer { start = max(start, last + 1) }
      return start <= last ? start..<last + 1 : nil
    }
  }

  // Of a long stretch so many points, evenly spaced, tell as much as all.
  private static let mostPoints = 4096

  private func mean(_ series: Series, _ range: Range<Int>) -> Double? {
    var sum = 0.0
    var count = 0.0
    let values = series.values
    for place in Self.thinned(range) where values[place].isFinite {
      sum += values[place]
      count += 1
    }
    return count > 0 ? sum / count : nil
  }

  private static func thinned(_ range: Range<Int>) -> StrideTo<Int> {
    stride(from: range.lowerBound, to: range.upperBound, by: range.count / mostPoints + 1)
  }

  private func means(_ series: Series) -> [Double?] {
    windows(of: series).map { $0.flatMap { mean(series, $0) } }
  }

  private func text(_ value: Double) -> String { NumberText.general(value, digits: 2) }

  /// By checkpoint a number that falls when samples get less varied; nil where none is known.
  private var diversity: [Double?]? {
    guard let column = run.diversityColumn else { return nil }
    let sign = run.columns[column].metric.direction == .lower ? -1.0 : 1
    return run.columns[column].values.map { $0.map { $0 * sign } }
  }

  // MARK: Adversaries

  private mutating func judgeDiscriminator() {
    guard
      let real = series(
        [["d", "real"], ["real", "score"], ["d", "x"], ["dx"]], without: ["loss"]),
      let fake = series(
        [["d", "fake"], ["fake", "score"], ["d", "gz"], ["d", "g", "z"], ["dgz"]], without: ["loss"]
      )
    else { return }
    let (ofReal, ofFake) = (means(real), means(fake))
    let diversity = self.diversity
    var best: Double?
    for index in run.checkpoints.indices {
      if let now = diversity?[index] { best = max(best ?? now, now) }
      guard let real = ofReal[index], let fake = ofFake[index] else { continue }
      let words = "real \(text(real)), generated \(text(fake)) since the checkpoint before"
      if real >= Self.sure, fake <= 1 - Self.sure {
        add(index, .discriminatorWins, words)
      } else if real - fake < Self.close, let now = diversity?[index], let best, best > 0,
        now < Alarm.leastDiversity * best
      {
        // At an equilibrium it cannot tell, either: only beside worse samples it is a failure.
        add(
          index, .discriminatorLost,
          words + ", while diversity is at \(text(100 * max(0, now / best))) % of its best")
      }
    }
  }

  private mutating func judgeGenerator() {
    guard let diversity,
      let loss = series([["loss", "g"], ["gloss"], ["loss", "generator"], ["loss", "gen"]])
    else { return }
    let losses = means(loss)
    var peak: (index: Int, value: Double)?
    for index in run.checkpoints.indices {
      guard let now = diversity[index], let own = losses[index] else { continue }
      guard let best = peak, now < best.value else {
        peak = (index, now)
        continue
      }
      guard best.value > 0, now < Alarm.leastDiversity * best.value,
        let before = losses[best.index], own < before, before - own > 0.1 * abs(before)
      else { continue }
      add(
        index, .generatorFools,
        "\(loss.name) fell from \(text(before)) to \(text(own)) while diversity fell to "
          + "\(text(100 * now / best.value)) % since \(run.wordsInRun(of: best.index))")
    }
  }

  // MARK: Likelihoods

  /// Of one model on its training data and on its own samples; never of two families.
  private mutating func judgeLikelihoods() {
    let names: [Set<String>] = [["nll"], ["bpd"], ["nats"]]
    for name in names {
      guard
        let ofData = series([name.union(["train"]), name.union(["data"]), name.union(["real"])]),
        let ofSamples = series(
          [
            name.union(["samples"]), name.union(["sample"]), name.union(["generated"]),
            name.union(["fake"]),
          ])
      else { continue }
      let (data, samples) = (means(ofData), means(ofSamples))
      for index in run.checkpoints.indices {
        guard let one = data[index], let other = samples[index], abs(one - other) > Self.apart
        else { continue }
        add(
          index, .likelihoodApart,
          "\(ofData.name) \(text(one)), \(ofSamples.name) \(text(other)): the samples are "
            + (other < one ? "likelier than the data" : "less likely than the data")
            + " by \(text(abs(one - other)))")
      }
      return
    }
  }

  // MARK: Latents

  /// A logged KL that was there and is gone: the decoder has learned to do without the latent.
  private mutating func judgeLatents() {
    guard run.family == nil || run.family == .vae,
      let kl = series([["kl"], ["kld"], ["kl", "loss"]], without: Self.settings)
    else { return }
    var most = 0.0
    for (index, value) in means(kl).enumerated() {
      guard let value else { continue }
      if value < Alarm.fadedKL / 2 * most {
        add(
          index, .latentUnused,
          "\(kl.name) fell to \(text(value)) from \(text(most)) nats at the most")
      }
      most = max(most, value)
    }
  }

  // MARK: Leaps

  /// A loss, or anything else that was of one size for long, and is far out of it.
  private mutating func judgeLeaps() {
    for series in run.series {
      let words = Self.words(of: series.name)
      // What the script sets is no number of the training's own.
      guard words.contains(where: isOfLoss), words.isDisjoint(with: Self.settings) else { continue }
      let values = series.values
      guard values.count >= 8 else { continue }
      // The typical size of the first half says what is usual; a sum of all would not.
      let half = Self.thinned(0..<max(4, values.count / 2))
      let sizes = half.map { values[$0] }.filter(\.isFinite).map(abs).sorted()
      guard let typical = sizes.isEmpty ? nil : sizes[sizes.count / 2], typical > 0 else {
        continue
      }
      for (index, window) in windows(of: series).enumerated() {
        guard let window else { continue }
        let extent = series.extent(of: window)
        guard max(abs(extent.low), abs(extent.high)) > Self.leap * typical,
          let place = window.first(where: {
            values[$0].isFinite && abs(values[$0]) > Self.leap * typical
          }), place > values.count / 8
        else { continue }
        add(
          index, .blowUp,
          "\(series.name) is \(text(values[place])), \(text(abs(values[place]) / typical)) times its "
            + "usual size")
      }
    }
  }

  private static let settings: Set = ["weight", "beta", "lr", "rate", "scale", "coef", "lambda"]

  private func isOfLoss(_ word: String) -> Bool {
    word.hasSuffix("loss") || ["nll", "grad", "norm", "kl", "recon", "elbo"].contains(word)
  }
}
