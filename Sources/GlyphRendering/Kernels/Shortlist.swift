/// The best few glyphs of one search, least error first; made once and filled again and again.
struct Shortlist: ~Copyable {
  let capacity: Int
  var count = 0
  let errors: UnsafeMutablePointer<Int32>
  let glyphs: UnsafeMutablePointer<Int32>

  init(capacity: Int) {
    self.capacity = capacity
    errors = .allocate(capacity: capacity)
    glyphs = .allocate(capacity: capacity)
    errors.initialize(repeating: 0, count: capacity)
    glyphs.initialize(repeating: 0, count: capacity)
  }

  deinit {
    errors.deallocate()
    glyphs.deallocate()
  }

  /// Puts a glyph in its place; of equals the first stays ahead. Says what is good enough from now.
  mutating func insert(_ glyph: Int32, error: Int32, below limit: Int32) -> Int32 {
    var place = capacity - 1
    if count < capacity {
      place = count
      count += 1
    }
    while place > 0, errors[place - 1] > error {
      errors[place] = errors[place - 1]
      glyphs[place] = glyphs[place - 1]
      place -= 1
    }
    errors[place] = error
    glyphs[place] = glyph
    return count == capacity ? errors[capacity - 1] : limit
  }
}
