import Dispatch
import Glibc

/// Threads for work that takes long: neither the cooperative pool's nor the dispatch queues', which Swift's tasks need.
enum WorkerThread {
  /// How many can run at the same time.
  static let processors = Int(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Carries `body` out on a thread of its own; right here where there is none to be had.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let job = Job(body: body)
    var thread = pthread_t()
    let context = Unmanaged.passRetained(job).toOpaque()
    let failure = pthread_create(&thread, nil, runJob, context)
    if failure == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body()
    }
  }

  /// Carries `body` out `count` times at once, one of them on the caller's thread, and waits until all are done.
  static func spread(over count: Int, _ body: @escaping @Sendable () -> Void) {
    let group = DispatchGroup()
    for _ in 1..<max(1, count) {
      group.enter()
      start {
        body()
        group.leave()
      }
    }
    body()
    group.wait()
  }
}

private final class Job: Sendable {
  let body: @Sendable () -> Void
  init(body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runJob(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
  return nil
}
