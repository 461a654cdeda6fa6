import FoundationEssentials
import Glibc

/// What the figures depend on.
enum Machine {
  /// Cores, processor and load in one line.
  static var line: String {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    var name = "unknown processor"
    let known = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    for line in known.split(separator: "\n") where line.hasPrefix("model name") {
      name = line.split(separator: ":").dropFirst().joined(separator: ":").trimmed
      break
    }
    return "\(cores) cores, \(name), load \(load)"
  }

  /// The load of the last minute, of five, of fifteen.
  static var load: String {
    let text = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)) ?? ""
    return text.split(separator: " ").prefix(3).joined(separator: " ")
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "\t" })
  }
}
