import ReviewCore

/// The lines of a journal that are of human evaluation, to and from their JSON.
struct EvaluationLine: Decodable {
  /// The events that are such.
  static let names: Set<String> = ["block", "trial", "answer", "block-end"]

  // More is no screen's, nobody's patience, and no sitting's.
  private static let sizes = 1...1000
  private static let counts = 1...256
  private static let times = 0...86_400_000
  private static let mostTrials = 100_000

  // What every JSON reader keeps exactly.
  private static let largestSeed: UInt64 = 1 << 53

  static func members(of act: EvaluationAct) -> [(key: String, value: JSONText)] {
    switch act {
    case .begin(let block): return members(of: block)
    case .draw(let block, let trial):
      return [("block", .string(block)), ("shown", json(of: trial))]
    case .answer(let block, let trial, let answer, let milliseconds):
      var members: [(key: String, value: JSONText)] = [
        ("block", .string(block)), ("number", .integer(trial)),
      ]
      if let answer { members.append(("answer", .string(answer.text))) }
      if let milliseconds { members.append(("ms", .integer(milliseconds))) }
      return members
    case .end(let block, let ending):
      return [("block", .string(block)), ("ending", .string(ending.rawValue))]
    }
  }

  private static func members(of block: EvaluationBlock) -> [(key: String, value: JSONText)] {
    var members: [(key: String, value: JSONText)] = [
      ("block", .string(block.id)), ("kind", .string(block.kind.rawValue)),
      ("topic", .string(block.topic)), ("seed", .integer(Int(block.seed % (largestSeed + 1)))),
      ("rendering", json(of: block.rendering)),
    ]
    if let exposure = block.exposure { members.append(("exposure", .integer(exposure))) }
    members += [
      ("raterRule", .string(block.raterRule.text)), ("stop", .string(block.stopping.text)),
      ("checkPercent", .integer(block.checkPercent)),
      ("repeatPercent", .integer(block.repeatPercent)),
    ]
    switch block.design {
    case .list(let trials): members.append(("trials", .array(trials.map(json(of:)))))
    case .adaptive(let policy, let pool, let most):
      members += [
        ("policy", .string(policy.rawValue)), ("most", .integer(most)), ("pool", json(of: pool)),
      ]
    }
    return members
  }

  private static func json(of rendering: TrialRendering) -> JSONText {
    .object([
      ("glyphs", .string(rendering.glyphs)), ("model", .string(rendering.model)),
      ("color", .string(rendering.color)), ("background", .string(rendering.background)),
      ("texture", .string(rendering.texture)), ("columns", .integer(rendering.columns)),
      ("rows", .integer(rendering.rows)), ("gamma", .number(rendering.gamma)),
      ("contrast", .number(rendering.contrast)), ("inverted", .bool(rendering.isInverted)),
      ("light", .bool(rendering.isLightBackground)), ("pictures", .integer(rendering.pictures)),
    ])
  }

  private static func json(of pool: TrialPool) -> JSONText {
    .object([
      (
        "members",
        .array(
          pool.members.map { member in
            .object(
              member.position.jsonMembers + [("seeds", .array(member.seeds.map { .integer($0) }))])
          })
      ),
      ("real", .integer(pool.realCount)), ("perSide", .integer(pool.picturesPerSide)),
      ("sharesSeeds", .bool(pool.sharesSeeds)),
    ])
  }

