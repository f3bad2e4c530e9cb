/// How long the calls of a function took that have returned, in nanoseconds.
package struct CallTimes: Sendable, Equatable {
  package private(set) var count = 0
  package private(set) var total: UInt64 = 0
  /// 0 where there are none.
  package private(set) var least: UInt64 = 0
  package private(set) var most: UInt64 = 0
  /// How many took from 2ⁿ up to 2ⁿ⁺¹ nanoseconds; 0 counts as 1.
  package private(set) var histogram = [Int](repeating: 0, count: 64)

  package init() {}

  package var mean: UInt64 { count == 0 ? 0 : total / UInt64(count) }

  package mutating func add(_ duration: UInt64) {
    least = count == 0 ? duration : min(least, duration)
    most = max(most, duration)
    count += 1
    total += duration
    histogram[63 - max(duration, 1).leadingZeroBitCount] += 1
  }

  package mutating func add(_ other: CallTimes) {
    guard other.count > 0 else { return }
    least = count == 0 ? other.least : min(least, other.least)
    most = max(most, other.most)
    count += other.count
    total += other.total
    for index in histogram.indices { histogram[index] += other.histogram[index] }
  }
}
