import ReviewCore

/// The arrays of one file (`.npy`, `.npz`, `.safetensors`, IDX, also packed by gzip), by their
/// headers.
struct ArrayFile {
  struct Member {
    /// Of an `.npz` without `.npy`; nil for the one array of an `.npy` or an IDX file.
    let name: String?
    let header: ArrayHeader
  }

  let members: [Member]
  /// Members that cannot be read, and why.
  let failures: [(name: String, failure: ArrayFailure)]
  /// Bytes behind the values of the one array, which nothing accounts for.
  let excess: Int
  /// Whether it is a file that holds weights as a rule, and samples only where names say so.
  let mayBeWeights: Bool

  // A usual header is 128 bytes.
  private static let headSize = 1024
  // A file with more members than this is no set of samples, and must not take forever.
  private static let mostMembers = 4096

  private static let endings = [
    ".npy", ".npz", ".idx", "-ubyte", ".idx.gz", "-ubyte.gz", ".npy.gz", ".safetensors",
  ]

  /// Whether a name is one of arrays; `idx1` files hold labels.
  static func isArray(_ path: String) -> Bool {
    // Almost every name of a large run is told by its last letter.
    guard let last = path.utf8.last, "yzxesYZXES".utf8.contains(last) else { return false }
    let name = path.lowercased()
    return endings.contains { name.hasSuffix($0) } && !name.contains("idx1")
  }

  /// Whether a name is one of a file that holds several arrays, each by a key.
  static func holdsSeveral(_ path: String) -> Bool {
    path.utf8.count > 4 && path.suffix(4).lowercased() == ".npz"
  }

  /// Whether a file begins like one of arrays.
  static func isArray(_ head: [UInt8]) -> Bool {
    NPYHeader.isNPY(head) || ZipDirectory.isZip(head) || GzipFile.isGzip(head)
      || IDXHeader.isIDX(head) || SafetensorsHeader.isSafetensors(head)
  }

  /// How the values of a file are kept.
  private enum Kind { case plain, zip, gzip, safetensors }

  /// Reads what tells shapes and types, and no values.
  init(_ path: String) throws(ArrayFailure) {
    let file = try Self.open(path)
    let head = try Self.head(file)
    mayBeWeights = Self.kind(head) == .safetensors
    switch Self.kind(head) {
    case .safetensors:
      (members, failures) = try Self.membersOfSafetensors(head, file)
      excess = 0
    case .plain:
      let header = try Self.header(head, file)
      guard header.dataSize <= file.size - header.dataOffset else {
        throw ArrayFailure(
          "its header promises \(header.dataSize) bytes of values, "
            + "\(file.size - header.dataOffset) are there", offset: header.dataOffset)
      }
      members = [Member(name: nil, header: header)]
      failures = []
      excess = file.size - header.dataOffset - header.dataSize
    case .gzip:
      let unpacked = try GzipFile.beginning(head, count: Self.headSize)
      members = [Member(name: nil, header: try Self.header(unpacked))]
      failures = []
      excess = 0
    case .zip:
      (members, failures) = try Self.membersOfZip(file)
      excess = 0
    }
  }

  private static func membersOfSafetensors(
    _ head: [UInt8], _ file: borrowing OpenFile
  ) throws(ArrayFailure) -> ([Member], [(name: String, failure: ArrayFailure)]) {
    let size = min(file.size, SafetensorsHeader.size(head))
    let header = size > head.count ? try file.read(at: 0, count: size) : head
    return try SafetensorsHeader.members(header, fileSize: file.size)
  }

  private static func membersOfZip(
    _ file: borrowing OpenFile
  ) throws(ArrayFailure) -> ([Member], [(name: String, failure: ArrayFailure)]) {
    var members: [Member] = []
    var failures: [(name: String, failure: ArrayFailure)] = []
    for member in try ZipDirectory(file).members.prefix(mostMembers) {
      guard let name = arrayName(of: member) else { continue }
      do throws(ArrayFailure) {
        var head = try ZipDirectory.beginning(of: member, in: file, count: headSize)
        let size = try NPYHeader.size(head)
        if size > head.count {
          head = try ZipDirectory.beginning(of: member, in: file, count: size)
        }
        let header = try NPYHeader.read(head)
        // What a header promises is held against what the member says it unpacks to.
        guard header.dataSize <= member.size - header.dataOffset else {
          throw ArrayFailure(
            "its header promises \(header.dataSize) bytes of values, the member holds "
              + "\(member.size)")
        }
        members.append(Member(name: name, header: header))
      } catch {
        failures.append((name, error))
      }
    }
    return (members, failures)
  }

  /// The values of one array, or of one place on its first axis.
  static func array(at place: ArrayPlace, root: String) throws(ArrayFailure) -> StoredArray {
    try array(named: place.member, slice: place.slice, in: "\(root)/\(place.path)")
  }

  /// As `array(at:root:)`, for who reads one place after the other: what is packed is unpacked for
  /// the first one, and kept.
  static func array(
    at place: ArrayPlace, root: String, keeping kept: inout UnpackedArray?
  ) throws(ArrayFailure) -> StoredArray {
    guard let slice = place.slice else { return try array(at: place, root: root) }
    let path = "\(root)/\(place.path)"
    if kept?.path != path || kept?.member != place.member {
      kept = nil
      let kind = kind(try head(try open(path)))
      guard kind == .zip || kind == .gzip else { return try array(at: place, root: root) }
      kept = UnpackedArray(
        path: path, member: place.member, array: try array(named: place.member, in: path))
    }
    guard let kept else { return try array(at: place, root: root) }
    return try kept.array.slice(slice)
  }

