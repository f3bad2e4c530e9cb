package import DebugInfo
package import MachineModel

/// Where a function has left its result (System V psABI for AMD64, §3.2.3).
package enum ReturnLocation {
  private static let rax = 0, rdx = 1, xmm0 = 17, st0 = 33

  /// nil for `void`, and for a type whose size is not known.
  package static func location(of type: DataType, registers: RegisterFile) -> Location? {
    guard let size = type.stripped.size else { return nil }
    switch PassedClass(type) {
    case .nothing:
      return type.stripped.kind == .void || size == 0 ? nil : .value(.init(repeating: 0, count: Int(min(size, 16))))
    case .memory, .reference: return .memory(VirtualAddress(registers[.rax]))
    case .registers(let classes): return location(classes, size: size)
    }
  }

  private static func location(_ classes: [PassedClass.Eightbyte], size: UInt64) -> Location {
    if classes.first == .x87 {
      guard size > 16 else { return .register(st0) }
      // COMPLEX_X87: the real part in st(0), the imaginary one in st(1).
      return .pieces((0..<2).map { LocationPiece(location: .register(st0 + $0), bitSize: 128, bitOffset: 0) })
    }
    if classes.first == .sse, classes.count > 1, classes.dropFirst().allSatisfy({ $0 == .sseUp }) {
      return .register(xmm0)
    }
    var integers = [rax, rdx][...]
    var vectors = [xmm0, xmm0 + 1][...]
    let parts = classes.enumerated().map { index, kind in
      let number = kind == .sse ? vectors.popFirst() ?? xmm0 : integers.popFirst() ?? rax
      let bits = min(64, size * 8 - UInt64(index) * 64)
      return LocationPiece(location: .register(number), bitSize: bits, bitOffset: 0)
    }
    return parts.count == 1 ? parts[0].location : .pieces(parts)
  }
}
