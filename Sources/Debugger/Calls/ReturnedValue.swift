import DebugInfo
import MachineModel
import Tracing

/// What a function that was called from here has answered.
struct ReturnedValue {
  let type: DataType
  let bytes: [UInt8]
  /// Where a result that is returned in memory is.
  let address: VirtualAddress?

  func value(_ source: any ValueSource) -> Value {
    guard let address else { return Value(type: type, bytes: bytes, source: source) }
    return Value(
      type: type, location: .memory(address), offset: 0, bitField: nil, source: source,
      loadedBytes: ValueBytes(bytes[...]))
  }
}

/// The registers as a function has left them, to read its result from.
struct ReturnedState: ValueSource {
  let memory: any MemoryReader
  let state: ThreadState

  func registerBytes(_ number: Int) -> [UInt8]? {
    switch VectorRegister(dwarfNumber: number) {
    case .xmm(let index)?: state.floatingPoint.ymm(index) ?? Array(state.floatingPoint.xmm(index))
    case .x87(let index)?: state.floatingPoint.x87(index) + [UInt8](repeating: 0, count: 6)
    case nil:
      GeneralRegister(dwarfNumber: number).map {
        IntegerBits(bits: UInt128(state.registers[$0]), width: 64, isSigned: false).littleEndian
      }
    }
  }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location { .optimizedOut }
  func implicitTarget(_ entry: EntryID) -> Location { .optimizedOut }
  func staticMember(_ name: String, of type: DataType) -> Value? { nil }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? { nil }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {
    throw ExpressionError("Left operand of assignment is not an lvalue.")
  }
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {
    throw ExpressionError("Left operand of assignment is not an lvalue.")
  }
}
