import Glibc

/// Where progress and complaints go, so that standard output holds the table alone.
enum StandardError {
  /// Writes one line.
  static func say(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}
