import ReviewCore

/// What a script printed while it trained, read only where it is unambiguous.
enum PrintedLog {
  private static let longestLine = 10_000
  private static let largest = 32 << 20

  /// A table of the lines that are all alike in form; else why there is none.
  ///
  /// At least two lines of one kind must have a place and the same names, and their epochs or steps
  /// must ascend. Of several lines of one place (batches of an epoch) the last one counts.
  static func read(
    _ bytes: [UInt8], path: String
  ) -> Result<(tables: [LoggedTable], kind: String), TableFailure> {
    guard bytes.count <= largest else {
      return .failure(TableFailure("it holds more than 32 MiB of printed lines"))
    }
    let lines = placedLines(bytes)
    var counts: [String: Int] = [:]
    for line in lines { counts[line.content.kind, default: 0] += 1 }
    let kept = lines.filter { (counts[$0.content.kind] ?? 0) >= 2 }
    guard !kept.isEmpty else {
      return .failure(
        TableFailure(
          "it has no two lines alike that name an epoch or a step and numbers, such as "
            + "\"Epoch 3 loss: 0.53\""))
    }
    let hasEpochs = kept.allSatisfy { $0.content.epoch != nil }
    let hasSteps = kept.allSatisfy { $0.content.step != nil }
    guard hasEpochs || hasSteps else {
      return .failure(TableFailure("some of its lines count epochs and others count steps"))
    }
    let steps = kept.compactMap { $0.content.step?.number }
    // A step that begins again with each epoch is a place within it.
    let countsSteps =
      hasSteps && ascends(steps)
      && !(hasEpochs && kept.allSatisfy { $0.content.step?.hasTotal == true })
    guard countsSteps || hasEpochs else {
      return .failure(TableFailure("its steps do not ascend, so it may hold more than one run"))
    }
    if hasEpochs, !ascends(kept.compactMap { $0.content.epoch?.number }) {
      return .failure(TableFailure("its epochs do not ascend, so it may hold more than one run"))
    }
    var gathering = RecordGathering(path: path, role: .log)
    for line in kept {
      gathering.add(
        line: line.number,
        epoch: hasEpochs ? line.content.epoch.map { AxisValue($0.number) } : nil,
        step: countsSteps ? line.content.step.map { AxisValue($0.number) } : nil,
        numbers: line.content.numbers)
    }
    // Batches of one epoch are no mistake of the log.
    var table = gathering.table.mergingRows()
    table.repeats = []
    return .success(([table], "\(kept.count) printed lines alike in form"))
  }

  private static func ascends(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// The lines with a place and numbers; the last one waits until its line break is there.
  private static func placedLines(_ bytes: [UInt8]) -> [(number: Int, content: LogLine)] {
    var lines: [(number: Int, content: LogLine)] = []
    var (start, number) = (0, 0)
    var pending: LogLine?
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      number += 1
      defer { start = end + 1 }
      guard end - start <= longestLine else { continue }
      let text = Substring(String(decoding: visible(bytes[start..<end]), as: UTF8.self))
      var line = LogLine(text)
      if line.epoch == nil, line.step == nil {
        let numbers = LogLine.numbersAlone(text)
        if let place = pending, !numbers.isEmpty {
          line = place
          line.setNumbers(numbers)
        } else {
          continue
        }
      } else if line.numbers.isEmpty {
        pending = line
        continue
      }
      pending = nil
      lines.append((number, line))
    }
    return lines
  }

  /// What a terminal would show at the end: escape sequences left out, and only what stands behind
  /// the last return to the start of the line.
  private static func visible(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var shown: [UInt8] = []
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      index += 1
      switch byte {
      case 0x1B where index < line.endIndex && line[index] == 0x5B:
        index += 1
        while index < line.endIndex, line[index] < 0x40 || line[index] > 0x7E { index += 1 }
        index += 1
      case 0x0D:
        if index < line.endIndex { shown.removeAll(keepingCapacity: true) }
      case 0x08: shown.removeAll(keepingCapacity: true)
      default: shown.append(byte)
      }
    }
    return shown
  }
}
