import Foundation
import GlyphRendering
import HumanEvaluation
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

  static let stories = [
    ("table", "jpxGk4<Space>"), ("grid", "*<Enter>lltb3<Space>"),
    ("sample", "*<Enter>ltb;thin<Enter><Enter>"), ("why", "Gw"), ("tagging", "<Enter>t"),
    ("help", "?"), ("note", "*;<Tab>clear"), ("comparison", "*cltbjx"), ("rule", "R qality"),
    ("log", "*L"), ("log-alarm", "GL"), ("chart", "*P"), ("chart-moved", "*P{"), ("map", "*PP"),
    ("filter", "s&quality>0.4 undecided"), ("reports", "o"),
    ("refused", ":nonsense<Enter>"), ("panes", "*<Tab>l"),
    ("difference", "G<Enter>d"), ("spread", "Gv"), ("compared-difference", "*cd"),
    ("strip", "*f<Down>tb"),
    ("evidence", "*tm;a<Enter>C"), ("preset", "R<Ctrl-P><Ctrl-P>"), ("completion", "R<Down>, ma"),
  ]

  /// A bench with a training log, in a theme that comes with the program's colours.
  private func bench(_ width: Int, _ height: Int, colors: Int, theme: Theme? = nil) throws
    -> FrontBench
  {
    var run = frontRun()
    run.series = ["loss_d", "loss_g"].enumerated().map { place, name in
      Series(
        name: name, axis: .epoch, positions: (1...60).map(Double.init),
        values: (1...60).map { Double(($0 * (place + 3)) % 17) + Double($0) / 8 })
    }
    return try FrontBench(run, width: width, height: height, colors: colors, theme: theme)
  }

  /// Attributes alone: what a monochrome terminal has.
  private static let monochrome = Theme(
    name: "monochrome", isLight: false,
    styles: [
      .title: CellStyle(attributes: [.bold, .reverse]), .heading: CellStyle(attributes: .bold),
      .cursor: CellStyle(attributes: .reverse), .winner: CellStyle(attributes: .bold),
      .key: CellStyle(attributes: .bold), .dim: CellStyle(attributes: .dim),
    ], colors: 0)

  /// Each role in a colour of its own, named by a letter.
  private static let letters: [(role: Role, letter: Character)] = zip(
    Role.allCases, "-dThC*ckxtnmsWEKf"
  ).map { ($0, $1) }

  private static let colored = Theme(
    name: "colored", isLight: false,
    styles: Dictionary(
      uniqueKeysWithValues: letters.enumerated().map { place, entry in
        (entry.role, CellStyle(foreground: Int16(place + 16)))
      }), colors: 256)

  /// What a rater reads before the first trial, sees in one, finds in the list, and reads after the last.
  @Test(arguments: ["intro", "trial", "hidden", "blocks", "results"])
  func screensOfTrials(_ name: String) throws {
    let pool = TrialPool(
      members: [1, 10, 30, 60].map { TrialPool.Member(Position(.epoch, $0), seeds: Array(0..<64)) },
      realCount: 64, sharesSeeds: true)
    for (width, height) in Self.sizes {
      var bench = try bench(width, height, colors: 0, theme: Self.monochrome)
      let rendering = TrialRendering(PictureSettings(), columns: 10, rows: 5)
      func plan(_ line: String, _ id: String) throws {
        bench.act(
          .planned(
            try EvaluationBlock(EvaluationWish(line), pool, rendering: rendering, id: id, seed: 5)))
        if name != "intro" { bench.press("<Enter>") }
        bench.act(.shown(time: bench.clock))
      }
      try plan("2afc 20 exposure=400", "a1")
      if name == "hidden" { bench.act(.tick(time: bench.clock + 400)) }
      if ["blocks", "results"].contains(name) {
        while let trial = bench.state.askedTrial {
          // Taken for real each third time.
          let isReal = trial.number % 3 > 0 || trial.realSide == nil
          let side = trial.realSide ?? (trial.isPassed(.choice(.left)) == true ? .left : .right)
          bench.press((side == .left) == isReal ? "<Left>" : "<Right>")
          bench.act(.shown(time: bench.clock))
        }
        if name == "blocks" {
          try plan("likert 10 topic=How crisp is it?", "b2")
          bench.press("4<Esc>:eval<Enter>")
        }
      }
      try compare(bench.screen, "evaluation-\(name)-\(width)x\(height)")
    }
  }

  @Test(arguments: stories)
  func screens(_ name: String, _ keys: String) throws {
    for (width, height) in Self.sizes {
      var bench = try bench(width, height, colors: 0, theme: Self.monochrome)
      bench.press(keys)
      try compare(bench.screen, "\(name)-\(width)x\(height)")
    }
  }

  @Test(arguments: [
    ("agreement", ["bob"], "g:agree<Enter>n;thin strokes<Enter>"),
    ("agreement-many", (1...20).map { "reviewer-\($0)" }, "g:agree<Enter>j"),
    ("inbox", [], "G:inbox<Enter>"),
  ])
  func whatReviewersSay(_ name: String, _ others: [String], _ keys: String) throws {
    for (width, height) in Self.sizes {
      var bench = try AgreementScreenTests.bench(others: others, width: width, height: height)
      bench.press(keys)
      try compare(bench.screen, "\(name)-\(width)x\(height)")
    }
  }

  /// Under each row a second one says by letter which role colours a cell; text is left blank.
  @Test(arguments: stories)
  func screensWithColour(_ name: String, _ keys: String) throws {
    for (width, height) in Self.sizes {
      var bench = try bench(width, height, colors: 256, theme: Self.colored)
      bench.press(keys)
      let surface = bench.surface
      var lines = [
        "roles: "
          + Self.letters.map { "\($0.letter) \($0.role.rawValue)" }
          .joined(separator: ", ")
      ]
      for row in 0..<height {
        lines.append(surface.line(row))
        var roles = ""
        for column in 0..<width {
          let place = Int(surface[column, row].style.foreground) - 16
          let letter = Self.letters.indices.contains(place) ? Self.letters[place].letter : " "
          roles.append(letter == "-" ? " " : letter)
        }
        while roles.last == " " { roles.removeLast() }
        if !roles.isEmpty { lines.append("~" + roles) }
      }
      try compare(lines, "color-\(name)-\(width)x\(height)")
    }
  }

  /// The same characters with and without colour: nothing is said by colour alone.
  @Test(arguments: stories)
  func aMonochromeScreenSaysTheSame(_ name: String, _ keys: String) throws {
    for (width, height) in Self.sizes {
      var plain = try bench(width, height, colors: 0, theme: Self.monochrome)
      var colored = try bench(width, height, colors: 256, theme: Self.colored)
      plain.press(keys)
      colored.press(keys)
      #expect(plain.screen == colored.screen, "\(name) at \(width)x\(height)")
      // What a role marks by colour, a sign or a word says as well; narrow screens break words.
      guard width >= 80 else { continue }
      let (text, surface) = (plain.screen, colored.surface)
      for row in 0..<height {
        let words = Self.stretches(of: surface, row)
        for (role, stretch) in words {
          let said = Self.signs[role].map { $0.contains { stretch.contains($0) } } ?? true
          #expect(said, "\(name): \(role) says nothing in \"\(stretch)\" of \(text[row])")
        }
      }
    }
  }

  /// What must stand in a stretch of a role, so that the role is known without its colour.
  private static let signs: [Role: [String]] = [
    .keep: ["keep", "+", "rated", "status", "candidate", "where"],
    .reject: ["reject", "-", "candidate", "where"], .tag: ["b", "m", "+", "blurry"],
    .error: ["!", "^"], .saved: ["saved", "taken back", "done again", "copied", "written"],
    .candidate: ["candidate", "status", "●", "o"],
  ]

  private static func stretches(of surface: Surface, _ row: Int) -> [(Role, String)] {
    var found: [(Role, String)] = []
    var last: Int16 = -1
    for column in 0..<surface.width {
      let cell = surface[column, row]
      let color = cell.style.foreground
      let place = Int(color) - 16
      let character = Unicode.Scalar(cell.code).map(Character.init) ?? " "
      // Charts are told apart by their names.
      if cell.code >= 0x2800, cell.code < 0x2900 {
        last = -1
        continue
      }
      if color == last, !found.isEmpty {
        found[found.count - 1].1.append(character)
      } else if letters.indices.contains(place) {
        found.append((letters[place].role, String(character)))
      }
      last = color
    }
    return found.filter { !$0.1.allSatisfy { $0 == " " } }
  }

  @Test func asciiOnly() throws {
    for keys in ["j", "Gw", "<Enter>t", "?", "L", "P", "P{", "PP"] {
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
    for keys in [
      "", "<Enter>", "<Enter><Enter>", "Gw", "?", "t", ";long note", "o", "L", "P", "P{", "PP",
    ] {
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
