// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "keepoch-benchmarks",
  targets: [
    .executableTarget(name: "keepoch-bench", swiftSettings: house),
    .testTarget(
      name: "keepoch-bench-tests", dependencies: ["keepoch-bench"], swiftSettings: house),
  ]
)
