import ReviewCore
import Testing

/// How samples were drawn, in words and in order.
@Suite struct SamplingSettingTests {
  @Test(arguments: [
    ("temperature=0.7", "temperature=0.7"), ("temperature=0.70", "temperature=0.7"),
    ("sampler=ddim guidance=3.0", "guidance=3 sampler=ddim"),
    ("guidance=3,sampler=ddim", "guidance=3 sampler=ddim"),
    ("  eta=0 ,  top_p=1  ", "eta=0 top_p=1"), ("w=1e2", "w=100"), ("w=nan", "w=nan"),
    ("w=a=b", "w=a=b"),
  ])
  func textIsRead(_ text: String, _ name: String) {
    #expect(SamplingSetting(parsing: text)?.name == name)
  }

  @Test(arguments: ["", " ", ",", "temperature", "=1", "temperature=", "a=1 a=2", "a=1 b", "a = 1"])
  func whatIsNoneIsRefused(_ text: String) {
    #expect(SamplingSetting(parsing: text) == nil)
  }

  @Test func aNameIsReadAsItIsWritten() {
    var dice = SplitMix64(seed: 4)
    for _ in 0..<200 {
      let names = ["temperature", "guidance", "w", "eta", "sampler"].filter { _ in
        dice.next(below: 2) == 0
      }
      let made = SamplingSetting(
        names.map { name in
          .init(
            name: name,
            value: name == "sampler" ? "ddim" : "\(Double(dice.next(below: 1000)) / 100)")
        })
      #expect(made == made.flatMap { SamplingSetting(parsing: $0.name) })
      #expect((made == nil) == names.isEmpty)
    }
  }

  @Test func numbersStandByTheirValueAndBeforeWords() {
    let ordered = [
      "guidance=2", "guidance=2 sampler=ddim", "guidance=10", "guidance=10 sampler=ddim",
      "guidance=10 sampler=ddpm", "guidance=none", "temperature=0.5",
    ].map(setting)
    #expect(ordered.reversed().sorted() == ordered)
    for (place, one) in ordered.enumerated() {
      for (other, two) in ordered.enumerated() {
        #expect((one < two) == (place < other), "\(one.name) \(two.name)")
        #expect((one == two) == (place == other))
      }
    }
  }

  @Test func theWordsAreThoseOfASentence() {
    #expect(setting("sampler=ddim guidance=3.0").words == "guidance 3, sampler ddim")
    #expect(setting("temperature=0.7").parameter("temperature")?.number == 0.7)
    #expect(setting("sampler=ddim").parameter("sampler")?.number == nil)
    #expect(setting("sampler=ddim").parameter("eta") == nil)
    #expect(
      Position(.epoch, 3, setting: "guidance=3 sampler=ddim", run: "vae").words
        == "vae, epoch 3 at guidance 3, sampler ddim")
    #expect(Position(.step, 3, setting: "eta=0", run: "vae").label == "vae step=3 eta=0")
  }

  @Test func theUsualOneIsTheNeutralOneElseTheFirst() {
    func usual(_ texts: [String]) -> String {
      let settings = texts.map(setting).sorted()
      return settings[SamplingSetting.usual(of: settings)].name
    }
    #expect(usual(["temperature=0.5", "temperature=1", "temperature=1.3"]) == "temperature=1")
    #expect(usual(["temperature=0.5", "temperature=1.3"]) == "temperature=0.5")
    #expect(usual(["eta=1", "eta=0"]) == "eta=0")
    #expect(
      usual(["eta=0 temperature=0.5", "eta=1 temperature=1", "eta=0 temperature=1"])
        == "eta=0 temperature=1")
    #expect(usual(["sampler=ddpm", "sampler=ddim"]) == "sampler=ddim")
    #expect(usual(["guidance=7.5", "guidance=1", "guidance=0"]) == "guidance=1")
  }
}
