import Glibc
import GlyphRendering
import ReviewCore
import RunFormats

/// Times the renderer inside one process and one thread: `keepoch-render-bench [--only WORDS] RUN...`.
///
/// Prints one line a measurement: name, median microseconds a picture, cells a picture, separated
/// by tabs. Pictures are the samples of the runs, taken in turn until there are a thousand.
@main
struct RenderingBench {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    var only = ""
    if arguments.first == "--only", arguments.count > 1 {
      only = arguments[1]
      arguments.removeFirst(2)
    }
    let pictures = try samples(of: arguments)
    guard !pictures.isEmpty else {
      print("usage: keepoch-render-bench [--only WORDS] RUN...")
      exit(64)
    }
    let thousand = (0..<1000).map { pictures[$0 % pictures.count] }
    for (name, settings) in looks {
      var instant = settings
      instant.quality = .instant
      measure(
        "\(name), instant, 14x7", thousand, instant, columns: 14, rows: 7, rounds: 25,
        only: only)
      var best = settings
      best.quality = .best
      measure(
        "\(name), best, 14x7", Array(thousand.prefix(128)), best, columns: 14, rows: 7, rounds: 9,
        only: only)
      measure(
        "\(name), best, 28x14", Array(thousand.prefix(32)), best, columns: 28, rows: 14, rounds: 5,
        only: only)
    }
  }

  private static let looks: [(name: String, settings: PictureSettings)] = [
    ("ASCII, no colour", PictureSettings()),
    ("ASCII, gray ink", PictureSettings(color: .palette)),
    ("ASCII, gray ink and paper", PictureSettings(color: .palette, background: .gray)),
    ("braille, no colour", PictureSettings(glyphs: .braille)),
    (
      "half blocks, gray",
      PictureSettings(glyphs: .half, color: .palette, background: .gray)
    ),
    (
      "quadrants, gray",
      PictureSettings(glyphs: .quadrant, color: .palette, background: .gray)
    ),
  ]

  private static func samples(of paths: [String]) throws -> [GrayImage] {
    var pictures: [GrayImage] = []
    for path in paths {
      let run = try RunOpener.open(path)
      let reader = SampleReader(run: run)
      for checkpoint in run.checkpoints {
        guard let source = checkpoint.samples else { continue }
        let set = try reader.samples(source)
        pictures += (0..<set.count).map(set.image(at:))
      }
    }
    return pictures
  }

  private static func measure(
    _ name: String, _ pictures: [GrayImage], _ settings: PictureSettings, columns: Int, rows: Int,
    rounds: Int, only: String
  ) {
    guard only.isEmpty || name.contains(only) else { return }
    let renderer = GlyphRenderer(settings)
    var times: [Double] = []
    var inked = 0
    for _ in 0..<rounds {
      let begin = now
      for picture in pictures {
        let grid = renderer.render(picture, columns: columns, rows: rows)
        inked += grid.cells[grid.cells.count / 2].scalar == " " ? 0 : 1
      }
      times.append(now - begin)
    }
    times.sort()
    let micros = times[times.count / 2] / Double(pictures.count)
    // The count keeps the work from being optimised away.
    print("\(name)\t\(micros)\t\(columns * rows)\t\(inked > 0 ? "" : "blank")")
  }

  /// Microseconds of the monotonic clock.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }
}
