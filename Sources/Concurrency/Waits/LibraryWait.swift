package import Debugger

/// What a thread asks the library for, by the names of the library's functions on its stack.
package enum LibraryWait: Sendable, Equatable {
  case mutex, readLock, writeLock, condition, semaphore, barrier, once, rustMutex, rustReadLock, rustWriteLock

  /// How far in the user's call the waiting may be.
  private static let deepestCall = 16

  /// By the innermost function that is known; without the C library's debug information its exported ones alone are.
  /// - Parameter meanings: of the names that were met so far: threads have most in common.
  package init?(_ stack: ThreadStack, meanings: inout [String: LibraryWait?]) {
    for function in stack.libraryFrames.prefix(Self.deepestCall).compactMap(\.function) {
      let meaning = meanings[function] ?? Self.meaning(function)
      meanings[function] = .some(meaning)
      guard let meaning else { continue }
      self = meaning
      return
    }
    return nil
  }

  /// The C library has several names for each (`___pthread_mutex_lock`, `__pthread_mutex_lock_full`).
  package static func meaning(_ function: String) -> LibraryWait? {
    for (part, meaning) in parts where function.contains(part) { return meaning }
    guard function.contains("pthread_rwlock_") else { return nil }
    return function.contains("rdlock") ? .readLock : function.contains("wrlock") ? .writeLock : nil
  }

  private static let parts: [(String, LibraryWait)] = [
    ("mutex::futex::Mutex::lock", .rustMutex), ("rwlock::futex::RwLock::read", .rustReadLock),
    ("rwlock::futex::RwLock::write", .rustWriteLock), ("pthread_mutex_", .mutex), ("pthread_cond_", .condition),
    ("pthread_barrier_wait", .barrier), ("pthread_once", .once), ("sem_wait", .semaphore),
    ("sem_timedwait", .semaphore), ("sem_clockwait", .semaphore),
  ]
}
