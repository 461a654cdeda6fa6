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
  let warnings: [RunWarning]

  /// Why a report was not written.
  enum Refusal: Error {
    /// A file that Keepoch did not write stands there.
    case foreign(path: String)
    case failed(RunError)
  }

  /// The report for standard output, which finds the run where the caller found it.
  var text: String { MarkdownReport.write(report(runArgument: run.path)).text }

  /// Writes the report and its pictures; both are whole or not there.
  func write(to path: String, overwriting: Bool) throws(Refusal) {
    let folder = RelativePath.parent(of: path)
    if !overwriting, let old = try? FileBytes.read(path), !isOurs(old) {
      throw .foreign(path: path)
    }
    let (text, pictures) = MarkdownReport.write(
      report(runArgument: RelativePath.path(to: run.path, from: folder)))
    let pictureFolder = "\(folder)/\(MarkdownReport.pictureFolder)"
    do {
      if !pictures.isEmpty {
        try WholeFile.makeFolder(pictureFolder)
        removeOldPictures(in: pictureFolder, except: Set(pictures.map(\.name)))
      }
      for picture in pictures {
        try WholeFile.write(
          PNGWriter.bytes(of: picture.image), to: "\(pictureFolder)/\(picture.name)")
      }
      try WholeFile.write(Array(text.utf8), to: path)
    } catch {
      throw .failed(error)
    }
  }

  private func report(runArgument: String) -> Report {
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
      runArgument: ShellWord.quoted(runArgument), warnings: warnings, samples: samples)
  }

  private func isOurs(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.suffix(200), as: UTF8.self).contains(MarkdownReport.signature)
  }

  /// Pictures of an earlier report that the new one does not show.
  private func removeOldPictures(in folder: String, except kept: Set<String>) {
    guard let names = try? FileBytes.names(in: folder).files else { return }
    for name in names where name.hasSuffix(".png") && !kept.contains(name) {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)"), PNGWriter.isOurs(bytes) else {
        continue
      }
      unlink("\(folder)/\(name)")
    }
  }
}
