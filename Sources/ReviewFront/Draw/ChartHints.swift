import ReviewCore
import TerminalSurface

extension FrontState {
  /// What keys do on the chart of two metrics, the most wanted first; nil elsewhere.
  var chartHints: [Hint]? {
    guard case .pareto(let view) = mode else { return nil }
    var entries: [(Command, Command?, String)] = []
    if !view.moved.isEmpty { entries += [(.closer, nil, "take"), (.back, nil, "put back")] }
    if chart?.line != nil {
      entries += [(.lessContrast, .moreContrast, "move"), (.darker, .lighter, "next winner")]
    }
    if view.rule.thresholdGroups.count > 1 { entries.append((.nextPane, nil, "threshold")) }
    entries.append((.nextCheckpoint, .previousCheckpoint, "epoch"))
    if view.isMap {
      entries.append((.pareto, nil, "chart"))
    } else if view.rule.mappedThresholds != nil {
      entries.append((.pareto, nil, "map"))
    }
    entries += [(.why, nil, "why"), (.winner, nil, "winner")]
    if view.moved.isEmpty { entries.append((.closer, nil, "samples")) }
    if run.columns.count > 2, !view.isMap { entries.append((.sort, .reverseSort, "axes")) }
    entries.append((.help, nil, "help"))
    entries.append((.backOrQuit, nil, "back"))
    return entries.compactMap { command, other, words in
      var key = keyMap.name(of: command)
      if key.hasPrefix(":") { return nil }
      if let other { key += " \(keyMap.name(of: other))" }
      return Hint(
        command: command, key: key, words: words,
        columns: 0..<TextWidth.of(key) + 1 + TextWidth.of(words))
    }
  }
}
