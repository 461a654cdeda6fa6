import ReviewCore
import ReviewJournal

/// The journals of runs that are compared, and that of the comparison, as one.
final class JointJournal: ActKeeper {
  let reviewer: String
  let events: [ReviewEvent]
  let warnings: [RunWarning]
  private let acts: JointActs
  /// One a run and the comparison's own; why not, where one cannot be written.
  private let journals: [Result<Journal, RunError>]

  init(
    _ acts: JointActs, _ journals: [Result<Journal, RunError>], known: [[ReviewEvent]],
    reviewer: String
  ) {
    self.acts = acts
    self.journals = journals
    self.reviewer = reviewer
    // Of a journal that another sitting holds, what stands in it counts nevertheless.
    events = acts.joined(
      zip(journals, known).map { journal, known in (try? journal.get().events) ?? known })
    warnings = journals.flatMap { (try? $0.get().warnings) ?? [] }
  }

  /// Why some of them cannot be written; empty where all can.
  var refusals: [RunError] {
    journals.enumerated().compactMap { place, journal in
      guard case .failure(let error) = journal else { return nil }
      return acts.name(of: place).map(error.named) ?? error
    }
  }

  func append(_ act: ReviewAct, time: String) throws(RunError) -> ReviewEvent {
    guard let (place, inner) = acts.divided(act) else {
      throw RunError(
        "not saved:", place: nil, why: "it is of no run that is compared",
        remedy: "Open the runs anew")
    }
    let event: ReviewEvent
    do throws(RunError) {
      event = try journals[place].get().append(inner, time: time)
    } catch {
      throw acts.name(of: place).map(error.named) ?? error
    }
    guard let joined = acts.joined(event, of: place) else {
      throw RunError(
        "saved, and cannot be shown:", place: nil, why: "its number is too large",
        remedy: "Open the runs anew")
    }
    return joined
  }
}

extension RunError {
  /// The same with the name of the run that it is of, since no path fits on a line of the screen.
  fileprivate func named(_ run: String) -> RunError {
    RunError("\(PrintableText.singleLine(run)), \(what)", place: place, why: why, remedy: remedy)
  }
}
