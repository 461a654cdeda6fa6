import Glibc
import ReviewCore
import SampleMetrics

/// The times of one case.
struct Measured {
  private var seconds: [Double] = []
  /// Of all threads.
  private var busy: [Double] = []
  private var value = Double.nan
  /// Bytes that the first repetition took beyond what was resident before; nil where it cannot be told.
  private var extra: Int?

  init(_ work: MetricWork, repetitions: Int, _ effort: Effort) throws {
    // The library is opened at the first metric of a program; its pages are not the metric's.
    _ = effort.engineWords
    for turn in 0..<repetitions {
      let before = turn == 0 ? Self.forgetPeak() : nil
      let (begin, used) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
      value = try work.run(effort)
      seconds.append(Self.now(CLOCK_MONOTONIC) - begin)
      busy.append(Self.now(CLOCK_PROCESS_CPUTIME_ID) - used)
      if let before { extra = Self.status("VmHWM") - before }
    }
  }

  func line(of work: MetricWork, engine: String) -> String {
    var fields = [
      "\"seconds\": \(seconds)", "\"busy\": \(busy)", "\"value\": \(value)",
      "\"what\": \"\(engine)\"",
    ]
    if let extra { fields.append("\"extra\": \(extra)") }
    if let operations = work.operations {
      fields.append("\"operations\": \(operations), \"kind\": \"\(work.kind)\"")
    }
    return "{\(fields.joined(separator: ", "))}"
  }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Lets the kernel's peak of this process begin anew; says what is resident now.
  private static func forgetPeak() -> Int? {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return nil }
    fputs("5", file)
    guard fclose(file) == 0 else { return nil }
    return status("VmRSS")
  }

  /// Bytes of a line in the process's status.
  private static func status(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let words = String(decoding: bytes, as: UTF8.self).split {
        $0 == " " || $0 == "\t" || $0 == ":"
      }
      if words.first == name[...], words.count > 1 { return (Int(words[1]) ?? 0) * 1024 }
    }
    return 0
  }
}
