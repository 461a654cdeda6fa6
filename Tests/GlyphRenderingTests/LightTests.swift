import ReviewCore
import Testing

@testable import GlyphRendering

@Suite struct LightTests {
  @Test(arguments: [
    (2.0, 0.5, 1.4142135623730951), (0.5, 2.4, 0.18946457081379978), (10, -3, 0.001),
    (0.21404114048223255, 0.4166666666666667, 0.5260663507109006), (1, 7, 1), (0, 3, 0),
  ])
  func powersAgreeWithTheirValues(_ base: Double, _ exponent: Double, _ value: Double) {
    #expect((RealPower.power(base, exponent) - value).magnitude <= 1e-12 * value)
  }

  @Test func codesAndLightInvertEachOther() {
    for code in 0...255 {
      let light = Light.ofCode[code]
      #expect((Int(Light.code(of: light)) - 16 * code).magnitude <= 4)
    }
    #expect(Light.ofCode[128] == 3537)  // 16384 * ((128/255 + 0.055) / 1.055) ^ 2.4
    #expect(Light.code(of: -5) == 0 && Light.code(of: 99_999) == 4080)
  }

  @Test(arguments: [1, 2, 3, 7, 28, 100], [1, 2, 5, 28, 56, 99])
  func anEvenLineStaysEven(_ source: Int, _ outputs: Int) {
    let weights = AxisWeights(source: source, outputs: outputs)
    let mixed = weights.mixRows([Int32](repeating: 12_345, count: source), width: 1)
    #expect(mixed == [Int32](repeating: 12_345, count: outputs))
  }

  @Test func equalSizesPassThrough() {
    let line = (0..<9).map { Int32($0 * $0 * 100) }
    #expect(AxisWeights(source: 9, outputs: 9).mixRows(line, width: 1) == line)
  }

  @Test func shrinkingTakesAreas() {
    let mixed = AxisWeights(source: 3, outputs: 2).mixRows([0, 3000, 9000], width: 1)
    #expect(mixed == [1000, 7000])
  }

  @Test func theViewFadesIntoTheGround() {
    let image = GrayImage(width: 1, height: 1, pixels: [0])
    let tone = Tone(PictureSettings())
    let field = LightField(image, tone: tone, columns: 40, rows: 48)
    let view = field.viewed(ground: Light.one)
    #expect(view.width == 16 && view.height == 18)
    #expect(view.light[9 * 16 + 8] == 0)
    #expect(view.light[0] > Light.one * 9 / 10)
  }

  @Test func footprintsKeepAllTheLightWithinReach() {
    let footprints = Footprints(Alphabet(.neutral))
    let cell = CellGeometry.columns * CellGeometry.rows
    let total = (0..<footprints.full.count).reduce(0) { $0 + Int(footprints.full[$1]) }
    #expect((total - cell * Int(Light.one)).magnitude < 200)
  }

  @Test(arguments: [0, 1, 40, 127, 200, 254, 255]) func pensFollowTheBlendOfTheTerminal(
    _ paper: Int
  ) {
    for ink in 0...255 {
      let pen = Pen(ink: ink, paper: paper)
      for fifteenth in 0...15 {
        let cover = Double(fifteenth) / 15
        let added = Double(pen.straight) * cover + Double(pen.curved) * Light.linear(cover)
        let blend = (Double(paper) + cover * Double(ink - paper)) / 255
        let light = Double(pen.paper) + added
        #expect((light - Light.linear(blend) * 16384).magnitude < 500)
        // The search reads its table of codes without checks: no pen may leave it.
        #expect(light > -400 && light < 16384 + 400)
      }
    }
  }
}
