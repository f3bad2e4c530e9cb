import DebugInfo
package import MachineModel

/// `x/NFU`: memory in rows, as gdb lays them out.
package struct MemoryFormatter {
  package let settings: SessionSettings
  package let source: any ValueSource
  package init(settings: SessionSettings, source: any ValueSource) {
    self.settings = settings
    self.source = source
  }

  /// Units that are shown at most: a slip of the finger should not print for hours.
  private static let countLimit = 1 << 18

  /// Rows of `count` units (strings for `.string`) from `address` on, or before it where `count` is negative, and
  /// where the next `x` goes on. `format.unitSize` nil: 4 bytes; 8 of an address or floating-point number; 1 of a
  /// character. Instructions are the caller's.
  package func rows(from address: VirtualAddress, count: Int, format: ValueFormat)
    -> (dump: MemoryDump, next: VirtualAddress)
  {
    let wanted = Int(min(count.magnitude, UInt(Self.countLimit)))
    if format.letter == .string { return strings(from: address, count: count < 0 ? -wanted : wanted, format: format) }
    let size = unitSize(format)
    let start = count < 0 ? address - wanted * size : address
    let (values, failure) = units(from: start, count: wanted, size: size, format: format)
    let perRow = size >= 8 ? 2 : size == 4 ? 4 : 8
    let rows = stride(from: 0, to: values.count, by: perRow).map { first in
      let at = start + first * size
      return MemoryDump.Row(
        address: at, symbol: symbol(at), values: Array(values[first..<min(first + perRow, values.count)]))
    }
    let error = failure.map { Unavailability.memory($0).message }
    return (MemoryDump(rows: rows, error: error), count < 0 ? start : start + values.count * size)
  }

  func unitSize(_ format: ValueFormat) -> Int {
    switch format.letter {
    case .address: 8
    case .character: format.unitSize ?? 1
    case .float: format.unitSize ?? 8
    default: format.unitSize ?? 4
    }
  }

  private func units(from start: VirtualAddress, count: Int, size: Int, format: ValueFormat)
    -> (values: [String], failure: VirtualAddress?)
  {
    var bytes = [UInt8](repeating: 0, count: count * size)
    let got = bytes.withUnsafeMutableBytes { source.memory.read(start, into: $0) }
    let letter = format.letter == .natural || format.letter == .raw ? .hexadecimal : format.letter
    let renderer = ValueRenderer(settings: settings, language: .c, letter: letter, source: source)
    // Numbers of `x` are signed, so that `x/d` is; characters too, as C's `char` is.
    let isSigned = letter == .decimal || letter == .character
    let type = DataType(.base(isSigned ? .signed : .unsigned), byteSize: UInt64(size))
    let values = (0..<(max(0, got) / size)).map { index in
      let unit = IntegerBits(littleEndian: bytes[(index * size)..<((index + 1) * size)], isSigned: isSigned)
      return renderer.formatted(unit, size: size, type, isPadded: true)
    }
    return (values, values.count < count ? start + got : nil)
  }

  private func strings(from start: VirtualAddress, count: Int, format: ValueFormat)
    -> (dump: MemoryDump, next: VirtualAddress)
  {
    let width = [1, 2, 4].contains(format.unitSize) ? format.unitSize ?? 1 : 1
    let character = CharacterType.units(ofSize: width)
    let renderer = ValueRenderer(settings: settings, language: .c, letter: .string, source: source)
    var rows: [MemoryDump.Row] = []
    let first = count < 0 ? self.start(ofStringsBefore: start, count: -count, width: width) : start
    var address = first
    for _ in 0..<abs(count) where count >= 0 || address < start {
      let limit = min(renderer.elementLimit, 1 << 16)
      let found = source.memory.text(address, width: width, limit: limit)
      rows.append(.init(address: address, symbol: symbol(address), values: [renderer.string(at: address, character)]))
      address = address + found.bytes.count + (found.isTerminated ? width : 0)
      if found.failure != nil { break }
    }
    return (MemoryDump(rows: rows, error: nil), count < 0 ? first : address)
  }

  /// Where the strings begin that end right before an address; looks no further back than 64 KiB.
  private func start(ofStringsBefore end: VirtualAddress, count: Int, width: Int) -> VirtualAddress {
    let window = min(end.rawValue, 1 << 16)
    let base = VirtualAddress(end.rawValue - window)
    var bytes = [UInt8](repeating: 0, count: Int(window))
    // What is there right before the address is wanted, however much before that is not.
    var lowest = base
    while lowest < end {
      let size = Int(end.rawValue - lowest.rawValue)
      let got = bytes.withUnsafeMutableBytes {
        source.memory.read(lowest, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
      }
      if got == size { break }
      lowest = VirtualAddress((lowest.rawValue + UInt64(got)) / 4096 * 4096 + 4096)
    }
    guard lowest < end else { return end }
    let size = Int(end.rawValue - lowest.rawValue) / width * width
    func isZero(_ index: Int) -> Bool { (0..<width).allSatisfy { bytes[index + $0] == 0 } }
    var found = 0
    // The last unit is the end of the last string.
    var index = size - width
    while index >= width {
      if isZero(index - width) {
        found += 1
        if found == count { return lowest + index }
      }
      index -= width
    }
    return lowest
  }

  /// `table+8`.
  private func symbol(_ address: VirtualAddress) -> String? {
    guard settings.printSymbol, let (symbol, offset) = source.symbol(at: address) else { return nil }
    return offset == 0 ? symbol.name : "\(symbol.name)+\(offset)"
  }
}
