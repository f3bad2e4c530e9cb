import Debugger

/// Objects on the stack that hold a lock for as long as they live, by the names of their types: where the lock itself
/// does not say who has it.
enum LockGuard {
  /// What such an object holds; nil for other types.
  static func mode(ofType name: String) -> Lock.Mode? {
    if name.hasPrefix("std::shared_lock<") { return .shared }
    guard name.hasPrefix("std::sync::") else { return nil }
    if name.contains("::RwLockReadGuard<") { return .shared }
    return name.contains("::MutexGuard<") || name.contains("::RwLockWriteGuard<") ? .exclusive : nil
  }

  /// False where it says itself that it does not hold the lock any more, or not yet.
  static func isEngaged(_ object: ReferringObject) -> Bool {
    // libstdc++'s and libc++'s.
    (object.flags["_M_owns"] ?? object.flags["__owns_"]) != false
  }
}
