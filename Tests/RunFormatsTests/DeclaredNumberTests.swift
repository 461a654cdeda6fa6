import Foundation
import ReviewCore
import ReviewReport
import Testing

@testable import RunFormats

/// What `keepoch.toml` says of the numbers that metrics read, and how they are read.
@Suite struct DeclaredNumberTests {
  private static let picture = PNGWriter.bytes(
    of: grid(columns: 4, rows: 2, size: 8, padding: 2, seed: 3))
  private static let file = ArrayBytes.npz([
    ("mu", ArrayBytes.floats([6, 4])), ("code", ArrayBytes.floats([6, 4])),
    ("text", ArrayBytes.pickled),
  ])

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    for epoch in [1, 5, 7] { try scratch.write("samples_epoch_\(epoch).png", Self.picture) }
    for epoch in [1, 5] {
      try scratch.write("x/net_\(epoch).npy", ArrayBytes.floats([6, 8, 2]))
      try scratch.write("x/l_\(epoch).npz", Self.file)
      try scratch.write("features_epoch_\(epoch).npy", ArrayBytes.floats([6, 16]))
    }
    try scratch.write("held/test.npy", ArrayBytes.floats([9, 8, 8]))
    try scratch.write("labels.npy", ArrayBytes.integers([9]))
    try scratch.write("pairs.npy", ArrayBytes.integers([9, 2]))
    try scratch.write("modes.npy", ArrayBytes.floats([8, 2]))
    try scratch.write("nan.npy", ArrayBytes.floats([8, 2]) { $0 == 3 ? .nan : 0 })
    try scratch.write("object.npy", ArrayBytes.pickled)
    try scratch.write("net_real.npy", ArrayBytes.floats([20, 16]))
    return scratch
  }

  private func open(_ toml: String) throws -> Run {
    let scratch = try scratch()
    try scratch.write("keepoch.toml", toml)
    return try RunOpener.open(scratch.path)
  }

  @Test func nothingOfItIsGuessed() throws {
    let run = try open("")
    #expect(run.testReference == nil && run.referenceLabels == nil && run.modes == nil)
    #expect(run.arrays.map(\.name) == ["features", "latent"] && run.reference == nil)
    #expect(run.checkpoints.count == 3 && run.warnings.isEmpty)
  }

  @Test func whatIsDeclaredIsRead() throws {
    let scratch = try scratch()
    try scratch.write(
      "keepoch.toml",
      """
      reference_test = "held/test.npy"
      reference_labels = "labels.npy"
      reference_features = "net_real.npy"
      [arrays]
      features = "x/net_{epoch}.npy"
      latent_mean = "x/l_{epoch}.npz:code"
      [modes]
      centres = "modes.npy"
      deviation = 0.02
      """)
    let run = try RunOpener.open(scratch.path)
    #expect(run.warnings.isEmpty, "\(run.warnings)")
    #expect(run.testReference?.count == 9 && run.reference == nil)
    #expect(run.referenceLabels == ArrayPlace(path: "labels.npy"))
    #expect(run.modes?.deviation == 0.02 && run.modes?.centres.rowCount == 8)
    #expect(run.modes?.centres.columnCount == 2)
    #expect(run.arrays.map(\.role) == [.features, .latentMean])
    #expect(
      run.arrays[0].places == [
        ArrayPlace(path: "x/net_1.npy"), ArrayPlace(path: "x/net_5.npy"), nil,
      ])
    #expect(run.arrays[0].reference == ArrayPlace(path: "net_real.npy"))
    #expect(run.arrays[1].places[1] == ArrayPlace(path: "x/l_5.npz", member: "code"))
    #expect(run.declaration.arrayPatterns.count == 2)
    let reader = NumberReader(run: run)
    // Further axes are one with the second.
    let table = try reader.table(of: try #require(run.arrays[0].places[0]))
    #expect(table.rowCount == 6 && table.columnCount == 16)
    let labels = try reader.labels(of: try #require(run.referenceLabels))
    #expect(labels == Array(0..<9))
  }

  @Test(arguments: [
    ("reference_test = \"nope.npy\"", "reference_test = \"nope.npy\" is not a picture or an array"),
    ("reference_test = 3", "reference_test must be a text"),
    ("reference_labels = \"pairs.npy\"", "its shape is (9,2)"),
    ("reference_labels = \"net_real.npy\"", "labels are (n,)"),
    ("reference_labels = \"gone.npy\"", "is not a file of this run"),
    ("reference_labels = \"object.npy\"", "pickle"),
    ("reference_labels = \"x/l_1.npz\"", "it holds 2 arrays; name one behind a colon"),
    ("reference_features = \"labels.npy\"", "features are floats (n,d)"),
    ("reference_features = \"gone.npy\"", "is not an array of this run"),
    ("reference_features = \"modes.npy\"", "float32 (8,2) beside float32 (6,16)"),
    ("[arrays]\nfeatures = \"features.npy\"", "arrays.features must hold {epoch} or {step}"),
    ("[arrays]\nfeatures = \"y_{epoch}.npy\"", "matches no array; they are guessed"),
    ("[arrays]\nlatent_mean = \"x/l_{epoch}.npz:no\"", "it holds no array named \"no\""),
    ("[arrays]\nlatent_mean = \"x/l_{epoch}.npz:text\"", "pickle"),
    ("[arrays]\nfeat = \"x/net_{epoch}.npy\"", "arrays.feat is not a key"),
    ("arrays = 1", "must be a table with features, class_probabilities"),
    ("[modes]\ncentres = \"modes.npy\"\ndeviation = 0", "modes.deviation must be a number above 0"),
    ("[modes]\ncentres = \"modes.npy\"\ndeviation = -1.0", "modes.deviation must be"),
    ("[modes]\ncentres = \"modes.npy\"\ndeviation = inf", "modes.deviation must be"),
    ("[modes]\ncentres = \"modes.npy\"", "modes must have both centres and deviation"),
    ("[modes]\ncentres = \"labels.npy\"\ndeviation = 1", "centres are (m,d)"),
    ("[modes]\ncentres = \"object.npy\"\ndeviation = 1", "pickle"),
    ("[modes]\ncentres = \"gone.npy\"\ndeviation = 1", "is not a file of this run"),
    ("[modes]\ncentres = \"nan.npy\"\ndeviation = 1", "row 1, column 1 is no finite number"),
    ("modes = 2", "modes must be a table"),
  ])
  func whatCannotBeUsedIsAWarningAndNothingElseIsLost(_ toml: String, _ why: String) throws {
    let run = try open(toml)
    #expect(run.warnings.map(\.code) == [.badSetting], "\(run.warnings)")
    #expect(run.warnings.first?.path == "keepoch.toml")
    #expect(run.warnings.first?.message.contains(why) == true, "\(run.warnings)")
    #expect(run.checkpoints.count == 3 && run.modes == nil && run.referenceLabels == nil)
    #expect(run.arrays.first?.name == "features")
  }

  @Test func aDeclaredTestSetIsNoSample() throws {
    let scratch = try Scratch()
    for epoch in [1, 2] { try scratch.write("epoch_\(epoch).png", Self.picture) }
    try scratch.write("test_10000.png", Self.picture)
    try scratch.write("keepoch.toml", "reference_test = \"test_10000.png\"\n")
    let run = try RunOpener.open(scratch.path)
    #expect(run.testReference?.path == "test_10000.png" && run.checkpoints.count == 2)
    #expect(!run.reading.contains { $0.contains("to review them") })
  }

  // MARK: Reading

  private func table(_ bytes: [UInt8]) throws -> NumberTable {
    let scratch = try Scratch()
    try scratch.write("x.npy", bytes)
    return try NumberReader(root: scratch.path).table(of: ArrayPlace(path: "x.npy"))
  }

  @Test func tablesKeepThePrecisionOfTheFile() throws {
    #expect(
      try table(ArrayBytes.floats([2, 2]) { Float($0) + 0.1 }).values
        == .single([0.1, 1.1, 2.1, 3.1]))
    #expect(
      try table(ArrayBytes.npy([3], descr: "|u1", [7, 0, 255])).values == .bytes([7, 0, 255]))
    #expect(try table(ArrayBytes.npy([3], descr: "|u1", [7, 0, 255])).columnCount == 1)
    #expect(try table(ArrayBytes.npy([3], descr: "|b1", [7, 0, 1])).values == .bytes([1, 0, 1]))
    #expect(try table(ArrayBytes.integers([1, 3])).values == .double([0, 1, 2]))
    let doubles = ArrayBytes.little([0.1, -2.5].map(\.bitPattern))
    #expect(
      try table(ArrayBytes.npy([1, 2], descr: "<f8", doubles)).values == .double([0.1, -2.5]))
    #expect(
      try table(ArrayBytes.npy([1, 2], descr: ">f8", doubles.reversed())).values
        == .double([-2.5, 0.1]))
    #expect(
      try table(ArrayBytes.npy([2], descr: "<f2", ArrayBytes.little([0x3C00, 0xC100] as [UInt16])))
        .values == .single([1, -2.5]))
    let bytes = (0..<6).map { UInt8($0) }
    #expect(
      try table(ArrayBytes.npy([2, 3], descr: "|u1", bytes, fortran: true)).values
        == .bytes([0, 2, 4, 1, 3, 5]))
  }

  @Test func whatIsNoTableIsRefused() throws {
    #expect(throws: RunWarning.self) { try table(ArrayBytes.pickled) }
    #expect(throws: RunWarning.self) { try table(ArrayBytes.floats([0, 4])) }
    #expect(throws: RunWarning.self) { try table(ArrayBytes.npy([], descr: "<f4", [0, 0, 0, 0])) }
    #expect(throws: RunWarning.self) { try table(Array(ArrayBytes.floats([4, 4]).dropLast())) }
    let reader = NumberReader(root: "/nowhere")
    #expect(throws: RunWarning.self) { try reader.table(of: ArrayPlace(path: "x.npy")) }
    #expect(throws: RunWarning.self) { try reader.labels(of: ArrayPlace(path: "x.npy")) }
  }

  @Test func labels() throws {
    let scratch = try Scratch()
    let reader = NumberReader(root: scratch.path)
    func labels(_ bytes: [UInt8], _ name: String = "x.npy") throws -> [Int] {
      try scratch.write(name, bytes)
      return try reader.labels(of: ArrayPlace(path: name))
    }
    #expect(try labels(ArrayBytes.integers([3, 1]) { 4 - $0.asInt64 }) == [4, 3, 2])
    #expect(try labels(ArrayBytes.npy([2], descr: "|u1", [9, 255])) == [9, 255])
    #expect(try labels([0, 0, 8, 1, 0, 0, 0, 2, 5, 6], "train-labels-idx1-ubyte") == [5, 6])
    let huge = ArrayBytes.npy([1], descr: "<u8", ArrayBytes.little([UInt64.max]))
    #expect(throws: RunWarning.self) { try labels(huge) }
    #expect(throws: RunWarning.self) { try labels(ArrayBytes.floats([3])) }
    #expect(throws: RunWarning.self) { try labels(ArrayBytes.integers([3, 2])) }
  }

  @Test func pointsAndWhatIsNone() throws {
    let scratch = try Scratch()
    try scratch.write("points_epoch_1.npy", ArrayBytes.floats([3, 2]) { Float($0) })
    try scratch.write("points_epoch_2.npy", ArrayBytes.floats([3, 4, 4]))
    let run = try RunOpener.open(scratch.path)
    let reader = NumberReader(run: run)
    let sources = run.checkpoints.compactMap(\.samples)
    #expect(try reader.points(of: sources[0])?.values == .single([0, 1, 2, 3, 4, 5]))
    #expect(try reader.points(of: sources[1]) == nil)
    #expect(try reader.points(of: .grid(path: "x.png", layout: nil)) == nil)
    try FileManager.default.removeItem(atPath: "\(scratch.path)/points_epoch_1.npy")
    #expect(throws: RunWarning.self) { try reader.points(of: sources[0]) }
  }

  @Test func tenThousandRowsAreQuick() throws {
    let scratch = try Scratch()
    let values = [UInt8](repeating: 0x3E, count: 10_000 * 2048 * 4)
    try scratch.write("x.npy", ArrayBytes.npy([10_000, 2048], descr: "<f4", values))
    let clock = ContinuousClock()
    var table: NumberTable?
    let time = try clock.measure {
      table = try NumberReader(root: scratch.path).table(of: ArrayPlace(path: "x.npy"))
    }
    #expect(table?.rowCount == 10_000 && table?.columnCount == 2048)
    // Value by value, without optimisation, would take several times as long.
    #expect(time < .seconds(3), "\(time)")
  }
}

extension Int {
  fileprivate var asInt64: Int64 { Int64(self) }
}
