import FoundationEssentials

/// What was asked for on the command line.
struct Options: Sendable {
  private(set) var isQuick = false
  private(set) var showsScreens = false
  /// Keepoch itself.
  private(set) var program: String
  /// Words of the scenarios that are wanted; nil for all of them.
  private(set) var only: String?
  /// A Python that can import the reference libraries.
  private(set) var python = "python3"
  /// The program that times the renderer inside one process; nil where it was not built.
  private(set) var renderer: String?
  /// The program that times metrics inside one process; nil where it was not built.
  private(set) var meter: String?
  /// The folder with real sample grids; its parent is the real run.
  private(set) var samples: String

  static let usage = """
    USAGE: keepoch-bench [--quick] [--screens] [--program FILE] [--samples FOLDER]
                         [--python FILE] [--renderer FILE] [--meter FILE] [--only WORDS]

      --quick    fewer keys and pictures; a little over a minute
      --only     those scenarios alone whose names hold these words
      --screens  also print each scenario's last screen on standard error
      --program  Keepoch's release build (default: .build/release/keepoch, here or one folder up)
      --samples  a run's folder of sample grids (default: sample-runs/gan/samples, likewise)
      --python   with tensorboard, numpy, Pillow, scipy and scikit-learn, as far as it has them
                 (default: python3); for metrics numpy, and the peers that are to be seen
      --renderer keepoch-render-bench, for the speed inside one process
      --meter    keepoch-metric-bench, for the metrics
    """

  /// Reads the arguments after the program's name; nil asks for the usage.
  init?(_ arguments: [String]) throws(Failure) {
    program = Self.nearby(".build/release/keepoch")
    samples = Self.nearby("sample-runs/gan/samples")
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--quick": isQuick = true
      case "--screens": showsScreens = true
      case "--program": program = try Self.value(of: option, &rest)
      case "--only": only = try Self.value(of: option, &rest)
      case "--python": python = try Self.value(of: option, &rest)
      case "--renderer": renderer = try Self.value(of: option, &rest)
      case "--meter": meter = try Self.value(of: option, &rest)
      case "--samples": samples = try Self.value(of: option, &rest)
      case "--help", "-h": return nil
      default: throw Failure("\(option) is not an option\n\(Self.usage)")
      }
    }
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Failure("\(program) is not there; swift build -c release makes it")
    }
  }

  private static func value(
    of option: String, _ rest: inout ArraySlice<String>
  ) throws(Failure) -> String {
    guard let value = rest.popFirst() else { throw Failure("\(option) needs a value") }
    return value
  }

  /// A path from here, or from one folder up when it is only there.
  private static func nearby(_ path: String) -> String {
    FileManager.default.fileExists(atPath: path) ? path : "../\(path)"
  }
}
