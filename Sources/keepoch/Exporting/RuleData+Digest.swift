import ReviewCore
import RunFormats

extension RuleData {
  /// SHA-256 of what a rule read, in hexadecimal; nil where no digest library is installed.
  static func digest(of evaluator: RuleEvaluator, run: Run) -> String? {
    Digest.sha256(Array(text(of: evaluator, run: run).utf8))
  }
}
