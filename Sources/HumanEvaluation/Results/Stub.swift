package import ReviewCore
extension HumanResults {
  package func columns(in run: Run) -> [MetricColumn] { [] }
}
