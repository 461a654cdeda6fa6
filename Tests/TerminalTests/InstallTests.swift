import Foundation
import Testing

/// `make install` without the build, and that reading alone leaves nothing behind.
@Suite struct InstallTests {
  private func shell(_ words: [String], _ environment: [String: String] = [:]) throws -> (
    code: Int32, output: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]
      .merging(environment) { _, new in new }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  private var project: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  @Test func programManualPageAndCompletions() throws {
    let prefix = NSTemporaryDirectory() + "keepoch-prefix-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: prefix) }
    let script = project.appendingPathComponent(".ci/install").path
    let answer = try shell(["bash", script, PtySession.program, "/usr"], ["DESTDIR": prefix])
    #expect(answer.code == 0, "\(answer.output)")
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: "\(prefix)/usr/\(path)", encoding: .utf8)
    }
    let version = try shell(["\(prefix)/usr/bin/keepoch", "--version"])
    #expect(version.output.hasPrefix("keepoch "))
    let help = try shell(["\(prefix)/usr/bin/keepoch", "--help"]).output
    let page = try text("share/man/man1/keepoch.1")
    #expect(page.hasPrefix(".TH KEEPOCH 1"))
    let bash = "\(prefix)/usr/share/bash-completion/completions/keepoch"
    for command in [
      "table", "inspect", "show", "tag", "note", "keep", "reject", "undecided", "rate", "select",
      "undo", "redo", "log", "rule", "report",
    ] {
      #expect(page.contains("\n.SS keepoch \(command)"), "\(command)")
      #expect(help.contains("  \(command) "), "\(command)")
      for path in [
        "share/bash-completion/completions/keepoch", "share/zsh/site-functions/_keepoch",
        "share/fish/vendor_completions.d/keepoch.fish",
      ] {
        #expect(try text(path).contains(command), "\(command) in \(path)")
      }
    }
    // Every option of a command's help is on the page.
    for option in ["\\-\\-explain", "\\-\\-write\\-toml", "\\-\\-read\\-only", "\\-\\-theme"] {
      #expect(page.contains(option))
    }
    func completed(_ line: String) throws -> [String] {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      return try shell(
        [
          "bash", "-c",
          """
          source "$0"; COMP_LINE="$1"; COMP_POINT=${#1}; shift; COMP_WORDS=("$@")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _keepoch keepoch "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"; printf '%s\\n' "${COMPREPLY[@]}"
          """, bash, line,
        ] + words
      ).output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(Set(try completed("keepoch ta")) == ["table", "tag"])
    #expect(try completed("keepoch report --format j").contains("json"))
  }

  @Test func readingAloneWritesNothingAnywhere() throws {
    let run = try RunCopy("diffusion")
    let outside = run.path + "-outside"
    defer { try? FileManager.default.removeItem(atPath: outside) }
    let environment = [
      "HOME": outside, "XDG_STATE_HOME": outside + "/s", "XDG_CACHE_HOME": outside + "/k",
      "XDG_CONFIG_HOME": outside + "/c",
    ]
    func files() throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: run.path).sorted()
    }
    let before = try files()
    for words in [
      ["table", run.path], ["inspect", run.path, "--json"], ["rule", run.path, "--sweep"],
      ["log", run.path], ["show", run.path, "--epoch", "60", "--sample", "3"],
      ["report", run.path, "-o", "-"], ["report", run.path, "--format", "json", "-o", "-"],
    ] {
      let answer = try run.run(words + ["--read-only"], environment: environment)
      #expect(answer.code == 0, "\(words): \(answer.errors)")
    }
    for words in [
      ["report", run.path], ["keep", run.path, "--epoch", "60"],
      ["inspect", run.path, "--write-toml"], ["rule", run.path, "--set", "select: max quality"],
      ["undo", run.path],
    ] {
      let answer = try run.run(words + ["--read-only"], environment: environment)
      #expect(answer.code == 2 && answer.errors.contains("--read-only"), "\(words): \(answer)")
    }
    #expect(try files() == before)
    #expect(!FileManager.default.fileExists(atPath: outside))
  }

  @Test func stepsNameACheckpointWhereARunHasThem() throws {
    let run = try RunCopy("lab")
    try "epoch,step,quality,diversity\n1,100,0.5,0.7\n2,200,0.7,0.6\n".write(
      toFile: run.path + "/metrics.csv", atomically: true, encoding: .utf8)
    let acts = [
      ["keep", run.path, "--step", "200"], ["tag", run.path, "--step", "200", "blurry"],
      ["rate", run.path, "--step", "100", "2"], ["note", run.path, "--step", "100", "early"],
      ["select", run.path, "--step", "200", "--reason", "sharper"],
    ]
    for words in acts {
      let answer = try run.run(words)
      #expect(answer.code == 0 && answer.output.contains("epoch="), "\(words): \(answer)")
    }
    let wrong = try run.run(["keep", run.path, "--step", "150"])
    #expect(wrong.code == 2 && wrong.errors.contains("step 150"))
    let both = try run.run(["keep", run.path, "--step", "100", "--epoch", "1"])
    #expect(both.code == 64)
  }
}
