import DebugInfo
import Debugger
import MachineModel

/// Memory of a process that never was: the same bytes at an address each time. The program's own segments and the
/// stack hold addresses of its code, so that unwinding finds something to go on with.
struct FakeMemory: MemoryReader {
  static let stack: UInt64 = 0x7fff_ffff_0000
  static let stackSize: UInt64 = 1 << 16
  let seed: UInt64
  let code: [UInt64]

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    // A quarter of all pages is not there.
    guard mixed(address.rawValue >> 12) & 3 != 0 else { return 0 }
    let count = min(buffer.count, Int(4096 - address.rawValue & 4095))
    for index in 0..<count {
      let at = address.rawValue &+ UInt64(index)
      buffer[index] = UInt8(truncatingIfNeeded: word(at & ~7) >> (8 * (at & 7)))
    }
    return count
  }

  private func word(_ address: UInt64) -> UInt64 {
    let random = mixed(address)
    switch random & 7 {
    case 0, 1: return random >> 3 & 0xff
    case 2, 3: return Self.stack &+ (random >> 8) % Self.stackSize & ~7
    case 4, 5: return code.isEmpty ? 0 : code[Int(random >> 8 % UInt64(code.count))] &+ (random >> 40 & 15)
    case 6: return 0
    default: return random
    }
  }

  private func mixed(_ value: UInt64) -> UInt64 {
    var random = FuzzRandom(seed: seed ^ value)
    return random.next()
  }
}

/// A frame of that process.
struct FakeFrame: FrameContext {
  let symbols: ProgramSymbols
  let memory: any MemoryReader
  let registers: FrameRegisters
  let depth: Int

  var lookupAddress: VirtualAddress { registers.lookupAddress }
  var function: EntryID? { symbols.scopes(at: lookupAddress).last?.entry }
  var caller: (any FrameContext)? {
    guard depth < 4, let outer = try? symbols.caller(of: registers, memory: memory).get() else { return nil }
    return FakeFrame(symbols: symbols, memory: memory, registers: outer, depth: depth + 1)
  }
  func threadLocal(image: Int, offset: UInt64) -> VirtualAddress? { VirtualAddress(FakeMemory.stack &+ offset) }
  func vectorRegister(_ number: Int) -> [UInt8]? { [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 16) }
}

extension FakeFrame: ValueSource {
  func registerBytes(_ number: Int) -> [UInt8]? {
    registers[dwarf: number].map { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
      ?? vectorRegister(number)
  }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location {
    symbols.evaluate(expression, initial: initial, in: self)
  }
  func implicitTarget(_ entry: EntryID) -> Location {
    symbols.variable(entry).map { symbols.locate($0, in: self) } ?? .optimizedOut
  }
  func staticMember(_ name: String, of type: DataType) -> Value? { nil }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? {
    symbols.symbol(at: address).map { ($0, address - $0.address) }
  }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {}
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {}
}
