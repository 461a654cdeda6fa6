import Glibc

/// Numbers for tags, in the order in which they first come.
///
/// Scripts log their tags in the same order at every step: the tag that followed last time is tried
/// first, and hardly ever anything is hashed.
struct TagTable {
  private var names: [[UInt8]] = []
  private var numbers: [[UInt8]: Int] = [:]
  private var followers: [Int] = []
  private var last = 0

  func name(of number: Int) -> String { String(decoding: names[number], as: UTF8.self) }

  mutating func number(of name: UnsafeRawBufferPointer) -> Int {
    if !names.isEmpty {
      let guess = followers[last]
      if isSame(names[guess], name) {
        last = guess
        return guess
      }
    }
    let bytes = Array(name)
    let number = numbers[bytes] ?? names.count
    if number == names.count {
      names.append(bytes)
      numbers[bytes] = number
      followers.append(0)
    }
    followers[last] = number
    last = number
    return number
  }

  private func isSame(_ known: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
    guard known.count == name.count else { return false }
    guard let start = name.baseAddress else { return true }
    return known.withUnsafeBytes { known in
      known.baseAddress.map { memcmp($0, start, name.count) == 0 } ?? true
    }
  }
}
