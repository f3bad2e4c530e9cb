import Debugger

/// The types that are locks to a reader, outside of which their parts are not named.
enum LockType {
  private static let names: Set<String> = [
    "pthread_mutex_t", "pthread_rwlock_t", "pthread_cond_t", "pthread_barrier_t", "sem_t", "pthread_once_t",
    "std::mutex", "std::recursive_mutex", "std::timed_mutex", "std::recursive_timed_mutex", "std::shared_mutex",
    "std::shared_timed_mutex", "std::condition_variable", "std::condition_variable_any",
  ]
  private static let rustPrefixes = ["Mutex<", "RwLock<", "Condvar", "Once", "Barrier"]

  static func isLock(_ name: String) -> Bool {
    if names.contains(name) { return true }
    guard name.hasPrefix("std::sync::") else { return false }
    let head = name.prefix { $0 != "<" }
    let last = head.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
    return rustPrefixes.contains { last.hasPrefix($0) }
  }

  /// The outermost lock on the way.
  static func step(of object: FoundObject) -> FoundObject.Step? { object.steps.first { isLock($0.type) } }
}
