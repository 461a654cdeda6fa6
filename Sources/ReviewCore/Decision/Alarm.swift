/// Something in the numbers of a run that a reviewer should look at.
package struct Alarm: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Diversity fell while quality rose.
    case possibleCollapse = "possible-collapse"
    /// A metric is NaN or without end.
    case badMetric = "bad-metric"
    /// A series of the log has its first value that is not finite.
    case badSeries = "bad-series"
    /// Fewer than a tenth of the samples are distinct.
    case fewDistinct = "few-distinct"
    /// The samples are far less varied than they were.
    case diversityFell = "diversity-fell"
    /// Modes that were reached are reached no more.
    case modesLost = "modes-lost"
    /// The latent is not used.
    case latentUnused = "latent-unused"
    /// Samples lie nearer to real ones than those to each other.
    case memorised
    /// Pictures of one gray.
    case blackOut = "black-out"
    /// The samples are those of the checkpoint before.
    case stuck
    /// A series of the log leaps far out of what it was.
    case blowUp = "blow-up"
    /// The discriminator always tells real from generated.
    case discriminatorWins = "discriminator-wins"
    /// The discriminator never tells them apart, while samples get worse.
    case discriminatorLost = "discriminator-lost"
    /// The generator's loss falls while diversity falls.
    case generatorFools = "generator-fools"
    /// The model finds its own samples far likelier, or less likely, than the data.
    case likelihoodApart = "likelihood-apart"

    /// The failure that it suggests; nil where it suggests none.
    package var tag: String? {
      switch self {
      case .possibleCollapse, .fewDistinct, .diversityFell, .modesLost, .generatorFools:
        return "mode-collapse"
      case .latentUnused: return "posterior-collapse"
      case .memorised: return "memorised"
      case .blackOut: return "artefact"
      case .badMetric, .badSeries, .stuck, .blowUp, .discriminatorWins, .discriminatorLost,
        .likelihoodApart:
        return nil
      }
    }

    package var title: String {
      switch self {
      case .possibleCollapse: return "possible collapse"
      case .badMetric: return "a metric is no number"
      case .badSeries: return "the log breaks off"
      case .fewDistinct: return "few distinct samples"
      case .diversityFell: return "sudden loss of diversity"
      case .modesLost: return "modes lost"
      case .latentUnused: return "latent unused"
      case .memorised: return "memorised samples"
      case .blackOut: return "black-out"
      case .stuck: return "stuck"
      case .blowUp: return "blow-up"
      case .discriminatorWins: return "the discriminator always tells"
      case .discriminatorLost: return "the discriminator cannot tell"
      case .generatorFools: return "generator loss and diversity fall together"
      case .likelihoodApart: return "likelihoods apart"
      }
    }
  }

  /// The checkpoint's place in the run.
  package let index: Int
  package let kind: Kind
  /// What was seen, with its numbers.
  package let evidence: String
  /// The samples that show it, by seed; empty where it is of the checkpoint as a whole.
  package let samples: [Int]

  package var title: String { kind.title }

  package var sentence: String { "\(title): \(evidence)" }

  /// Less than this part of what diversity ranges over in the run is noise.
  package static let leastFall = 0.1

  /// All alarms of a run, by checkpoint.
  ///
  /// - Complexity: O(n) in checkpoints, O(m) in points of the log.
  package static func all(of run: Run) -> [Alarm] {
    // One of a kind a checkpoint, since that is what a reviewer answers.
    var known: Set<[String]> = []
    return sorted(ofMetrics(run) + ofMeasures(run) + ofLog(run)).filter {
      $0.kind.tag == nil || known.insert([String($0.index), $0.kind.rawValue]).inserted
    }
  }

  /// By checkpoint; of one checkpoint in the order they have.
  static func sorted(_ alarms: [Alarm]) -> [Alarm] {
    alarms.enumerated().sorted {
      ($0.element.index, $0.offset) < ($1.element.index, $1.offset)
    }.map(\.element)
  }

  /// Those that the metrics alone tell, without a look at the log.
  ///
  /// - Complexity: O(n) in checkpoints.
  package static func ofMetrics(_ run: Run) -> [Alarm] {
    signs(in: run).map { Alarm($0, in: run) }
  }

  /// What the metrics alone tell, before it is put into words.
  package struct Sign: Equatable, Sendable {
    /// The checkpoint's place in the run.
    package let index: Int
    fileprivate let cause: Cause

    /// In the whole run that its own is a part of.
    fileprivate func moved(to row: (Int) -> Int) -> Sign {
      guard case .collapse(let since, let quality, let diversity) = cause else {
        return Sign(index: row(index), cause: cause)
      }
      return Sign(
        index: row(index),
        cause: .collapse(since: row(since), quality: quality, diversity: diversity))
    }
  }

  fileprivate enum Cause: Equatable, Sendable {
    /// Since the checkpoint that was the best in diversity.
    case collapse(since: Int, quality: Int, diversity: Int)
    /// In a column of the run.
    case badMetric(Int)
  }

  /// By checkpoint; cheap, however many there are.
  ///
  /// - Complexity: O(n) in checkpoints.
  package static func signs(in run: Run) -> [Sign] {
    let collapses = run.parts.flatMap { part in
      Self.collapses(in: part.run).map { $0.moved(to: part.row) }
    }
    let signs = collapses + badMetrics(in: run)
    return signs.enumerated().sorted {
      ($0.element.index, $0.offset) < ($1.element.index, $1.offset)
    }.map(\.element)
  }

  /// A sign in words, with its numbers.
  package init(_ sign: Sign, in run: Run) {
    index = sign.index
    samples = []
    switch sign.cause {
    case .collapse(let peak, let quality, let diversity):
      func change(_ column: Int, _ higher: String, _ lower: String) -> String {
        let metric = run.columns[column].metric
        return "\(metric.name) \(metric.direction == .lower ? lower : higher) "
          + "\(run.metricText(column, at: peak)) to \(run.metricText(column, at: sign.index))"
      }
      kind = .possibleCollapse
      evidence =
        "\(change(diversity, "fell", "worsened")) while \(change(quality, "rose", "improved")) "
        + "since \(run.wordsInRun(of: peak))"
    case .badMetric(let column):
      kind = .badMetric
      let value = run.columns[column].values[sign.index] ?? .nan
      evidence = "\(run.columns[column].metric.name) is \(NumberText.shortest(value))"
    }
  }

  func moved(to index: Int) -> Alarm {
    Alarm(index: index, kind: kind, evidence: evidence, samples: samples)
  }

  init(index: Int, kind: Kind, evidence: String, samples: [Int] = []) {
    self.index = index
    self.kind = kind
    self.evidence = evidence
    self.samples = samples
  }

  /// Where diversity fell, lies at least a tenth of its range below its best so far, and quality is
  /// higher than it was at that best.
  private static func collapses(in run: Run) -> [Sign] {
    guard let quality = run.qualityColumn, let diversity = run.diversityColumn,
      quality != diversity
    else { return [] }
    func rising(_ column: Int) -> (Int) -> Double? {
      let sign = run.columns[column].metric.direction == .lower ? -1.0 : 1
      return { run.columns[column].values[$0].flatMap { $0.isFinite ? $0 * sign : nil } }
    }
    let (good, varied) = (rising(quality), rising(diversity))
    let known = run.checkpoints.indices.filter { good($0) != nil && varied($0) != nil }
    let extent = known.compactMap(varied)
    guard let low = extent.min(), let high = extent.max(), high > low else { return [] }
    var signs: [Sign] = []
    var best: Int?
    var last: Int?
    for index in known {
      defer { last = index }
      guard let now = varied(index) else { continue }
      guard let peak = best, let before = last, let top = varied(peak) else {
        best = index
        continue
      }
      if now >= top {
        best = index
        continue
      }
      let hasFallen = varied(before).map { now < $0 } ?? false
      let isHigher = (good(index) ?? 0) > (good(peak) ?? 0)
      guard hasFallen, isHigher, (top - now) / (high - low) >= leastFall else { continue }
      signs.append(
        Sign(
          index: index, cause: .collapse(since: peak, quality: quality, diversity: diversity)))
    }
    return signs
  }

  private static func badMetrics(in run: Run) -> [Sign] {
    run.columns.indices.flatMap { column in
      let values = run.columns[column].values
      return values.indices.compactMap { index -> Sign? in
        guard let value = values[index], !value.isFinite else { return nil }
        return Sign(index: index, cause: .badMetric(column))
      }
    }
  }

  /// Those that the training log tells.
  ///
  /// - Complexity: O(m) in points of the log.
  package static func ofLog(_ run: Run) -> [Alarm] {
    run.partsOfLog.flatMap { part in
      (brokenSeries(part.run) + LogAlarms(part.run).alarms)
        .map { $0.moved(to: part.row(of: $0.index)) }
    }
  }

  private static func brokenSeries(_ run: Run) -> [Alarm] {
    run.series.compactMap { series -> Alarm? in
      let extent = series.extent(of: 0..<series.count)
      guard extent.gapCount > 0, !run.checkpoints.isEmpty else { return nil }
      let values = series.values
      guard let place = values.indices.first(where: { !values[$0].isFinite }) else { return nil }
      let position = series.positions[place]
      let index =
        run.checkpoints.firstIndex { checkpoint in
          if let own = checkpoint.value(on: series.axis) { return own.value >= position }
          // A log over steps may say of each point which epoch it is of.
          guard let own = checkpoint.epoch, let epoch = series.epochs?[place] else { return false }
          return own.value >= epoch
        } ?? run.checkpoints.count - 1
      return Alarm(
        index: index, kind: .badSeries,
        evidence: "\(series.name) is \(NumberText.shortest(values[place])) at "
          + "\(series.axis.rawValue) \(NumberText.shortest(position))")
    }
  }
}
