import Glibc
import HumanEvaluation
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

  /// What makes the evidence weaker than it could be.
  var cautions: [String] {
    Evidence(run: run, reviews: reviews, evaluator: evaluator).cautions
  }

  /// The report for standard output, which finds the run where the caller found it.
  func text(_ format: ReportFormat) -> String {
    Self.text(report(isPrinted: true) { $0 }, format)
  }

  private static func text(_ report: Report, _ format: ReportFormat) -> String {
    switch format {
    case .markdown: return MarkdownReport.write(report).text
    case .html: return HTMLReport.write(report)
    case .json: return JSONReport.write(report)
    case .csv: return CSVReport.write(report)
    case .text: return PlainReport.write(report)
    case .modelCard: return ModelCard.write(report)
    }
  }

  /// Writes the report, and its pictures where the format has some; each is whole or not there.
  ///
  /// A link is followed; what is no regular file, or was not written by Keepoch, is left alone.
  func write(
    _ format: ReportFormat, to target: String, overwriting: Bool
  ) throws(Refusal) {
    let path = FileBytes.realPath(target) ?? target
    let folder = FileBytes.parent(of: path)
    try check(path, overwriting: overwriting) { Self.isOurs($0, format) }
    let report = report { RelativePath.path(to: $0, from: folder) }
    if format == .markdown {
      try writeMarkdown(report, to: path, in: folder, overwriting: overwriting)
      return
    }
    do { try WholeFile.write(Array(Self.text(report, format).utf8), to: path) } catch {
      throw .failed(error)
    }
  }

  private func writeMarkdown(
    _ report: Report, to path: String, in folder: String, overwriting: Bool
  ) throws(Refusal) {
    // As pictures carry it: printable ASCII alone.
    let name = (path.split(separator: "/").last ?? "").filter { $0.isASCII && $0 >= " " }
    let (text, pictures, charts) = MarkdownReport.write(
      report, pictureMark: Self.pictureMark(of: name), source: name)
    let files =
      pictures.map { ($0.name, PNGWriter.bytes(of: $0.image, source: name)) }
      + charts.map { ($0.name, Array($0.svg.utf8)) }
    let pictureFolder = "\(folder)/\(MarkdownReport.pictureFolder)"
    for (file, _) in files {
      try check("\(pictureFolder)/\(file)", overwriting: overwriting) {
        Self.isPicture($0, of: name)
      }
    }
    do {
      if !files.isEmpty { try WholeFile.makeFolder(pictureFolder) }
      removeOldPictures(in: pictureFolder, of: name, except: Set(files.map(\.0)))
      for (file, bytes) in files { try WholeFile.write(bytes, to: "\(pictureFolder)/\(file)") }
      try WholeFile.write(Array(text.utf8), to: path)
    } catch {
      throw .failed(error)
    }
  }

  /// Whether a file is a picture or a chart of ours that this report shows.
  private static func isPicture(_ bytes: [UInt8], of report: String) -> Bool {
    PNGWriter.source(of: bytes) == report || MarkdownReport.isChart(bytes, of: report)
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

  /// - Parameter place: where a run is found, seen from where the report is read.
  private func report(isPrinted: Bool = false, place: (String) -> String) -> Report {
    let probe = Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: nil,
      runPath: "", warnings: [], samples: [:])
    var samples: [Int: SampleSet] = [:]
    var warnings = self.warnings
    for index in probe.shown {
      guard let source = run.checkpoints[index].samples else { continue }
      do {
        let set = try SampleReader(run: run, at: index).samples(source)
        samples[index] = set
        for (_, failure) in set.failures.sorted(by: { $0.key < $1.key })
        where !warnings.contains(failure) {
          warnings.append(failure)
        }
      } catch {
        if !warnings.contains(error) { warnings.append(error) }
      }
    }
    let digest = RuleData.digest(of: evaluator, run: run)
    let agreement = ReviewerAgreement(of: reviews, in: run)
    let facts =
      agreement.hasSeveral
      ? AgreementFacts(
        run: run, reviews: reviews, agreement: agreement,
        contradictions: PeopleAgainstMetrics.contradictions(probe.evidence)) : nil
    // Only beside what was tagged as a copy.
    let copied = probe.failures.filter { $0.tags.contains("memorised") }
    var reals: [Int: SampleSet] = [:]
    for index in copied.map(\.index) where reals[run.checkpoints[index].member ?? 0] == nil {
      reals[run.checkpoints[index].member ?? 0] = RealSamples(of: run.origin(of: index).run).set
    }
    return Report(
      run: run, reviews: reviews, rule: rule, evaluator: evaluator, dataDigest: digest,
      runPath: place(run.path), isPrinted: isPrinted, ruleReviewer: reviewer,
      warnings: warnings, samples: samples, reals: reals,
      memberPaths: run.members.map { place($0.run.path) }, agreement: facts,
      human: HumanResults(of: reviews, in: run))
  }

  /// What tells our own files from others, as far as a format can tell.
  private static func isOurs(_ bytes: [UInt8], _ format: ReportFormat) -> Bool {
    switch format {
    case .markdown:
      return String(decoding: bytes.suffix(200), as: UTF8.self).contains(MarkdownReport.signature)
    case .text:
      return String(decoding: bytes.suffix(200), as: UTF8.self).contains(PlainReport.signature)
    case .json:
      return String(decoding: bytes.prefix(200), as: UTF8.self).contains("\"\(JSONReport.schema)\"")
    case .csv: return CSVReport.isOurs(bytes)
    case .html:
      return String(decoding: bytes.suffix(200), as: UTF8.self).contains(HTMLReport.signature)
    case .modelCard:
      return String(decoding: bytes.suffix(200), as: UTF8.self).contains(ModelCard.signature)
    }
  }

  /// Pictures of an earlier report that the new one does not show.
  private func removeOldPictures(
    in folder: String, of report: String, except kept: Set<String>
  ) {
    guard let names = try? FileBytes.names(in: folder).files else { return }
    for name in names
    where (name.hasSuffix(".png") || name.hasSuffix(".svg")) && !kept.contains(name) {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)"),
        Self.isPicture(bytes, of: report)
      else {
        continue
      }
      unlink("\(folder)/\(name)")
    }
  }
}
