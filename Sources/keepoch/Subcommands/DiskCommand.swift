import ArgumentParser
import ReviewCore
import ReviewReport
import RunFormats

struct DiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disk",
    abstract: "Say which files of training state to keep and which could go.",
    discussion: """
      Kept are the rule's selection, a reviewer's choice, the runner-up, what a reviewer keeps, \
      candidates and the Pareto front unless rejected, and the last checkpoint. Keepoch deletes \
      nothing: --script prints a script to read, and to run if you agree.
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "Print a shell script that would remove what could go.")
  var script = false

  @Flag(help: "Print keepoch.disk/1.")
  var json = false

  func validate() throws {
    if script, json { throw ValidationError("Give --script or --json, not both.") }
  }

  func run() throws {
    try reporting {
      let opened = try open(options.run, options.reader)
      let evidence = Evidence(
        run: opened.run, reviews: opened.reviews,
        evaluator: try opened.evaluator(opened.ruleInForce()))
      let plan = StatePlan(evidence, links: StateLinks.found(in: opened.run))
      let answer = DiskAnswer(plan: plan, run: opened.run)
      try Outside.put(json ? answer.json : script ? answer.script : answer.text)
    }
  }
}

/// What `keepoch disk` prints.
struct DiskAnswer {
  let plan: StatePlan
  let run: Run

  private func words(_ entry: StatePlan.Entry) -> String { run.position(of: entry.index).words }

  private func size(_ bytes: Int) -> String { StateFile(path: "", size: bytes).sizeText }

  /// Files that no kept checkpoint shares, each once.
  private var removable: [(file: StateFile, entry: StatePlan.Entry)] {
    var seen: Set<String> = []
    return plan.entries.filter { !$0.isKept }.flatMap { entry in
      entry.files.filter { seen.insert($0.path).inserted }.map { ($0, entry) }
    }
  }

  var text: String {
    guard !plan.entries.isEmpty else {
      return "no training state was found beside the checkpoints of this run\n"
    }
    var rows = plan.entries.flatMap { entry in
      entry.files.map { file in
        [
          entry.isKept ? "keep" : "could go", words(entry), file.sizeText, file.path,
          entry.reasons.joined(separator: ", "),
        ].map(PrintableText.escaped)
      }
    }
    for column in 0..<4 {
      let width = rows.map { $0[column].count }.max() ?? 0
      for row in rows.indices {
        let blanks = String(repeating: " ", count: width - rows[row][column].count)
        rows[row][column] = column == 2 ? blanks + rows[row][column] : rows[row][column] + blanks
      }
    }
    return rows.map { $0.joined(separator: "  ") + "\n" }.joined()
      + "to keep: \(size(plan.keptSize)); could go: \(size(plan.freedSize)). "
      + "Nothing was deleted; --script prints what would.\n"
  }

  /// Nothing in a name is ever taken for more than a name.
  var script: String {
    var lines = [
      "#!/bin/sh", "# Training state of \(PrintableText.escaped(run.name)) that could go.",
      "# Written by keepoch disk --script. Read it before you run it; nothing was deleted yet.",
      "set -eu",
      "cd -- \(ShellWord.quoted(FileBytes.realPath(run.samplesFolder) ?? run.samplesFolder))", "",
    ]
    for entry in plan.entries where entry.isKept {
      let names = entry.files.map(\.path).map(PrintableText.escaped).joined(separator: ", ")
      lines.append("# keep \(words(entry)): \(names) (\(entry.reasons.joined(separator: ", ")))")
    }
    lines.append("")
    for (file, entry) in removable {
      lines.append("# \(words(entry)), \(file.sizeText): \(entry.reasons.joined(separator: ", "))")
      lines.append("rm -- \(ShellWord.quoted(file.path))")
    }
    if removable.isEmpty { lines.append("# Nothing could go.") }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    JSONText.object([
      ("schema", .string("keepoch.disk/1")), ("axis", .string(run.axis.rawValue)),
      ("keep", .integer(plan.keptSize)), ("couldGo", .integer(plan.freedSize)),
      (
        "checkpoints",
        .array(
          plan.entries.map { entry in
            .object([
              (run.axis.rawValue, .number(run.axisValue(of: entry.index).value)),
              ("keep", .bool(entry.isKept)),
              ("reasons", .array(entry.reasons.map { .string($0) })),
              (
                "files",
                .array(
                  entry.files.map {
                    .object([("path", .string($0.path)), ("bytes", .integer($0.size))])
                  })
              ),
            ])
          })
      ),
    ]).indentedText
  }
}
