/// The two scales of brightness: light that adds up, and the sRGB code that the eye sees as even.
///
/// Light runs 0...`one`; fine code runs 0...4080, sixteen steps to one 8-bit code. Integers make
/// every score exact, so that all machines choose the same glyphs.
enum Light {
  static let one: Int32 = 1 << 14
  static let bits: Int32 = 14
  /// How far `codes` goes on below 0 and above `one`, for sums of rounded parts.
  static let margin = 1024
  static let finest = 4080

  /// Light of each 8-bit code (IEC 61966-2-1).
  static let ofCode: [Int32] = (0...255).map { Int32((linear(Double($0) / 255) * 16384).rounded()) }

  /// Fine code of each light from `-margin` to `one + margin`, held at both ends.
  static let codes: [Int16] = {
    var table = [Int16](repeating: 0, count: margin)
    var code = 0
    var end = 0.0
    for light in 0...Int(one) {
      while code < finest, end < Double(light) {
        // Powers take their time: one a code, not one a light.
        end = linear((Double(code) + 0.5) / Double(finest)) * 16384
        if end < Double(light) { code += 1 }
      }
      table.append(Int16(code))
    }
    return table + [Int16](repeating: Int16(finest), count: margin)
  }()

  /// The same, from light 0 on; valid from `-margin` to `one + margin`.
  static var codesFromZero: UnsafePointer<Int16> { permanentCodes.start + margin }
  private static let permanentCodes = PermanentTable(codes)

  /// Light of each fine code 0...4080.
  static let ofFineCode: [Int32] = (0...finest).map {
    Int32((linear(Double($0) / Double(finest)) * Double(one)).rounded())
  }

  /// Linear light of each half step of an 8-bit code, 0...510.
  static let ofHalfCode: [Double] = (0...510).map { linear(Double($0) / 510) }

  /// Fine code of one light, held to 0...`one`.
  static func code(of light: Int32) -> Int32 {
    Int32(codes[margin + Int(min(one, max(0, light)))])
  }

  /// Linear light 0...1 of an sRGB signal 0...1.
  static func linear(_ signal: Double) -> Double {
    signal <= 0.04045 ? signal / 12.92 : RealPower.power((signal + 0.055) / 1.055, 2.4)
  }
}
