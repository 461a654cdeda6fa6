/// A chart of a report, in values of its data; a format draws it in its own way.
///
/// Words in it may be anybody's: no format may take them for markup.
enum Chart {
  case plot(Plot)
  /// One under the other, in one picture.
  case strips([Strip])
  case map(WinnerMap)
}

/// What a place in a chart stands for.
enum ChartRole: Equatable {
  /// Nothing in particular.
  case usual
  case candidate
  /// Chosen: by the rule, or by a reviewer instead.
  case chosen
  case runnerUp
  /// Best by the objective, and excluded by a clause.
  case excluded
}

/// Values over two axes: points, lines through values, and the limits of a rule.
struct Plot {
  struct Point {
    let x: Double
    let y: Double
    let role: ChartRole
    /// Beside the point, such as `30`; nil where there is no room for all.
    let label: String?
    /// Whether it is on the Pareto front.
    let isOnFront: Bool
    /// A place in the plot's groups, whose sign it has; nil for the sign of its role.
    var group: Int?
  }

  /// Values in the order of x; a gap is a value that is not finite.
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
    /// What it looks like, the same in several plots; nil: by its place among the lines.
    var style: Int?
  }

  /// A run, or a checkpoint under its settings, of which there are several points.
  struct Group {
    let name: String
    /// Whether it is the one that the plot is about.
    var isChosen = false
  }

  /// A threshold of the rule: a straight line across the plot.
  struct Limit {
    /// The side of a limit on which a clause does not hold.
    enum Side { case below, above }

    let isVertical: Bool
    let value: Double
    /// The clause.
    let label: String
    /// What the clause excludes; nil when that is not one side of the line.
    var excluded: Side?
  }

  /// A place on the x axis with something to say of it.
  struct Mark {
    let x: Double
    let label: String
    let isAlarm: Bool
  }

  let title: String
  let xTitle: String
  let yTitle: String
  var points: [Point] = []
  var lines: [Line] = []
  var limits: [Limit] = []
  var marks: [Mark] = []
  /// What the points are of, where signs tell that apart.
  var groups: [Group] = []
  /// Whether the points of a group are joined, in their order.
  var joinsGroups = false
  /// Whether the points of the Pareto front are joined.
  var joinsFront = false
  var isLogarithmic = false
}

/// Who is chosen while one threshold moves: stretches of a line, from low to high.
struct Strip {
  struct Stretch {
    /// Nil: without end.
    let lower: Double?
    let upper: Double?
    /// Such as `epoch 30` or `none`.
    let winner: String
    /// Whether that is the choice as it is now.
    let isChoice: Bool
  }

  let clause: String
  let now: Double
  let stretches: [Stretch]
}

/// Who is chosen while two thresholds move.
struct WinnerMap {
  let xTitle: String
  let yTitle: String
  /// Edges of the cells, ascending: one more than there are columns, and rows.
  let xEdges: [Double]
  let yEdges: [Double]
  /// By row from the lowest y, then by column: a place in `winners`.
  let cells: [[Int]]
  let winners: [String]
  /// The place in `winners` of the choice as it is now; nil when none is chosen.
  let choice: Int?
  let now: (x: Double, y: Double)
}
