package import ReviewCore

/// A piece of the work on one checkpoint; pieces may be done anywhere and joined later.
package struct MeasureTask: Hashable, Sendable {
  package enum Step: String, CaseIterable, Sendable {
    /// Mean and scatter of some rows.
    case moments
    /// Radii of some rows, and what balls around them hold.
    case balls
    /// The nearest reference rows of some rows.
    case nearest
    /// Everything that is taken of all rows at once.
    case whole
  }

  package let step: Step
  /// The name of a feature space; empty where the step has none.
  package let space: String
  package let block: Int

  package init(step: Step, space: String = "", block: Int = 0) {
    self.step = step
    self.space = space
    self.block = block
  }

  /// `balls pixels 3`.
  package var name: String { "\(step.rawValue) \(space) \(block)" }
}

/// What a piece of the work gave.
package enum MeasurePart: Equatable, Sendable {
  case arrays(wholes: [Int], numbers: [Double])
  case measures(CheckpointMeasures)
  /// It could not be worked out, and why.
  case failure(String)
}

extension MeasureTask {
  /// As `name` writes it; nil for anything else.
  package init?(_ name: String) {
    let parts = name.split(separator: " ", omittingEmptySubsequences: false)
    guard let step = parts.first.flatMap({ Step(rawValue: String($0)) }), parts.count >= 3,
      let block = parts.last.flatMap({ Int($0) })
    else { return nil }
    self.init(
      step: step, space: parts.dropFirst().dropLast().joined(separator: " "), block: block)
  }
}
