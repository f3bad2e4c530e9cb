extension RandomAccessCollection where Index == Int {
  /// The first index whose element `isPast` accepts, of which it must accept all further ones; `endIndex` where it
  /// accepts none.
  package func firstIndex(past isPast: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if isPast(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
