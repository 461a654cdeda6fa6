import Glibc

/// A thread of its own, since a thread of a pool would keep its niceness for whoever comes next.
enum WorkerThread {
  /// Runs a body to its end beside the caller.
  ///
  /// - Parameter niceness: 0 as the program; up to 19 gives way to everything else.
  static func start(niceness: Int32, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(niceness: niceness, body: body))
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let code = pthread_create(&thread, &attributes, threadMain, box.toOpaque())
    pthread_attr_destroy(&attributes)
    // Without a thread the work is done late rather than never.
    if code != 0 { box.takeRetainedValue().body() }
  }

  static func sleep(milliseconds: UInt32) { usleep(milliseconds * 1000) }

  fileprivate final class Box: Sendable {
    let niceness: Int32
    let body: @Sendable () -> Void

    init(niceness: Int32, body: @escaping @Sendable () -> Void) {
      self.niceness = niceness
      self.body = body
    }
  }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let box = Unmanaged<WorkerThread.Box>.fromOpaque(argument).takeRetainedValue()
  // On Linux a thread has a niceness of its own.
  if box.niceness > 0 { _ = nice(box.niceness) }
  box.body()
  return nil
}
