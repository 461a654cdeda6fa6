import ReviewCore
import RunFormats

/// The arrays that `recipes/metric_data.py` left in a folder.
struct MetricData {
  private let reader: NumberReader

  init(folder: String) { reader = NumberReader(root: folder) }

  /// 10,000 rows of 2,048 features.
  func features() throws -> NumberTable { try table("features") }

  /// As many to hold them against.
  func featuresReference() throws -> NumberTable { try table("features-reference") }

  /// 60,000 pictures of 28x28, or the first of them.
  func trained(_ count: Int? = nil) throws -> NumberTable { try table("trained", count) }

  /// 10,000 pictures of 28x28, or the first of them.
  func generated(_ count: Int? = nil) throws -> NumberTable { try table("generated", count) }

  private func table(_ name: String, _ count: Int? = nil) throws -> NumberTable {
    let table = try reader.table(of: ArrayPlace(path: "\(name).npy"))
    return count.map { table.rows(0..<$0) } ?? table
  }
}