  private static func json(of trial: Trial) -> JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("number", .integer(trial.number)), ("left", json(of: trial.left)),
    ]
    if let right = trial.right { members.append(("right", json(of: right))) }
    switch trial.purpose {
    case .question: break
    case .check(let side): members.append(("check", .string(side?.rawValue ?? "low")))
    case .repetition(let number): members.append(("repeats", .integer(number)))
    }
    return .object(members)
  }

  private static func json(of stimulus: Stimulus) -> JSONText {
    var members: [(key: String, value: JSONText)] = stimulus.position?.jsonMembers ?? []
    members.append(
      (stimulus.position == nil ? "real" : "seeds", .array(stimulus.pictures.map { .integer($0) }))
    )
    if stimulus.isScrambled { members.append(("scrambled", .bool(true))) }
    return .object(members)
  }

  // MARK: - From JSON

  private let block: String
  private let kind: String?
  private let topic: String?
  private let seed: UInt64?
  private let rendering: Rendering?
  private let exposure: Int?
  private let raterRule: String?
  private let stop: String?
  private let checkPercent: Int?
  private let repeatPercent: Int?
  private let trials: [Shown]?
  private let policy: String?
  private let most: Int?
  private let pool: Pool?
  private let shown: Shown?
  private let number: Int?
  private let answer: String?
  private let ms: Int?
  private let ending: String?

  private struct Rendering: Decodable {
    let glyphs: String
    let model: String
    let color: String
    let background: String
    let texture: String
    let columns: Int
    let rows: Int
    let gamma: Double
    let contrast: Double
    let inverted: Bool
    let light: Bool
    let pictures: Int?

    var value: TrialRendering {
      TrialRendering(
        glyphs: glyphs, model: model, color: color, background: background, texture: texture,
        columns: columns, rows: rows, gamma: gamma, contrast: contrast, isInverted: inverted,
        isLightBackground: light, pictures: max(1, pictures ?? 1))
    }
  }

  private struct Place: Decodable {
    let epoch: Double?
    let step: Double?
    let setting: String?
    let run: String?
    let seeds: [Int]?
    let real: [Int]?
    let scrambled: Bool?

    var position: Position? {
      let (axis, value): (Axis, Double?) = epoch != nil ? (.epoch, epoch) : (.step, step)
      return value.map { Position(axis, $0, setting: setting, run: run) }
    }

    var stimulus: Stimulus? {
      let isScrambled = scrambled ?? false
      if let position, let seeds, !seeds.isEmpty {
        return Stimulus(.checkpoint(position), seeds, isScrambled: isScrambled)
      }
      guard let real, !real.isEmpty, position == nil else { return nil }
      return Stimulus(.real, real, isScrambled: isScrambled)
    }
  }

  private struct Shown: Decodable {
    let number: Int
    let left: Place
    let right: Place?
    let check: String?
    let repeats: Int?

    var trial: Trial? {
      guard let left = left.stimulus, number > 0 else { return nil }
      let right = right?.stimulus
      if self.right != nil, right == nil { return nil }
      var purpose = Trial.Purpose.question
      if let repeats { purpose = .repetition(of: repeats) }
      if let check {
        guard check == "low" || Trial.Side(rawValue: check) != nil else { return nil }
        purpose = .check(Trial.Side(rawValue: check))
      }
      return Trial(number: number, left: left, right: right, purpose: purpose)
    }
  }

  private struct Pool: Decodable {
    let members: [Place]
    let real: Int
    let perSide: Int
    let sharesSeeds: Bool

    var value: TrialPool? {
      let all = members.compactMap { place in
        place.position.flatMap { position in
          place.seeds.map { TrialPool.Member(position, seeds: $0) }
        }
      }
      guard all.count == members.count, !all.isEmpty else { return nil }
      return TrialPool(
        members: all, realCount: real, picturesPerSide: perSide, sharesSeeds: sharesSeeds)
    }
  }

  /// Nil for what is not complete or of a later version.
  func act(_ event: String) -> EvaluationAct? {
    switch event {
    case "block": return planned.map { .begin($0) }
    case "trial": return shown?.trial.map { .draw(block: block, $0) }
    case "answer":
      guard let number else { return nil }
      guard let answer else {
        return .answer(block: block, trial: number, nil, milliseconds: nil)
      }
      return TrialAnswer(answer).map {
        .answer(
          block: block, trial: number, $0,
          milliseconds: ms.map { min(max($0, Self.times.lowerBound), Self.times.upperBound) })
      }
    case "block-end":
      return ending.flatMap(EvaluationAct.Ending.init).map { .end(block: block, $0) }
    default: return nil
    }
  }

  private var planned: EvaluationBlock? {
    guard let kind = kind.flatMap(EvaluationKind.init), let seed,
      let rendering = rendering?.value, Self.sizes.contains(rendering.columns),
      Self.sizes.contains(rendering.rows), Self.counts.contains(rendering.pictures),
      exposure.map({ $0 > 0 && Self.times.contains($0) }) ?? true,
      [checkPercent, repeatPercent].allSatisfy({ $0.map { (0...100).contains($0) } ?? true }),
      let rule = RaterRule(raterRule ?? "none"), let stopping = StoppingRule(stop ?? "whole"),
      let design = design(of: kind)
    else { return nil }
    return EvaluationBlock(
      id: block, kind: kind, topic: topic, seed: seed, rendering: rendering, exposure: exposure,
      raterRule: rule, stopping: stopping, design: design, checkPercent: checkPercent ?? 0,
      repeatPercent: repeatPercent ?? 0)
  }

  private func design(of kind: EvaluationKind) -> EvaluationBlock.Design? {
    if let trials {
      let all = trials.compactMap(\.trial)
      guard trials.count <= Self.mostTrials, all.map(\.number) == Array(1...max(1, trials.count)),
        all.allSatisfy({ $0.sides.allSatisfy { Self.counts.contains($0.pictures.count) } }),
        all.allSatisfy({ ($0.right != nil) == kind.hasSides })
      else { return nil }
      return .list(all)
    }
    guard let policy = policy.flatMap(EvaluationBlock.AdaptivePolicy.init), let most, most > 0,
      most <= Self.mostTrials, let pool = pool?.value, pool.realCount >= 0,
      Self.counts.contains(pool.picturesPerSide)
    else { return nil }
    return .adaptive(policy, pool, most: most)
  }
}
