/// Values at a fixed place in memory for as long as the process lives, for the kernels to read.
///
/// Made for tables that are shared and never replaced: nothing ever frees one.
struct PermanentTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Written once in `init` and only read from then on.
  let start: UnsafePointer<Element>
  let count: Int

  init(_ values: [Element]) {
    let storage = UnsafeMutablePointer<Element>.allocate(capacity: max(1, values.count))
    for (place, value) in values.enumerated() {
      (storage + place).initialize(to: value)
    }
    start = UnsafePointer(storage)
    count = values.count
  }

  subscript(place: Int) -> Element {
    precondition(place >= 0 && place < count)
    return start[place]
  }
}
