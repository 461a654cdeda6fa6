import CMachinePeak
import Glibc
import ReviewCore
import RunFormats
import SampleMetrics

/// Times metrics inside one process: `keepoch-metric-bench FOLDER CASE THREADS REPETITIONS`, on the data of
/// `recipes/metric_data.py`; the case `peaks` measures what the machine can do at most.
///
/// `all` threads are as many as there are processors to run on. Prints a line of JSON, as
/// `recipes/metric_peers.py` does. Reading the data is not timed.
@main
struct MetricBench {
  static func main() {
    let words = CommandLine.arguments
    guard words.count == 5,
      let threads = words[3] == "all" ? Effort.whole().threads : Int(words[3]),
      let repetitions = Int(words[4]), threads > 0, repetitions > 0
    else { end(64, "usage: keepoch-metric-bench FOLDER CASE THREADS REPETITIONS") }
    if words[2] == "peaks" {
      print(peaks(threads))
      return
    }
    Effort.prepare(threads: threads)
    let effort = Effort(threads: threads)
    do {
      guard let work = try MetricWork(words[2], data: MetricData(folder: words[1])) else {
        end(64, "there is no case \(words[2])")
      }
      let measured = try Measured(work, repetitions: repetitions, effort)
      print(measured.line(of: work, engine: effort.engineWords))
    } catch { end(1, "\(words[2]): \(error)") }
  }

  private static func end(_ code: Int32, _ text: String) -> Never {
    _ = "\(text)\n".withCString { write(2, $0, strlen($0)) }
    exit(code)
  }

  private static func peaks(_ threads: Int) -> String {
    let kinds = [("double", PEAK_DOUBLE), ("single", PEAK_SINGLE), ("bytes", PEAK_BYTES)]
    let fields = kinds.flatMap { name, kind in
      let kind = Int32(kind.rawValue)
      return [
        "\"\(name)_words\": \"\(String(cString: machine_peak_words(kind)))\"",
        "\"\(name)_one\": \(machine_peak(kind, 1, 0.5))",
        "\"\(name)_all\": \(machine_peak(kind, Int32(threads), 0.5))",
      ]
    }
    return "{\"threads\": \(threads), \(fields.joined(separator: ", "))}"
  }
}
