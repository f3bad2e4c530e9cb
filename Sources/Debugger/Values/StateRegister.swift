import DebugInfo
import MachineModel

/// Registers without a DWARF number, which the thread's state has and no frame changes: `ymm0`, `mxcsr`, the x87 unit's
/// control registers, `orig_rax`.
enum StateRegister {
  case ymm(Int)
  /// Bytes of the FXSAVE image (Intel SDM volume 1, table 10-2).
  case control(offset: Int, size: Int, mask: UInt64)
  /// The x87 tag word, which the image has abridged to a bit a register.
  case tags
  case status
  case systemCall

  init?(name: String) {
    switch name {
    case "mxcsr": self = .status
    case "orig_rax": self = .systemCall
    case "fctrl": self = .control(offset: 0, size: 2, mask: 0xffff)
    case "fstat": self = .control(offset: 2, size: 2, mask: 0xffff)
    case "ftag": self = .tags
    case "fop": self = .control(offset: 6, size: 2, mask: 0x7ff)
    case "fioff": self = .control(offset: 8, size: 4, mask: 0xffff_ffff)
    case "fiseg": self = .control(offset: 12, size: 2, mask: 0xffff)
    case "fooff": self = .control(offset: 16, size: 4, mask: 0xffff_ffff)
    case "foseg": self = .control(offset: 20, size: 2, mask: 0xffff)
    default:
      guard name.hasPrefix("ymm"), let number = Int(name.dropFirst(3)), (0..<16).contains(number) else { return nil }
      self = .ymm(number)
    }
  }

  /// nil where the processor has no such register; optimised out where there is no process.
  func value(in source: any ValueSource) -> Value? {
    switch self {
    case .ymm(let number):
      guard let state = source.floatingPoint, let bytes = state.ymm(number) else { return nil }
      return Value(type: RegisterValue.vector(name: "builtin_type_vec256i", size: 32), bytes: bytes, source: source)
    case .control(let offset, let size, let mask):
      guard let state = source.floatingPoint else { return nil }
      let bits = IntegerBits(littleEndian: state.field(at: offset, size: size), isSigned: false).bits & UInt128(mask)
      return Value(type: .int, integer: IntegerBits(bits: bits, width: 32, isSigned: false), source: source)
    case .tags:
      guard let state = source.floatingPoint else { return nil }
      return Value(type: .int, integer: Int64(Self.tags(of: state)), source: source)
    case .status:
      guard let state = source.floatingPoint else { return nil }
      let type = DataType(.base(.unsigned), name: RegisterValue.statusName, byteSize: 4)
      return Value(type: type, bytes: state.field(at: 24, size: 4), source: source)
    case .systemCall:
      guard let number = source.systemCall else { return nil }
      return Value(type: .long, address: VirtualAddress(number), source: source)
    }
  }

  /// Two bits a register: 3 empty, 0 a number, 1 zero, 2 special (Intel SDM volume 1, §8.1.7).
  private static func tags(of state: FloatingPointState) -> UInt64 {
    let used = state.image[4]
    let top = Int(state.image[3] >> 3 & 7)
    return (0..<8).reduce(0) { word, physical in
      guard used >> UInt8(physical) & 1 == 1 else { return word | 3 << UInt64(2 * physical) }
      let bytes = Array(state.x87((physical - top) & 7))
      let exponent = UInt16(bytes[9] & 0x7f) << 8 | UInt16(bytes[8])
      let isZero = exponent == 0 && bytes[..<8].allSatisfy { $0 == 0 }
      let isNormal = exponent != 0x7fff && bytes[7] & 0x80 != 0
      return word | (isZero ? 1 : isNormal ? 0 : 2) << UInt64(2 * physical)
    }
  }
}
