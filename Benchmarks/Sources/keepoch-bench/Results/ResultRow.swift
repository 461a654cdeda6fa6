/// One line of the table.
struct ResultRow: Sendable {
  let name: String
  var measure = Measure.milliseconds
  var values = Distribution([])
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
      name, values.count > 0 ? "\(values.count)" : "-", text(50), values.count > 1 ? text(90) : "-",
      values.count > 1 ? text(99) : "-", bytes?.percentile(50).map { "\(Int($0))" } ?? "-",
      budgetText, ratio.map { Decimals.text($0, 2) + ($0 > 1 ? " over" : "") } ?? "-", remark,
    ]
  }

  private var budgetText: String {
    guard let budget else { return "-" }
    let middle = Self.short(measure.text(budget.p50))
    return budget.p99.map { "\(middle), p99 \(Self.short(measure.text($0)))" } ?? middle
  }

  /// `25.00 ms` as `25 ms`.
  private static func short(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard var number = words.first, number.contains(".") else { return text }
    while number.last == "0" { number.removeLast() }
    if number.last == "." { number.removeLast() }
    return "\(number) \(words.dropFirst().joined(separator: " "))"
  }
}
