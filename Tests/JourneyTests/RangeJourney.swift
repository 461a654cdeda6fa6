import Foundation
import Glibc
import GlyphRendering
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

@testable import keepoch

/// Arrays whose range nobody declares: shown at once, and in the range of the whole run.
@Suite struct RangeJourney {
  private func journey(lastIs scale: Double) throws -> Journey {
    try Journey(copyOf: "diffusion") { folder in
      let file = folder + "/keepoch.toml"
      let text = try String(contentsOfFile: file, encoding: .utf8)
        .replacingOccurrences(of: "value_range", with: "# value_range")
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      guard scale != 1 else { return }
      // The second of five checkpoints, which is not looked at at the opening, has other values.
      try text.replacingOccurrences(of: ".npz", with: ".npy")
        .write(toFile: file, atomically: true, encoding: .utf8)
      try FileManager.default.removeItem(atPath: folder + "/samples")
      try FileManager.default.createDirectory(
        atPath: folder + "/samples", withIntermediateDirectories: true)
      for (place, epoch) in ["001", "003", "005", "008", "010"].enumerated() {
        let factor = Float(place == 1 ? scale : 1)
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (64, 28, 28), }"
        let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
        for place in 0..<64 * 28 * 28 {
          let value = (Float(place % 7) / 3 - 1) * factor
          withUnsafeBytes(of: value.bitPattern) { bytes += $0 }
        }
        try Data(bytes).write(
          to: URL(fileURLWithPath: "\(folder)/samples/samples_epoch_\(epoch).npy"))
      }
    }
  }

  private func findRange(_ journey: Journey) throws {
    journey.session.findRangeBeside(WakeUp())
    for _ in 0..<500 where journey.state.run.valueRange?.origin != .found {
      usleep(10_000)
      journey.session.takeAnswers()
    }
    journey.settle()
    #expect(journey.state.run.valueRange?.origin == .found)
  }

  @Test(arguments: ["", "G<Enter>", "G<Enter><Enter>"])
  func theSameRangeLeavesThePicturesStanding(_ keys: String) throws {
    let journey = try journey(lastIs: 1)
    journey.press(keys)
    try findRange(journey)
    #expect(!journey.screen.contains { $0.contains("... ") || $0.hasSuffix("...") })
    journey.press("k")
    #expect(!journey.screen.contains { $0.contains("... ") || $0.hasSuffix("...") })
  }

  @Test func anotherRangeDrawsThemAnewAndSaysSo() throws {
    let journey = try journey(lastIs: 5)
    journey.press("<Enter>")
    let before = journey.screen
    try findRange(journey)
    #expect(journey.state.run.valueRange?.text == "[-5, 5]")
    #expect(journey.screen.last?.contains("[-5, 5]") == true)
    #expect(journey.screen != before)
    #expect(!journey.screen.contains { $0.contains("... ") })
  }
}

@Suite struct ConfigurationTests {
  @Test(arguments: ["\n", "\r\n"])
  func oneWrongLineIsLeftOutAlone(_ end: String) {
    let lines = ["reviewer = \"bob\"", "this is wrong", "mouse = false", "[keys]", "keep = \"b\""]
    let configuration = Configuration(text: lines.joined(separator: end) + end, path: "c")
    #expect(configuration.reviewer == "bob" && !configuration.usesMouse)
    #expect(configuration.keys[.keep] == ["b"])
    #expect(configuration.warnings.count == 1)
    #expect(configuration.warnings.first?.line.contains("line 2") == true)
  }

  @Test func picturesAreShownAsTheyAreWanted() {
    let lines = [
      "[pictures]", "renderer = \"octant-gray\"", "font = \"terminus\"", "texture = \"smooth\"",
      "gamma = 1.5", "contrast = 2", "cell_aspect = 0.6", "font_has = [\"octants\"]",
    ]
    let configuration = Configuration(text: lines.joined(separator: "\n"), path: "c")
    #expect(configuration.warnings.isEmpty)
    let pictures = configuration.pictures
    #expect(pictures.renderer.name == "octant-gray" && pictures.model.name == "terminus")
    #expect(pictures.texture == .smooth && pictures.gamma == 1.5 && pictures.contrast == 2)
    #expect(pictures.cellAspect == 0.6)
    #expect(pictures.fontHas == [.octant])
  }

  @Test(arguments: [
    ("renderer = \"crayons\"", "no such renderer: crayons"), ("renderer = 3", "a text in quotes"),
    ("font = \"comic\"", "no such font: comic"), ("texture = \"rough\"", "\"near\" or \"smooth\""),
    ("gamma = 0", "from 0.25 to 4"), ("cell_aspect = 2", "from 0.25 to 1"),
    ("contrast = \"much\"", "from 0.25 to 4"),
    ("font_has = [\"runes\"]", "\"sextants\", \"octants\" or a list"),
    ("colour = true", "not a setting of pictures"),
  ])
  func aWrongSettingOfPicturesIsNamedAndTheRestCounts(_ line: String, _ reason: String) {
    let text = "reviewer = \"bob\"\n[pictures]\n\(line)\n"
    let configuration = Configuration(text: text, path: "c")
    #expect(configuration.reviewer == "bob")
    #expect(configuration.pictures == PicturePreferences())
    #expect(configuration.warnings.count == 1)
    let warning = configuration.warnings.first?.line ?? ""
    #expect(warning.contains("line 3") && warning.contains(reason), "\(warning)")
  }
}
