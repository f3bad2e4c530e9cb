extension UnsafeMutableBufferPointer where Element: BitwiseCopyable {
  /// Sorts by a key of `bits` bits, and leaves equal ones in their order. Linear: a pass over all for each eleven bits in which
  /// keys differ.
  package func sortByRadix(bits: Int = 64, _ key: (Element) -> UInt64) {
    guard count > 1 else { return }
    let other = UnsafeMutableBufferPointer.allocate(capacity: count)
    defer { other.deallocate() }
    var (from, to) = (self, other)
    let width = 11
    for shift in stride(from: 0, to: bits, by: width) {
      let mask = UInt64(1) << UInt64(Swift.min(width, bits - shift)) - 1
      var starts = [Int](repeating: 0, count: 1 << width)
      for element in from { starts[Int(key(element) >> UInt64(shift) & mask)] += 1 }
      if starts.contains(count) { continue }
      var sum = 0
      for digit in starts.indices { (starts[digit], sum) = (sum, sum + starts[digit]) }
      starts.withUnsafeMutableBufferPointer { starts in
        for element in from {
          let digit = Int(key(element) >> UInt64(shift) & mask)
          to[starts[digit]] = element
          starts[digit] += 1
        }
      }
      swap(&from, &to)
    }
    if from.baseAddress != baseAddress { _ = update(from: from) }
  }
}
