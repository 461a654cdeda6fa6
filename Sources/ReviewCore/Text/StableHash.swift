/// A hash that is the same in every process, for names of files.
package enum StableHash {
  /// FNV-1a of 64 bits (Fowler, Noll, Vo) over the UTF-8, in hexadecimal.
  package static func text(_ text: String) -> String { self.text(text.utf8) }

  /// The same over bytes.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
