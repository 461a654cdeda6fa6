import Glibc
import ReviewCore

/// What the process finds around it: variables, folders, standard error.
enum Outside {
  /// A variable that is set and not empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// `$XDG_STATE_HOME/keepoch` and the like.
  static func folder(_ variable: String, home: String) -> String {
    if let base = self.variable(variable), base.hasPrefix("/") { return "\(base)/keepoch" }
    return "\(self.variable("HOME") ?? "/tmp")/\(home)/keepoch"
  }

  static var stateFolder: String { folder("XDG_STATE_HOME", home: ".local/state") }
  static var cacheFolder: String { folder("XDG_CACHE_HOME", home: ".cache") }
  static var configurationFolder: String { folder("XDG_CONFIG_HOME", home: ".config") }

  /// One line on standard error, its control characters made visible.
  static func say(_ text: String) {
    let line = "keepoch: \(PrintableText.escapedControls(text))\n"
    var bytes = Array(line.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
      if written <= 0 { return }
      bytes = bytes.dropFirst(written)
    }
  }

  /// Text on standard output, whole.
  ///
  /// - Throws: `RunError` when it cannot be written, as on a full disk.
  static func put(_ text: String) throws(RunError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw RunError(
          "cannot write to standard output", why: String(cString: strerror(errno)),
          remedy: "Make room, or send it elsewhere")
      }
      bytes = bytes.dropFirst(written)
    }
  }

  static func warn(_ warnings: [RunWarning]) {
    for warning in warnings.prefix(20) { say("warning: \(warning.line)") }
    if warnings.count > 20 { say("warning: and \(warnings.count - 20) more; see keepoch inspect") }
  }

  /// Milliseconds of a clock that does not go back.
  static var milliseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
