import Glibc
import ReviewCore
import ReviewJournal
import ReviewReport
import RunFormats

/// Builds the report of a run and writes it with its pictures.
struct ReportExporter {
  let run: Run
  let reviews: [Review]
  let rule: RuleInForce
  let evaluator: RuleEvaluator
  /// Whose rule counts.
  let reviewer: String
  let warnings: [RunWarning]

  /// Why a report was not written.
  enum Refusal: Error {
    /// A file that Keepoch did not write stands there.
    case foreign(path: String)
    case failed(RunError)
  }

  /// The report for standard output, which finds the run where the caller found it.
  var text: String {
    MarkdownReport.write(report(runArgument: run.path, isPrinted: true)).text
  }

  /// Writes the report and its pictures; each is whole or not there.
  ///
  /// A link is followed; what is no regular file, or was not written by Keepoch, is left alone.
  func write(
    _ format: ReportFormat, to target: String, overwriting: Bool
  ) throws(Refusal) {
    let path = FileBytes.realPath(target) ?? target
    let folder = RelativePath.parent(of: path)
    // As pictures carry it: printable ASCII alone.
    let name = (path.split(separator: "/").last ?? "").filter { $0.isASCII && $0 >= " " }
    try check(path, overwriting: overwriting) { isOurs($0) }
    let (text, pictures) = MarkdownReport.write(
      report(runArgument: RelativePath.path(to: run.path, from: folder)),
      pictureMark: Self.pictureMark(of: name))
    let pictureFolder = "\(folder)/\(MarkdownReport.pictureFolder)"
    for picture in pictures {
      try check("\(pictureFolder)/\(picture.name)", overwriting: overwriting) {
        PNGWriter.source(of: $0) == name
      }
    }
    do {
      if !pictures.isEmpty { try WholeFile.makeFolder(pictureFolder) }
      removeOldPictures(in: pictureFolder, of: name, except: Set(pictures.map(\.name)))
      for picture in pictures {
        try WholeFile.write(
          PNGWriter.bytes(of: picture.image, source: name),
          to: "\(pictureFolder)/\(picture.name)")
      }
      try WholeFile.write(Array(text.utf8), to: path)
    } catch {
      throw .failed(error)
    }
  }

  /// Two reports in one folder keep their pictures apart: `gan.md` has `gan-same-seeds.png`.
  private static func pictureMark(of name: String) -> String {
    let stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    if stem == "report" { return "" }
    return String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }) + "-"
  }

  private func check(
    _ path: String, overwriting: Bool, _ isOurs: ([UInt8]) -> Bool
  ) throws(Refusal) {
    guard let kind = FileBytes.kind(path) else { return }
    guard kind == .file else {
      throw .failed(
        RunError(
          "not written:", place: path, why: "what stands there is not a regular file",
          remedy: "Choose another place; -o - is standard output"))
    }
    if overwriting { return }
    // What cannot be read cannot be known as ours.
    guard let old = try? FileBytes.read(path), isOurs(old) else { throw .foreign(path: path) }
  }

  private func report(runArgument: String, isPrinted: Bool = false) -> Report {
    let probe = Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: nil,
      runArgument: "", warnings: [], samples: [:])
    let reader = SampleReader(run: run)
    var samples: [Int: SampleSet] = [:]
    var warnings = self.warnings
    for index in Set(probe.beforeAtAfter + probe.failures.map(\.index)).sorted() {
      guard let source = run.checkpoints[index].samples else { continue }
      do { samples[index] = try reader.samples(source) } catch {
        if !warnings.contains(error) { warnings.append(error) }
      }
    }
    let digest = Digest.sha256(Array(RuleData.text(rule.rule, run: run).utf8))
    return Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: digest,
      runArgument: ShellWord.quoted(runArgument), isPrinted: isPrinted, ruleReviewer: reviewer,
      warnings: warnings, samples: samples)
  }

  private func isOurs(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.suffix(200), as: UTF8.self).contains(MarkdownReport.signature)
  }

  /// Pictures of an earlier report that the new one does not show.
  private func removeOldPictures(
    in folder: String, of report: String, except kept: Set<String>
  ) {
    guard let names = try? FileBytes.names(in: folder).files else { return }
    for name in names where name.hasSuffix(".png") && !kept.contains(name) {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)"),
        PNGWriter.source(of: bytes) == report
      else {
        continue
      }
      unlink("\(folder)/\(name)")
    }
  }
}
