import CDigest

/// SHA-256, by the system's libcrypto, which is opened when the first digest is asked for.
package enum Digest {
  /// 64 hexadecimal digits over a header and the values that follow it; nil without the library.
  package static func sha256(header: String = "", _ values: [UInt8]) -> String? {
    var digest = [UInt8](repeating: 0, count: 32)
    let head = Array(header.utf8)
    guard kdg_sha256(head, head.count, values, values.count, &digest) == 0 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(64)
    let digits = Array("0123456789abcdef".utf8)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
