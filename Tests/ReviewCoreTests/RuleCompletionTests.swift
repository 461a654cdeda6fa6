import ReviewCore
import Testing

@Suite struct RuleCompletionTests {
  private func completion(_ text: String, _ part: String = "candidate") -> RuleCompletion {
    RuleCompletion(
      text, part: part,
      metrics: ["quality", "quantity", "val loss"].map { Metric(name: $0) },
      tags: ["mode-collapse", "noise"])
  }

  @Test(arguments: [
    ("qua", ["quality", "quantity"], nil), ("quali", ["quality"], "quality"),
    ("quality >= 0.5 and di", [], nil), ("`v", ["`val loss`"], "`val loss`"),
    ("tagged(m", ["mode-collapse"], "mode-collapse"), ("share(n", ["noise"], "noise"),
    ("quality > 1 an", ["and"], "and"), ("rank(qual", ["quality"], "quality"),
    ("tagged(mode-c", ["mode-collapse"], "mode-collapse"),
  ])
  func wordsThatCanStandThere(_ text: String, _ choices: [String], _ common: String?) {
    #expect(completion(text).choices == choices)
    #expect(completion(text).common == common)
  }

  @Test func eachPartHasItsWords() {
    #expect(completion("ma", "select").common == "max")
    #expect(completion("max quality wh", "select").common == "where")
    #expect(completion("lat", "tie").common == "latest")
    #expect(completion("wh").choices.isEmpty)
  }
}
