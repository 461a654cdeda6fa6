import Foundation
import ReviewCore
import ReviewReport
import RunFormats
import Testing

@Suite struct PNGReaderTests {
  static let names: [String] = {
    let folder = projectFolder("Tests/RunFormatsTests/Fixtures/codings")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".png") }.map { String($0.dropLast(4)) }.sorted()
  }()

  private func bytes(_ name: String) throws -> [UInt8] {
    try FileBytes.read(projectFolder("Tests/RunFormatsTests/Fixtures/codings") + "/\(name)")
  }

  @Test func allCodingsAreThere() { #expect(Self.names.count == 34) }

  @Test(arguments: PNGReaderTests.names)
  func grayIsAsTheWritingLibraryMeans(_ name: String) throws {
    let image = try PNGReader.decode(bytes("\(name).png")).gray
    #expect(image.width == 11 && image.height == 7)
    #expect(image.pixels == (try bytes("\(name).gray")))
  }

  @Test(arguments: PNGReaderTests.names)
  func everyTruncationEndsInAnError(_ name: String) throws {
    let whole = try bytes("\(name).png")
    let expected = try bytes("\(name).gray")
    for length in 0..<whole.count {
      // Only the end mark and the sum of the last chunk may be missing.
      if let image = try? PNGReader.decode(Array(whole[..<length])) {
        #expect(image.gray.pixels == expected)
        #expect(length >= whole.count - 16)
      }
    }
  }

  @Test func mutationsNeverTrap() throws {
    var dice = SplitMix64(seed: 4)
    var refused = 0
    for name in Self.names {
      let whole = try bytes("\(name).png")
      for _ in 0..<60 {
        var broken = whole
        for _ in 0...dice.next(below: 4) {
          broken[Int(dice.next(below: UInt64(whole.count)))] = UInt8(dice.next(below: 256))
        }
        if (try? PNGReader.decode(broken)) == nil { refused += 1 }
      }
    }
    #expect(refused > 1000)
  }

  @Test func hugeSizesAreRefusedBeforeMemoryIsTaken() throws {
    var bytes = PNGWriter.bytes(
      of: GrayImage(width: 4, height: 4, pixels: Array(repeating: 9, count: 16)))
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x7F, 0xFF, 0, 0, 0x7F, 0xFF])
    #expect(throws: ImageFailure.self) { try PNGReader.decode(bytes) }
  }

  @Test func ourOwnPicturesReadBack() throws {
    var dice = SplitMix64(seed: 8)
    for (width, height) in [(1, 1), (3, 2), (31, 17)] {
      let image = GrayImage(
        width: width, height: height,
        pixels: (0..<width * height).map { _ in UInt8(dice.next(below: 256)) })
      let bytes = PNGWriter.bytes(of: image, source: "gan.md")
      #expect(try PNGReader.decode(bytes).gray == image)
      #expect(PNGWriter.source(of: bytes) == "gan.md")
      #expect(PNGWriter.source(of: PNGWriter.bytes(of: image)) == "")
      #expect(bytes == PNGWriter.bytes(of: image, source: "gan.md"))
      for length in 0..<min(120, bytes.count) {
        _ = PNGWriter.source(of: Array(bytes[..<length]))
      }
    }
    #expect(PNGWriter.source(of: try bytes("gray8.png")) == nil)
  }
}
