import HumanEvaluation
import ReviewCore
import TerminalSurface

extension FrontState {
  /// What came of all blocks that are over.
  ///
  /// - Parameter first: the block whose group stands above the others.
  func resultLines(first: String?) -> [(String, Role)] {
    let results = HumanResults(of: [review] + otherReviews, in: run)
    return ResultWords(results, of: run, first: first).lines.map { ($0.text, $0.kind.role) }
  }
}

extension ResultLine.Kind {
  fileprivate var role: Role {
    switch self {
    case .heading: return .heading
    case .text: return .text
    case .first: return .winner
    case .good: return .keep
    case .remark: return .dim
    case .warning: return .warning
    }
  }
}
