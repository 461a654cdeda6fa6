import ReviewCore

@testable import RunFormats

extension Subject {
  /// Arrays of each container: a damaged one is refused, or its values are those of the whole one.
  static let arrays: [Subject] = [
    Subject(
      name: "npy", fixtures: Fixture.firstOfEach.filter { $0.ending == "npy" },
      boundaries: { [6, 8, 10, (try? NPYHeader.size($0)) ?? 10] }, check: array),
    Subject(
      name: "npz", fixtures: Fixture.firstOfEach.filter { $0.ending == "npz" },
      boundaries: zipBoundaries, check: array),
    Subject(
      name: "idx",
      fixtures: Fixture.firstOfEach.filter { $0.fileName.hasSuffix("ubyte") },
      boundaries: { _ in [2, 3, 4, 8, 12, 16] }, check: array),
    Subject(
      name: "gzip", fixtures: Fixture.firstOfEach.filter { $0.ending == "gz" },
      boundaries: { [2, 3, 4, 10, $0.count - 8, $0.count - 4] }, check: array),
    Subject(
      name: "safetensors", fixtures: Fixture.firstOfEach.filter { $0.ending == "safetensors" },
      boundaries: { [8, SafetensorsHeader.size($0)] }, check: array),
  ]

  /// What a file holds: its samples as a reviewer sees them, array by array.
  private static func samples(_ path: String) -> [String: [UInt8]] {
    guard let file = try? ArrayFile(path) else { return [:] }
    _ = ArrayChoice(file, wanted: nil, sampleShape: nil)
    _ = ArrayChoice(file, wanted: "x", isSliced: true, sampleShape: (8, 8))
    _ = file.refusal
    var found: [String: [UInt8]] = [:]
    for member in file.members {
      guard let array = try? ArrayFile.array(named: member.name, in: path) else { continue }
      let name = member.name ?? ""
      found[name] = array.stored(0..<array.count)
      if let slice = try? ArrayFile.array(named: member.name, slice: 0, in: path) {
        found["\(name) slice"] = slice.stored(0..<slice.count)
      }
      guard case .samples(let layout) = ArrayLayout.reading(of: array.header.shape),
        array.count <= 1 << 12
      else { continue }
      let set = SampleReader.samples(array, layout, range: nil, frame: nil)
      found["\(name) seen"] = set.pixels
    }
    return found
  }

  private static func array(_ fixture: Fixture, _ seat: Seat) -> Check {
    let ending = fixture.fileName.firstIndex(of: ".").map { fixture.fileName[$0...] } ?? "-ubyte"
    let name = "samples_epoch_1\(ending)"
    let whole = samples(seat.put(fixture.bytes, as: name))
    return { bytes, damage in
      let path = seat.put(bytes, as: name)
      let found = samples(path)
      if bytes.count == fixture.bytes.count, damage.isCut, found.isEmpty {
        // Those whose types are refused are fixtures, too.
        return fixture.name.contains("refused") ? nil : "it is refused"
      }
      guard damage.isCut else { return nil }
      for (member, values) in found where !isSame(values, whole[member] ?? []) {
        return "a part of it gives other values of \"\(member)\" and no error"
      }
      return nil
    }
  }

  /// Of the headers before members, the directory and its end.
  private static func zipBoundaries(_ bytes: [UInt8]) -> [Int] {
    guard bytes.count > 4 else { return [] }
    var places: [Int] = []
    for place in 0..<bytes.count - 4
    where bytes[place] == 0x50 && bytes[place + 1] == 0x4B && bytes[place + 2] < 8 {
      places += [place, place + 4, place + 30, place + 46]
    }
    return places
  }
}
