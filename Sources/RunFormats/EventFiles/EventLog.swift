/// What one event file holds, as far as it is whole.
struct EventLog: Sendable {
  /// The points of one tag, in the order of the file.
  struct Scalars: Sendable {
    let tag: String
    var steps: [Int64] = []
    var values: [Double] = []
  }

  /// The pictures of one tag.
  struct Images: Sendable {
    struct Entry: Equatable, Sendable {
      let step: Int64
      /// Where the encoded pictures lie in the file.
      let parts: [Range<Int>]
    }

    let tag: String
    var entries: [Entry] = []
  }

  struct Text: Equatable, Sendable {
    let tag: String
    /// Empty where the tag is a histogram, a sound or another kind that nobody reviews.
    let text: String
  }

  /// A place where the file could not be read.
  struct Damage: Equatable, Sendable {
    let offset: Int
    let reason: String
  }

  /// In the order in which the tags first come, as all that follow.
  var scalars: [Scalars] = []
  /// Seconds since 1970 when each step was first written, one point a change of the step.
  var clock = Scalars(tag: "")
  var images: [Images] = []
  /// The first of each tag.
  var texts: [Text] = []
  var settings: [(name: String, value: EventSetting)] = []
  var damages: [Damage] = []
  /// Seconds since 1970 of the first event; nil where there is none.
  var firstTime: Double?
  /// Where the first record begins that is not whole yet; the end of the file where all are.
  var readEnd = 0
  var recordCount = 0
}
