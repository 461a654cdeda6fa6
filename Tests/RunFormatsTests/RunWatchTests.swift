import Foundation
import Synchronization
import Testing

@testable import RunFormats

/// Files that are written while somebody looks.
@Suite struct RunWatchTests {
  /// What a watch tells of, until it has told of all that is wanted.
  private func told(
    _ path: String, polls: Bool, until wanted: Set<String>, _ write: () throws -> Void
  ) throws -> Set<String> {
    let watch = RunWatch(path, polls: polls)
    let seen = Mutex<Set<String>>([])
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      watch.forEachChange { change in
        let isAll = seen.withLock { seen in
          seen.formUnion(change.paths ?? ["everything"])
          return seen.isSuperset(of: wanted)
        }
        if isAll { done.signal() }
      }
      done.signal()
    }
    thread.start()
    // The first look of a watch must lie before what is written.
    Thread.sleep(forTimeInterval: 0.3)
    try write()
    _ = done.wait(timeout: .now() + 20)
    watch.stop()
    return seen.withLock { $0 }
  }

  @Test(arguments: [false, true])
  func newFilesGrownFilesAndNewFolders(_ polls: Bool) throws {
    let scratch = try Scratch()
    try scratch.write("metrics.csv", "epoch,quality\n1,0.5\n")
    try scratch.write("review/ann.jsonl", "")
    let wanted: Set = ["metrics.csv", "images/0002/1.png", "samples_3.png"]
    let found = try told(scratch.path, polls: polls, until: wanted) {
      try scratch.write("images/0002/1.png", "x")
      try scratch.write("samples_3.png", "y")
      // What is ours is no news of the run.
      try scratch.write("review/ann.jsonl", "{}\n")
      let handle = try FileHandle(
        forWritingTo: URL(fileURLWithPath: "\(scratch.path)/metrics.csv"))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("2,0.6\n".utf8))
      try handle.close()
    }
    #expect(found.isSuperset(of: wanted))
    #expect(!found.contains { $0.hasPrefix("review") } && !found.contains("everything"))
  }

  @Test(arguments: [false, true])
  func ofOneFileOnlyThatFile(_ polls: Bool) throws {
    let scratch = try Scratch()
    try scratch.write("events.out.tfevents.1", "a")
    let path = "\(scratch.path)/events.out.tfevents.1"
    let found = try told(path, polls: polls, until: ["events.out.tfevents.1"]) {
      try scratch.write("other.txt", "b")
      try scratch.write("events.out.tfevents.1", "a longer one")
    }
    #expect(found == ["events.out.tfevents.1"])
  }

  /// A run is read at the beginning: what is written while it is read is told afterwards.
  @Test(arguments: [false, true])
  func nothingIsMissedAtTheBeginning(_ polls: Bool) throws {
    let scratch = try Scratch()
    let watch = RunWatch(scratch.path, polls: polls)
    let done = DispatchSemaphore(value: 0)
    let file = URL(fileURLWithPath: "\(scratch.path)/samples_1.png")
    Thread {
      watch.forEachChange(begun: { try? Data("x".utf8).write(to: file) }) { _ in
        done.signal()
      }
    }.start()
    #expect(done.wait(timeout: .now() + 20) == .success)
    watch.stop()
  }

  @Test func stoppingEndsTheWait() throws {
    let scratch = try Scratch()
    for polls in [false, true] {
      let watch = RunWatch(scratch.path, polls: polls)
      let done = DispatchSemaphore(value: 0)
      Thread {
        watch.forEachChange { _ in }
        done.signal()
      }.start()
      watch.stop()
      #expect(done.wait(timeout: .now() + 10) == .success)
    }
  }

  @Test func theKindOfTheInnermostMount() {
    let mounts = """
      21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      40 21 0:35 / /data rw shared:9 - nfs4 server:/data rw
      41 40 0:36 / /data/fast\\040disk rw - xfs /dev/sdb rw
      42 21 0:37 / /home rw master:3 propagate_from:2 - fuse.sshfs box: rw
      """
    #expect(FileSystemKind.name(of: "/data/runs/gan", among: mounts) == "nfs4")
    #expect(FileSystemKind.name(of: "/data/fast disk/gan", among: mounts) == "xfs")
    #expect(FileSystemKind.name(of: "/database", among: mounts) == "ext4")
    #expect(FileSystemKind.name(of: "/home/ann", among: mounts) == "fuse.sshfs")
    #expect(FileSystemKind.name(of: "/", among: "") == nil)
  }
}
