import ArgumentParser
import ReviewCore
import RunFormats

struct AdjudicateCommand: ActCommand {
  static let configuration = CommandConfiguration(
    commandName: "adjudicate",
    abstract: "Rule what counts where reviewers disagree; what each said stays.",
    discussion: """
      keepoch agree lists where. The latest ruling of any reviewer counts: the rule reads it in place of what \
      was said of that checkpoint or sample.
      """)

  @OptionGroup var options: NamedRunOptions
  @OptionGroup var target: TargetOptions

  @Argument(help: "With --tag: on or off.")
  var state: String?

  @Option(help: "keep, reject or undecided counts for the checkpoint.")
  var verdict: Verdict?

  @Option(help: "1 to 5 counts as the rating.")
  var rating: Int?

  @Option(help: "This tag is on, or off.")
  var tag: String?

  @Option(
    help: ArgumentHelp(
      "Take the ruling on this back, whoever ruled: verdict, rating, or a tag.", valueName: "matter"
    ))
  var off: String?

  @Option(help: "Why.")
  var reason = ""

  func validate() throws {
    let given = [verdict != nil, rating != nil, tag != nil, off != nil].count { $0 }
    guard given == 1 else {
      throw ValidationError("Give one of --verdict, --rating, --tag and --off.")
    }
    if let rating, !(1...5).contains(rating) { throw ValidationError("A rating is 1 to 5.") }
    if tag != nil, state != "on", state != "off" {
      throw ValidationError("--tag TAG needs on or off after it.")
    }
    if tag == nil, let state {
      throw ValidationError("\"\(state)\" means nothing here; on and off are for --tag.")
    }
    if verdict != nil || off == "verdict", target.sample != nil {
      throw ValidationError("A verdict is on a checkpoint; leave --sample out.")
    }
  }

  private var matter: DisputedMatter {
    if let tag { return .tag(tag) }
    switch off {
    case "verdict": return .verdict
    case "rating": return .rating
    case .some(let tag): return .tag(tag)
    case nil: return verdict == nil ? .rating : .verdict
    }
  }

  func run() throws {
    try write { opened, own in
      let known = opened.tags
      let named = state == "on" ? tag : ["verdict", "rating"].contains(off) ? nil : off
      if let tag = named, !known.contains(where: { $0.name == tag }) {
        throw RunError(
          "no such tag:", place: tag,
          why: "the tags are \(known.map(\.name).joined(separator: ", "))",
          remedy: "A run can declare more in keepoch.toml: tags = [\"...\"]")
      }
      let point = DisputedPoint(try target.namedTarget(in: opened, to: "rule"), matter)
      let value = verdict?.rawValue ?? rating.map(String.init) ?? (tag == nil ? nil : state)
      let others = opened.reviews.filter { $0.reviewer != own.reviewer }
      let counting = Ruling.inForce(among: others + [own], in: opened.run)[point]
      guard !Ruling.isUnchanged(counting, by: value, reason: reason) else { return nil }
      return .adjudicate(point, value: value, reason: reason)
    }
  }
}

extension Verdict: ExpressibleByArgument {}
