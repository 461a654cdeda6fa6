/// Where the samples of a checkpoint lie, before any pixel is read.
package enum SampleSource: Hashable, Sendable {
  /// One picture that holds all samples; the layout is nil while nobody has looked.
  case grid(PicturePlace, layout: GridLayout?)
  /// One picture a sample, ascending by index; the size is that of the run's other samples, nil
  /// while nobody has looked.
  case pictures([NumberedPicture], size: PictureSize?)
  /// One array that holds all samples.
  ///
  /// The layout is that of the run's other arrays: a file may turn out to hold more or fewer. Nil
  /// while nobody has looked.
  case array(ArrayPlace, layout: ArrayLayout?)

  package static func grid(path: String, layout: GridLayout?) -> SampleSource {
    .grid(PicturePlace(path: path), layout: layout)
  }

  /// Known without reading a pixel; nil when not.
  package var count: Int? {
    switch self {
    case .grid(_, let layout): return layout?.count
    case .pictures(let pictures, _): return pictures.count
    case .array(_, let layout): return layout?.count
    }
  }

  /// Width and height of one sample, known without reading a pixel; nil when not.
  package var sampleSize: (width: Int, height: Int)? {
    switch self {
    case .grid(_, let layout): return layout.map { ($0.sampleWidth, $0.sampleHeight) }
    case .pictures(_, let size): return size.map { ($0.width, $0.height) }
    case .array(_, let layout): return layout.map { ($0.width, $0.height) }
    }
  }

  /// Of the first file it needs, relative to the run.
  package var path: String {
    switch self {
    case .grid(let place, _): return place.path
    case .pictures(let pictures, _): return pictures.first?.place.path ?? ""
    case .array(let place, _): return place.path
    }
  }

  /// Whether a path alone names it.
  package var isFileByItself: Bool {
    switch self {
    case .grid(let place, _): return place.part == nil
    case .pictures: return false
    case .array: return true
    }
  }

  /// The seed index of the sample at a place in the set.
  package func index(at place: Int) -> Int {
    guard case .pictures(let pictures, _) = self, pictures.indices.contains(place) else {
      return place
    }
    return pictures[place].index
  }

  /// The place in the set of a seed index; nil when the set is known to have none of it.
  package func place(of index: Int) -> Int? {
    guard case .pictures(let pictures, _) = self else {
      return index >= 0 && index < count ?? .max ? index : nil
    }
    if pictures.indices.contains(index), pictures[index].index == index { return index }
    return pictures.firstIndex { $0.index == index }
  }
}

/// Where an encoded picture lies.
package struct PicturePlace: Hashable, Sendable {
  /// Relative to the run.
  package let path: String
  /// The bytes of the file that are the picture; nil for all of them.
  package let part: Range<Int>?

  package init(path: String, part: Range<Int>? = nil) {
    self.path = path
    self.part = part
  }
}

/// One sample of its own.
package struct NumberedPicture: Hashable, Sendable {
  /// The seed index: the number in the file's name as it stands, or the place in a record.
  package let index: Int
  package let place: PicturePlace

  package init(index: Int, place: PicturePlace) {
    self.index = index
    self.place = place
  }
}

package struct PictureSize: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// Where an array lies.
package struct ArrayPlace: Hashable, Sendable {
  /// Relative to the run.
  package let path: String
  /// The name of an array in a file of several; nil for the one array of an `.npy`.
  package let member: String?
  /// The place on the first axis where one array holds all checkpoints.
  package let slice: Int?

  package init(path: String, member: String? = nil, slice: Int? = nil) {
    self.path = path
    self.member = member
    self.slice = slice
  }
}
