import MachineModel

extension MemoryReader {
  /// The code units before the first zero unit, at most `limit` of them, with where memory ended if it did.
  func text(_ address: VirtualAddress, width: Int, limit: Int) -> (
    bytes: [UInt8], isTerminated: Bool, failure: VirtualAddress?
  ) {
    if width == 1 {
      let (bytes, terminated) = string(address, limit: limit)
      let failure = !terminated && bytes.count < limit ? address + bytes.count : nil
      return (bytes, terminated, failure)
    }
    var bytes: [UInt8] = []
    while bytes.count < limit * width {
      let at = address + bytes.count
      var part = [UInt8](repeating: 0, count: min(256, limit * width - bytes.count))
      let got = part.withUnsafeMutableBytes { read(at, into: $0) } / width * width
      for start in stride(from: 0, to: got, by: width) {
        let unit = part[start..<(start + width)]
        if unit.allSatisfy({ $0 == 0 }) { return (bytes, true, nil) }
        bytes += unit
      }
      guard got == part.count else { return (bytes, false, address + bytes.count) }
    }
    return (bytes, false, nil)
  }
}
