// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What does sums over pixels, which without optimisation takes tests minutes.
let swiftSums = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]
let cSums: [CSetting] = [.unsafeFlags(["-O2"], .when(configuration: .debug))]

let package = Package(
  name: "keepoch",
  products: [
    .executable(name: "keepoch", targets: ["keepoch"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "ReviewCore", swiftSettings: house),
    .target(
      name: "CImageCodecs", linkerSettings: [.linkedLibrary("spng"), .linkedLibrary("dl")]),
    .target(name: "CDigest", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CYAML", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CInflate", linkerSettings: [.linkedLibrary("z")]),
    .target(name: "CChecksum"),
    .target(
      name: "RunFormats",
      dependencies: [
        "ReviewCore", "CImageCodecs", "CDigest", "CInflate", "CChecksum", "CYAML", "CSQLite",
      ],
      swiftSettings: house),
    .target(name: "CGlyphKernels", cSettings: cSums),
    .target(
      name: "GlyphRendering", dependencies: ["ReviewCore", "CGlyphKernels"],
      swiftSettings: swiftSums),
    .target(name: "CSampleKernels", cSettings: cSums),
    .target(name: "CLinearAlgebra", cSettings: cSums, linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "SampleMetrics", dependencies: ["ReviewCore", "CSampleKernels", "CLinearAlgebra"],
      swiftSettings: swiftSums),
    .target(name: "HumanEvaluation", dependencies: ["ReviewCore"], swiftSettings: swiftSums),
    .target(name: "ReviewJournal", dependencies: ["ReviewCore"], swiftSettings: house),
    .target(name: "CDeflate", linkerSettings: [.linkedLibrary("z")]),
    .target(
      name: "ReviewReport", dependencies: ["ReviewCore", "GlyphRendering", "CDeflate"],
      swiftSettings: house),
    .target(name: "TerminalSurface", swiftSettings: house),
    .target(
      name: "CCurses", cSettings: [.define("NCURSES_WIDECHAR", to: "1")],
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "CursesTerminal", dependencies: ["TerminalSurface", "CCurses"], swiftSettings: house),
    .target(
      name: "ReviewFront",
      dependencies: ["ReviewCore", "TerminalSurface", "GlyphRendering", "HumanEvaluation"],
      swiftSettings: house),
    .executableTarget(
      name: "keepoch",
      dependencies: [
        "ReviewCore", "RunFormats", "GlyphRendering", "HumanEvaluation", "ReviewJournal",
        "ReviewReport",
        "SampleMetrics", "TerminalSurface", "CursesTerminal", "ReviewFront",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    .testTarget(name: "ReviewCoreTests", dependencies: ["ReviewCore"], swiftSettings: house),
    .testTarget(
      name: "RunFormatsTests", dependencies: ["RunFormats", "ReviewReport", "ReviewCore"],
      exclude: ["make_fixtures.py", "recipes"], resources: [.copy("Fixtures")], swiftSettings: house
    ),
    .testTarget(
      name: "GlyphRenderingTests", dependencies: ["GlyphRendering", "CGlyphKernels", "ReviewCore"],
      swiftSettings: house),
    .testTarget(
      name: "SampleMetricsTests", dependencies: ["SampleMetrics", "ReviewCore", "CSampleKernels"],
      swiftSettings: house),
    .testTarget(
      name: "ReviewJournalTests", dependencies: ["ReviewJournal", "ReviewCore"],
      swiftSettings: house),
    .testTarget(
      name: "HumanEvaluationTests", dependencies: ["HumanEvaluation", "ReviewCore"],
      swiftSettings: swiftSums),
    .testTarget(
      name: "ReviewReportTests", dependencies: ["ReviewReport", "ReviewCore", "RunFormats"],
      exclude: ["read_reports.py"], swiftSettings: house),
    .testTarget(
      name: "TerminalSurfaceTests", dependencies: ["TerminalSurface"], swiftSettings: house),
    .testTarget(
      name: "ReviewFrontTests",
      dependencies: [
        "ReviewFront", "ReviewCore", "TerminalSurface", "GlyphRendering", "HumanEvaluation",
      ],
      exclude: ["Screens"], swiftSettings: house),
    .testTarget(
      name: "JourneyTests",
      dependencies: [
        "keepoch", "ReviewFront", "ReviewCore", "ReviewJournal", "RunFormats", "SampleMetrics",
        "GlyphRendering", "TerminalSurface",
      ],
      swiftSettings: house),
    .target(
      name: "CVTerm", path: "Tests/Support/CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
    .target(name: "CPty", path: "Tests/Support/CPty"),
    .testTarget(
      name: "TerminalTests", dependencies: ["keepoch", "CVTerm", "CPty"],
      exclude: ["make_digests.py", "Digests", "fold_journal.py"], swiftSettings: house),
  ]
)

// Only for `make fuzz`: nobody who builds or tests the program builds this.
if Context.environment["KEEPOCH_FUZZ"] != nil {
  package.targets.removeAll(where: \.isTest)
  package.targets += [
    .target(
      name: "Robustness", dependencies: ["RunFormats", "ReviewCore"],
      path: "Tests/RunFormatsTests/Robustness/Harness", swiftSettings: house),
    .executableTarget(
      name: "keepoch-fuzz", dependencies: ["Robustness", "RunFormats"], path: "Tests/Fuzzing",
      swiftSettings: house),
  ]
}

// Only for `make bench`: times the renderer and the metrics from inside.
if Context.environment["KEEPOCH_BENCH"] != nil {
  package.targets.removeAll(where: \.isTest)
  package.targets += [
    .executableTarget(
      name: "keepoch-render-bench", dependencies: ["GlyphRendering", "ReviewCore", "RunFormats"],
      path: "Benchmarks/Rendering", swiftSettings: house),
    .target(name: "CMachinePeak", path: "Benchmarks/MachinePeak"),
    .executableTarget(
      name: "keepoch-metric-bench",
      dependencies: ["SampleMetrics", "ReviewCore", "RunFormats", "CMachinePeak"],
      path: "Benchmarks/Metrics", swiftSettings: house),
  ]
}
