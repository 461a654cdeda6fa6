import Foundation
import ReviewCore
import ReviewFront
import TerminalSurface
import Testing

/// Screens kept as text that a person can read; set RECORD_SCREENS=1 to write them anew.
@Suite struct ScreenTests {
  static let sizes = [(40, 12), (80, 24), (200, 60)]

  private func compare(_ screen: [String], _ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Screens")
    let file = folder.appendingPathComponent("\(name).txt")
    let text = screen.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["RECORD_SCREENS"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
  }

  @Test(arguments: [
    ("table", "j"), ("grid", "*<Enter>lltb"), ("sample", "*<Enter>ltb;thin<Enter><Enter>"),
    ("why", "Gw"), ("tagging", "<Enter>t"), ("help", "?"), ("note", "*;<Tab>clear"),
  ])
  func screens(_ name: String, _ keys: String) throws {
    for (width, height) in Self.sizes {
      var bench = try FrontBench(width: width, height: height)
      bench.press(keys)
      try compare(bench.screen, "\(name)-\(width)x\(height)")
    }
  }

  @Test func asciiOnly() throws {
    for keys in ["j", "Gw", "<Enter>t", "?"] {
      var bench = try FrontBench(isUTF8: false)
      bench.press(keys)
      let characters = bench.screen.joined().unicodeScalars
      #expect(characters.allSatisfy { $0.value < 0x7F })
    }
  }

  @Test func coloursOnlyAddToTheSigns() throws {
    let styles = Dictionary(
      uniqueKeysWithValues: Role.allCases.map { ($0, CellStyle(foreground: 2, background: 4)) })
    let theme = Theme(name: "loud", isLight: false, styles: styles, colors: 256)
    for keys in ["*<Enter>ltbpj", "Gtmx", "Gw"] {
      var plain = try FrontBench()
      var loud = try FrontBench(colors: 256, theme: theme)
      plain.press(keys)
      loud.press(keys)
      #expect(plain.screen == loud.screen)
    }
  }

  @Test func tooSmallSaysSo() throws {
    for (width, height) in [(39, 12), (40, 11), (1, 1), (10, 3)] {
      var bench = try FrontBench(width: width, height: height)
      bench.press("j<Enter>tb;x<Enter>")
      if width >= 10 { #expect(bench.screen[0].hasPrefix("Keepoch")) }
      bench.act(.resized(width: 80, height: 24))
      #expect(bench.screen[0].contains("lab"))
    }
  }

  @Test func everySizeDrawsWithoutATrap() throws {
    for keys in ["", "<Enter>", "<Enter><Enter>", "Gw", "?", "t", ";long note", "o"] {
      for width in stride(from: 1, through: 131, by: 13) {
        for height in stride(from: 1, through: 40, by: 3) {
          var bench = try FrontBench(width: width, height: height)
          bench.press(keys)
          #expect(bench.screen.count == height)
        }
      }
    }
  }

  @Test func theCursorIsAlwaysOnTheScreen() throws {
    var bench = try FrontBench(frontRun(count: 200))
    var dice = SplitMix64(seed: 5)
    let keys = ["j", "k", "]", "[", "G", "g", "<Ctrl-D>", "<Ctrl-U>", "<PgDn>"]
    for _ in 0..<300 {
      bench.press(keys[Int(dice.next(below: UInt64(keys.count)))])
      #expect(bench.screen.filter { $0.hasPrefix(">") }.count == 1)
    }
    bench.press("<Enter>")
    for key in ["l", "$", "<Shift-Up>", "h", "<Shift-Down>", "^", "<Shift-Down>"] {
      bench.press(key)
      #expect(bench.screen.joined().contains("[\(bench.place.sample)]"))
    }
  }

  @Test func hostileNamesStayInTheirCells() throws {
    var run = frontRun()
    run.name = "evil\u{1B}[2J\nname"
    run.checkpoints[0].note = "a\u{7}\tb\u{202E}c 日本語"
    run.columns[0].metric = Metric(name: "quality")
    let bench = try FrontBench(run)
    #expect(
      bench.screen.joined().unicodeScalars.allSatisfy { !PrintableText.isHarmful($0) })
  }
}
