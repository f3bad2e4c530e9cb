import DebugInfo
import MachineModel

/// Where the arguments of a call go (System V psABI for AMD64, §3.2.3): registers, and what lies on the stack.
struct CallLayout {
  private static let integerRegisters: [GeneralRegister] = [.rdi, .rsi, .rdx, .rcx, .r8, .r9]
  private static let vectorRegisterCount = 8

  private(set) var integers: [(register: GeneralRegister, value: UInt64)] = []
  /// The bytes of `%xmm0` and so on.
  private(set) var vectors: [[UInt8]] = []
  /// From where the stack pointer will be before the call, upwards.
  private(set) var stack: [UInt8] = []
  /// Copies that arguments point to, and the room for the result, downwards from where the stack began.
  private(set) var copies: [(address: VirtualAddress, bytes: [UInt8])] = []
  /// Below the copies; what the arguments on the stack go below.
  private(set) var top: VirtualAddress
  /// Where a result that is returned in memory will be.
  private(set) var result: VirtualAddress?

  /// - Parameter top: the lowest address that is in use.
  init(below top: VirtualAddress) { self.top = top }

  /// Leaves room for a result that goes through a hidden pointer, the first argument.
  mutating func addResult(_ type: DataType) {
    guard PassedClass(type).isReturnedInMemory, let size = type.stripped.size else { return }
    let place = reserve(size)
    result = place
    addInteger(place.rawValue)
  }

  mutating func add(_ bytes: [UInt8], _ type: DataType) {
    switch PassedClass(type) {
    case .nothing: break
    case .reference: addPointer(toCopyOf: bytes)
    case .memory: addToStack(bytes, alignment: type.alignment)
    case .registers(let classes):
      if !addToRegisters(bytes, classes, isSigned: type.stripped.isSigned) {
        addToStack(bytes, alignment: type.alignment)
      }
    }
  }

  mutating func addPointer(toCopyOf bytes: [UInt8]) {
    let place = reserve(UInt64(bytes.count))
    copies.append((place, bytes))
    addInteger(place.rawValue)
  }

  private mutating func addToRegisters(_ bytes: [UInt8], _ classes: [PassedClass.Eightbyte], isSigned: Bool) -> Bool {
    let integersNeeded = classes.count { $0 == .integer }
    let vectorsNeeded = classes.count { $0 == .sse }
    guard !classes.contains(.x87), integers.count + integersNeeded <= Self.integerRegisters.count,
      vectors.count + vectorsNeeded <= Self.vectorRegisterCount
    else { return false }
    for (index, kind) in classes.enumerated() {
      let part = Array(bytes.dropFirst(index * 8).prefix(8))
      switch kind {
      case .integer:
        // Callees may count on a small number to fill 32 bits: clang's do.
        let bits = IntegerBits(littleEndian: part, isSigned: isSigned && classes.count == 1)
        addInteger(UInt64(truncatingIfNeeded: bits.signed))
      case .sse: vectors.append(part)
      case .sseUp: vectors[vectors.count - 1] += part
      case .none, .x87, .x87Up: break
      }
    }
    return true
  }

  private mutating func addInteger(_ value: UInt64) {
    guard integers.count < Self.integerRegisters.count else {
      return addToStack(IntegerBits(bits: UInt128(value), width: 64, isSigned: false).littleEndian, alignment: 8)
    }
    integers.append((Self.integerRegisters[integers.count], value))
  }

  private mutating func addToStack(_ bytes: [UInt8], alignment: UInt64) {
    func pad(to unit: Int) { while stack.count % unit != 0 { stack.append(0) } }
    pad(to: alignment >= 16 ? 16 : 8)
    stack += bytes
    pad(to: 8)
  }

  private mutating func reserve(_ size: UInt64) -> VirtualAddress {
    top = VirtualAddress((top.rawValue &- size) & ~15)
    return top
  }

  /// The stack pointer before the call: sixteen bytes aligned (psABI §3.2.2).
  var stackPointer: VirtualAddress { VirtualAddress((top.rawValue &- UInt64(stack.count)) & ~15) }
}
