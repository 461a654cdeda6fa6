import Glibc

/// Files and folders of a run, read whole and bounded.
package enum FileBytes {
  /// Why a file could not be read.
  package struct Failure: Error, Equatable {
    package let reason: String
    package let isMissing: Bool
  }

  // Pictures and tables of a run are far smaller; what is larger is not one of them.
  private static let largest = 1 << 30

  /// The bytes of a regular file.
  package static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(reason: "it is not a regular file", isMissing: false)
    }
    guard status.st_size <= largest else {
      throw Failure(reason: "it is larger than 1 GiB", isMissing: false)
    }
    let size = Int(status.st_size)
    var failed: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failed = errno }
        if got <= 0 { break }
        count += got
      }
    }
    if failed != 0 { throw failure(failed) }
    return bytes
  }

  /// What stands at a path; nil when nothing does.
  package static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .other
    }
  }

  package enum Kind { case folder, file, other }

  /// What a folder holds.
  package struct Names {
    /// Sorted, as are the folders.
    package fileprivate(set) var files: [String] = []
    package fileprivate(set) var folders: [String] = []
    /// Which of both are links.
    package fileprivate(set) var links: Set<String> = []
    /// Links to nowhere, pipes, devices.
    package fileprivate(set) var others: [String] = []
    /// Names that are not UTF-8, made printable.
    package fileprivate(set) var odd: [String] = []
  }

  /// The names in a folder; a link stands for what it leads to, one to nowhere is left out.
  package static func names(in folder: String) throws(Failure) -> Names {
    guard let stream = opendir(folder) else { throw failure(errno) }
    defer { closedir(stream) }
    var names = Names()
    while let entry = readdir(stream) {
      let length = Int(
        strlen(
          UnsafeRawPointer(entry).advanced(by: nameOffset)
            .assumingMemoryBound(to: CChar.self)))
      let bytes = UnsafeRawBufferPointer(
        start: UnsafeRawPointer(entry).advanced(by: nameOffset), count: length)
      guard let name = String(validating: bytes, as: UTF8.self) else {
        names.odd.append(String(decoding: bytes, as: UTF8.self))
        continue
      }
      if name == "." || name == ".." { continue }
      switch Int32(entry.pointee.d_type) {
      case Int32(DT_REG): names.files.append(name)
      case Int32(DT_DIR): names.folders.append(name)
      default:
        if isLink("\(folder)/\(name)") { names.links.insert(name) }
        switch kind("\(folder)/\(name)") {
        case .folder: names.folders.append(name)
        case .file: names.files.append(name)
        default: names.others.append(name)
        }
      }
    }
    names.files.sort()
    names.folders.sort()
    names.others.sort()
    names.odd.sort()
    return names
  }

  /// Whether a folder has a regular file whose name fits; looks no further than to the first.
  static func hasFile(in folder: String, where fits: (String) -> Bool) -> Bool {
    guard let stream = opendir(folder) else { return false }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      guard Int32(entry.pointee.d_type) == Int32(DT_REG),
        let name = String(
          validatingCString: UnsafeRawPointer(entry).advanced(by: nameOffset)
            .assumingMemoryBound(to: CChar.self)), fits(name)
      else { continue }
      return true
    }
    return false
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19

  static func failure(_ code: Int32) -> Failure {
    Failure(reason: String(cString: strerror(code)), isMissing: code == ENOENT)
  }
}

extension FileBytes {
  /// The path without links and dots; nil when nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The folder a path lies in.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
