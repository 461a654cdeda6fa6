/// One line of the table.
struct ResultRow: Sendable {
  let name: String
  var measure = Measure.milliseconds
  var values = Distribution([])
  /// Of how many `values` holds the median alone; nil where it holds them all.
  var medianOf: Int?
  var bytes: Distribution?
  var budget: Budget?
  var remark = ""

  /// The cells in the order of `ResultTable.titles`.
  var cells: [String] {
    func text(_ percent: Int) -> String {
      values.percentile(percent).map { measure.text($0) } ?? "-"
    }
    let ratio = budget.flatMap { $0.ratio(of: values) }
    return [
      name, countText, text(50), values.count > 1 ? text(90) : "-",
      values.count > 1 ? text(99) : "-", bytes?.percentile(50).map { "\(Int($0))" } ?? "-",
      budgetText, ratio.map(ratioText) ?? "-", remark,
    ]
  }

  private var countText: String {
    let count = medianOf ?? values.count
    return count > 0 ? "\(count)" : "-"
  }

  private func ratioText(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "missed" }
    let isFloor = budget?.isFloor ?? false
    return Decimals.text(ratio, 2) + (ratio > 1 ? isFloor ? " missed" : " over" : "")
  }

  private var budgetText: String {
    guard let budget else { return "-" }
    let middle = Self.short(measure.text(budget.p50))
    if budget.isFloor { return "at least \(middle)" }
    return budget.p99.map { "\(middle), p99 \(Self.short(measure.text($0)))" } ?? middle
  }

  /// `25.00 ms` as `25 ms`.
  private static func short(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard var number = words.first, number.contains(".") else { return text }
    while number.last == "0" { number.removeLast() }
    if number.last == "." { number.removeLast() }
    return ([String(number)] + words.dropFirst().map(String.init)).joined(separator: " ")
  }
}