  /// The values of one array.
  ///
  /// - Parameters:
  ///   - name: a member of an `.npz`; other files have only one array.
  ///   - slice: a place on the first axis; nil for all of them.
  static func array(
    named name: String?, slice: Int? = nil, in path: String
  ) throws(ArrayFailure) -> StoredArray {
    let file = try open(path)
    let head = try head(file)
    let whole: StoredArray
    switch kind(head) {
    case .plain:
      let all = try header(head, file)
      if let slice, let part = all.slice(slice) { return try values(part, file) }
      whole = try values(all, file)
    case .safetensors:
      let (members, failures) = try membersOfSafetensors(head, file)
      guard let member = members.last(where: { $0.name == name }) else {
        throw failures.last { $0.name == name }?.failure
          ?? ArrayFailure("it holds no array named \"\(PrintableText.escaped(name ?? ""))\"")
      }
      if let slice, let part = member.header.slice(slice) { return try values(part, file) }
      whole = try values(member.header, file)
    case .gzip:
      let unpacked = try header(try GzipFile.beginning(head, count: headSize))
      guard file.size <= 1 << 30 else { throw ArrayFailure("it is larger than 1 GiB") }
      whole = try StoredArray(
        unpacked,
        try GzipFile.whole(
          try file.read(at: 0, count: file.size), count: unpacked.dataOffset + unpacked.dataSize))
    case .zip:
      let directory = try ZipDirectory(file)
      guard let member = directory.members.last(where: { arrayName(of: $0) == name }) else {
        throw ArrayFailure(
          "it holds no array named \"\(PrintableText.escaped(name ?? ""))\"")
      }
      do {
        whole = try StoredArray(try ZipDirectory.bytes(of: member, in: file))
      } catch {
        // An offset inside a compressed member tells nobody anything.
        throw ArrayFailure("\(PrintableText.escaped(member.name)): \(error.reason)")
      }
    }
    guard let slice else { return whole }
    return try whole.slice(slice)
  }

  /// The values that a header speaks of, and nothing else of the file.
  private static func values(
    _ header: ArrayHeader, _ file: borrowing OpenFile
  ) throws(ArrayFailure) -> StoredArray {
    let left = file.size - header.dataOffset
    guard header.dataSize <= left else {
      throw ArrayFailure(
        "its header promises \(header.dataSize) bytes of values, \(max(0, left)) are there",
        offset: header.dataOffset)
    }
    guard header.dataSize <= 1 << 30 else { throw ArrayFailure("it is larger than 1 GiB") }
    let bytes = try file.read(at: header.dataOffset, count: header.dataSize)
    return try StoredArray(
      ArrayHeader(
        type: header.type, isFortran: header.isFortran, shape: header.shape, dataOffset: 0), bytes)
  }

  /// Why none of the arrays holds samples, as their shapes tell; nil when it is another reason.
  var refusal: String? {
    let shapes = members.map(\.header.shape)
    guard !shapes.isEmpty else {
      return failures.first.map(\.failure.reason) ?? "it holds no array"
    }
    let text = shapes.map { ArrayHeader.text(of: $0) }.joined(separator: ", ")
    return shapes.contains { $0.contains(0) }
      ? "it holds no samples, its shape is \(text)"
      : "no array in it has the shape of samples: \(text)"
  }

  private static func kind(_ head: [UInt8]) -> Kind {
    if ZipDirectory.isZip(head) { return .zip }
    if GzipFile.isGzip(head) { return .gzip }
    return SafetensorsHeader.isSafetensors(head) ? .safetensors : .plain
  }

  private static func arrayName(of member: ZipDirectory.Member) -> String? {
    member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : nil
  }

  private static func open(_ path: String) throws(ArrayFailure) -> OpenFile {
    do { return try OpenFile(path) } catch { throw ArrayFailure(error.reason) }
  }

  private static func head(_ file: borrowing OpenFile) throws(ArrayFailure) -> [UInt8] {
    try file.read(at: 0, count: headSize)
  }

  private static func header(
    _ head: [UInt8], _ file: borrowing OpenFile
  ) throws(ArrayFailure) -> ArrayHeader {
    if IDXHeader.isIDX(head) {
      return try IDXHeader.read(
        head.count < IDXHeader.longest ? try file.read(at: 0, count: IDXHeader.longest) : head)
    }
    let size = try NPYHeader.size(head)
    return try NPYHeader.read(size > head.count ? try file.read(at: 0, count: size) : head)
  }

  private static func header(_ head: [UInt8]) throws(ArrayFailure) -> ArrayHeader {
    IDXHeader.isIDX(head) ? try IDXHeader.read(head) : try NPYHeader.read(head)
  }
}

extension OpenFile {
  /// As `bytes(at:count:)`, for who speaks of arrays.
  func read(at offset: Int, count: Int) throws(ArrayFailure) -> [UInt8] {
    do {
      return try bytes(at: offset, count: count)
    } catch {
      throw ArrayFailure(error.reason, offset: offset)
    }
  }
}
