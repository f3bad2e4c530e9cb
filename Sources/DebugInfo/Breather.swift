import Glibc

/// Says when a walk over all of the program has held its actor up for long enough: others get their turn then (`Task.yield`).
struct Breather {
  private var since = Self.now
  /// Of a turn, in nanoseconds.
  let longest: UInt64

  init(longest: UInt64) { self.longest = longest }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// To be asked after each step. True: the next turn begins.
  var isDue: Bool {
    mutating get {
      let now = Self.now
      guard now - since > longest else { return false }
      since = now
      return true
    }
  }
}

extension ProgramSymbols {
  /// Lets others have their turn where a walk has taken long; false where what is walked through is not there any more then.
  func breathe(
    _ breather: inout Breather, in image: LoadedImage, isolation: isolated (any Actor)? = #isolation
  ) async -> Bool {
    guard breather.isDue else { return true }
    await Task.yield()
    return loadedImage(image.number) === image
  }
}
