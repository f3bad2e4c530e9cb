import Glibc

/// A moment, in nanoseconds since 1970 (UTC).
package struct Timestamp: Sendable, Hashable, Comparable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  package init(seconds: Int64) { nanoseconds = seconds &* 1_000_000_000 }

  package static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }

  package static func < (one: Self, other: Self) -> Bool { one.nanoseconds < other.nanoseconds }

  package var seconds: Int64 {
    // Rounds down before 1970 too.
    nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : (nanoseconds - 999_999_999) / 1_000_000_000
  }

  /// `2026-12-01 10:29:06.123`, in the machine's time zone.
  package var local: String { "\(formatted("%Y-%m-%d %H:%M:%S")).\(fraction(digits: 3))" }

  /// `2026-12-01T10:29:06.123456Z` (RFC 3339), in UTC.
  package var universal: String {
    "\(formatted("%Y-%m-%dT%H:%M:%S", inUniversalTime: true)).\(fraction(digits: 6))Z"
  }

  /// By strftime(3).
  package func formatted(_ format: String, inUniversalTime: Bool = false) -> String {
    var time = time_t(seconds)
    var parts = tm()
    if inUniversalTime { gmtime_r(&time, &parts) } else { localtime_r(&time, &parts) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 64) { buffer, used in
      used = buffer.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { strftime($0, text.count, format, &parts) } ?? 0
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func fraction(digits: Int) -> String {
    let text = String(nanoseconds - seconds * 1_000_000_000)
    return String((String(repeating: "0", count: max(0, 9 - text.utf8.count)) + text).prefix(digits))
  }
}
