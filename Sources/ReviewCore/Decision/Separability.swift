/// Whether two checkpoints can be told apart in a computed metric.
///
/// The difference against 1.96 standard errors of it, the two taken as independent; samples of the same seeds are
/// not quite that, which makes the interval too wide rather than too narrow.
package struct Separability: Equatable, Sendable {
  /// Of the run's columns.
  package let column: Int
  package let difference: Double
  /// Half the width of the 95 % interval of the difference.
  package let margin: Double

  /// Nil where a value or an error is not known.
  package init?(_ column: Int, _ left: Int, _ right: Int, in run: Run) {
    let all = run.columns[column]
    guard let a = all.values[left], let b = all.values[right], a.isFinite, b.isFinite,
      let errorA = all.error(at: left), let errorB = all.error(at: right)
    else { return nil }
    self.column = column
    difference = a - b
    margin = 1.96 * (errorA * errorA + errorB * errorB).squareRoot()
  }

  package var isSeparable: Bool { difference.magnitude > margin }

  /// `not separable in sharpness: difference 12, 95 % interval -30 to 54`.
  package func words(in run: Run) -> String {
    func text(_ value: Double) -> String { NumberText.general(value, digits: 2) }
    let name = run.columns[column].metric.name
    return
      "\(isSeparable ? "separable" : "not separable") in \(name): difference \(text(difference)), "
      + "95 % interval \(text(difference - margin)) to \(text(difference + margin))"
  }
}
