import CDw

extension ExpressionOperation {
  /// The bytes of an expression that libdw hands out decoded (those of location lists and of CFI), at the offsets
  /// they came from, so that branches still fit. Offsets of sections take `offsetSize` bytes, 8 in 64-bit DWARF. nil where an operation is not known.
  static func encoded(_ operations: UnsafeBufferPointer<Dwarf_Op>, offsetSize: Int = 4) -> [UInt8]? {
    var bytes: [UInt8] = []
    // In CFI, libdw puts DW_OP_call_frame_cfa before what the section has.
    let shift: UInt64 = operations.count > 1 && operations[1].offset == 0 ? 1 : 0
    for operation in operations {
      guard let formats = operands(of: Int(operation.atom)) else { return nil }
      while bytes.count < operation.offset &+ shift, bytes.count < 1 << 16, !bytes.isEmpty {
        bytes.append(UInt8(DW_OP_nop))
      }
      bytes.append(operation.atom)
      var operands = [operation.number, operation.number2][...]
      for format in formats {
        let operand = operands.popFirst() ?? 0
        switch format {
        case .unsigned(let size), .signed(let size): bytes += littleEndian(operand, size: size)
        case .sectionOffset: bytes += littleEndian(operand, size: offsetSize)
        case .unsignedLEB: bytes += unsignedLEB(operand)
        case .signedLEB: bytes += signedLEB(Int64(bitPattern: operand))
        case .block:
          // The count, then a pointer to where the section has it.
          bytes += unsignedLEB(operand)
          bytes += raw(afterCountAt: operands.popFirst() ?? 0, count: operand)
        case .shortBlock:
          // A pointer to the count's byte.
          let count = raw(at: operand, count: 1)
          bytes += raw(at: operand, count: UInt64(count.first ?? 0) + 1)
        }
      }
    }
    return bytes
  }

  private static func raw(afterCountAt address: UInt64, count: UInt64) -> [UInt8] {
    var address = address
    while let byte = raw(at: address, count: 1).first, byte & 0x80 != 0 { address += 1 }
    return raw(at: address + 1, count: count)
  }

  private static func raw(at address: UInt64, count: UInt64) -> [UInt8] {
    guard let pointer = UnsafePointer<UInt8>(bitPattern: UInt(address)) else { return [] }
    return Array(UnsafeBufferPointer(start: pointer, count: Int(min(count, 1 << 16))))
  }
}

private func littleEndian(_ value: UInt64, size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}

/// DWARF 5 §7.6.
func unsignedLEB(_ value: UInt64) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = value
  repeat {
    let low = UInt8(rest & 0x7f)
    rest >>= 7
    bytes.append(rest == 0 ? low : low | 0x80)
  } while rest != 0
  return bytes
}

func signedLEB(_ value: Int64) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = value
  while true {
    let low = UInt8(truncatingIfNeeded: rest & 0x7f)
    rest >>= 7
    if rest == (low & 0x40 == 0 ? 0 : -1) { return bytes + [low] }
    bytes.append(low | 0x80)
  }
}
