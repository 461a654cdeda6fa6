import ReviewCore

/// The arrays of one `.npy` or `.npz`, by their headers.
struct ArrayFile {
  struct Member {
    /// Without `.npy`; nil for the one array of an `.npy`.
    let name: String?
    let header: NPYHeader
  }

  let members: [Member]
  /// Members that cannot be read, and why.
  let failures: [(name: String, failure: ArrayFailure)]
  /// Bytes behind the values of an `.npy`, which nothing accounts for.
  let excess: Int

  // A usual header is 128 bytes.
  private static let headSize = 1024
  // A file with more members than this is no set of samples, and must not take forever.
  private static let mostMembers = 4096

  static func isArray(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".npy") || name.hasSuffix(".npz")
  }

  /// Reads what tells shapes and types, and no values.
  init(_ path: String) throws(ArrayFailure) {
    let file = try Self.open(path)
    let head = try Self.head(file)
    guard ZipDirectory.isZip(head) else {
      let header = try Self.header(head, file)
      guard header.dataSize <= file.size - header.dataOffset else {
        throw ArrayFailure(
          "its header promises \(header.dataSize) bytes of values, "
            + "\(file.size - header.dataOffset) are there", offset: header.dataOffset)
      }
      members = [Member(name: nil, header: header)]
      failures = []
      excess = file.size - header.dataOffset - header.dataSize
      return
    }
    var members: [Member] = []
    var failures: [(name: String, failure: ArrayFailure)] = []
    for member in try ZipDirectory(file).members.prefix(Self.mostMembers) {
      guard let name = Self.arrayName(of: member) else { continue }
      do throws(ArrayFailure) {
        var head = try ZipDirectory.beginning(of: member, in: file, count: Self.headSize)
        let size = try NPYHeader.size(head)
        if size > head.count {
          head = try ZipDirectory.beginning(of: member, in: file, count: size)
        }
        let header = try NPYHeader(head)
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
    self.members = members
    self.failures = failures
    excess = 0
  }

  /// The values of one array.
  ///
  /// - Parameter name: a member of an `.npz`; an `.npy` has only one array.
  static func array(named name: String?, in path: String) throws(ArrayFailure) -> StoredArray {
    let file = try open(path)
    let head = try file.read(at: 0, count: 6)
    guard ZipDirectory.isZip(head) else {
      guard file.size <= 1 << 30 else { throw ArrayFailure("it is larger than 1 GiB") }
      return try StoredArray(try file.read(at: 0, count: file.size))
    }
    let directory = try ZipDirectory(file)
    guard let member = directory.members.last(where: { arrayName(of: $0) == name }) else {
      throw ArrayFailure(
        "it holds no array named \"\(PrintableText.escaped(name ?? ""))\"")
    }
    do {
      return try StoredArray(try ZipDirectory.bytes(of: member, in: file))
    } catch {
      // An offset inside a compressed member tells nobody anything.
      throw ArrayFailure("\(PrintableText.escaped(member.name)): \(error.reason)")
    }
  }

  /// Why none of the arrays holds samples, as their shapes tell; nil when it is another reason.
  var refusal: String? {
    let shapes = members.map(\.header.shape)
    guard !shapes.isEmpty else { return failures.isEmpty ? "it holds no array" : nil }
    let text = shapes.map { NPYHeader.text(of: $0) }.joined(separator: ", ")
    if shapes.contains(where: { ArrayLayout.reading(of: $0) == .points }) {
      return "it holds points, of shape \(text), which are not shown yet"
    }
    return shapes.contains { $0.contains(0) }
      ? "it holds no samples, its shape is \(text)"
      : "no array in it has the shape of samples: \(text)"
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
  ) throws(ArrayFailure) -> NPYHeader {
    let size = try NPYHeader.size(head)
    return try NPYHeader(size > head.count ? try file.read(at: 0, count: size) : head)
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
