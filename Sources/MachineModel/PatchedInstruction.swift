/// A simple instruction that is carried out in a thread's place, in its registers and memory, instead of being stepped over: under a
/// trap, or in a motion of many steps. Those that compilers use most. Decoding and meaning: Intel SDM volume 2.
package struct PatchedInstruction: Sendable, Equatable {
  enum Operand: Sendable, Equatable {
    case register(GeneralRegister)
    case memory(base: GeneralRegister?, index: GeneralRegister?, scale: UInt64, displacement: UInt64)
  }

  enum Arithmetic: UInt8, Sendable {
    case add, or, addCarry, subtractBorrow, and, subtract, exclusiveOr, compare
  }

  enum Shift: UInt8, Sendable {
    case left = 4
    case right = 5
    case arithmeticRight = 7
  }

  enum Meaning: Sendable, Equatable {
    case nothing
    case push(GeneralRegister)
    case pop(GeneralRegister)
    /// To the first from the second.
    case move(Operand, Operand)
    case moveConstant(Operand, UInt64)
    case extend(GeneralRegister, Operand, size: Int, isSigned: Bool)
    case address(GeneralRegister, Operand)
    case arithmetic(Arithmetic, Operand, Operand)
    case arithmeticConstant(Arithmetic, Operand, UInt64)
    case test(Operand, Operand)
    case testConstant(Operand, UInt64)
    case multiply(GeneralRegister, Operand, UInt64?)
    /// By a constant, or by what cl says.
    case shift(Shift, Operand, count: UInt8?)
    case negate(Operand)
    case invert(Operand)
    /// By one; the carry flag stays.
    case count(Operand, isUp: Bool)
    case set(Operand, condition: UInt8)
    case moveIf(GeneralRegister, Operand, condition: UInt8)
    /// rax's sign through rdx.
    case spreadSign
    case pushConstant(UInt64)
    case pushFrom(Operand)
    case call(UInt64)
    case callAt(Operand)
    case jump(UInt64)
    case jumpAt(Operand)
    case jumpIf(condition: UInt8, UInt64)
    case `return`
    case leave
  }

  private let meaning: Meaning

  /// Those that the processor may leave in any state after it.
  package var undefinedFlags: UInt64 {
    switch meaning {
    case .multiply: Flag.all & ~(Flag.carry | Flag.overflow)
    case .shift(_, _, count: 1): Flag.adjust
    case .shift: Flag.adjust | Flag.overflow
    default: 0
    }
  }
  /// Of its operands, in bytes.
  private let size: Int
  /// Where the next instruction is.
  private let end: UInt64

  /// nil where the bytes at `address` are another instruction, or too few.
  package init?(_ bytes: UnsafeRawBufferPointer, at address: VirtualAddress) {
    var decoder = Decoder(bytes, address.rawValue)
    guard let (meaning, size) = decoder.decode() else { return nil }
    self.meaning = meaning
    self.size = size
    end = address.rawValue &+ UInt64(decoder.position)
  }

  /// Carries it out; false, and nothing has happened, where memory can't be reached.
  /// - Parameter write: false where it wrote nothing.
  package func execute(
    _ registers: inout RegisterFile, _ memory: some MemoryReader, write: (VirtualAddress, UInt64, _ size: Int) -> Bool
  ) -> Bool {
    var result = registers
    result[.rip] = end
    func load(_ address: UInt64, _ size: Int) -> UInt64? {
      var word: UInt64 = 0
      let got = withUnsafeMutableBytes(of: &word) {
        memory.read(VirtualAddress(address), into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
      }
      return got == size ? word : nil
    }
    func address(_ operand: Operand) -> UInt64 {
      guard case .memory(let base, let index, let scale, let displacement) = operand else { return 0 }
      // Relative to the next instruction, where the program counter is the base.
      let start = base.map { $0 == .rip ? end : registers[$0] } ?? 0
      return start &+ (index.map { registers[$0] } ?? 0) &* scale &+ displacement
    }
    func read(_ operand: Operand, _ size: Int) -> UInt64? {
      if case .register(let register) = operand { return Self.low(registers[register], size) }
      return load(address(operand), size)
    }
    func store(_ value: UInt64, to operand: Operand) -> Bool {
      guard case .register(let register) = operand else { return write(VirtualAddress(address(operand)), value, size) }
      // 32 bits clear those above them (Intel SDM volume 1, §3.4.1.1); fewer leave them.
      result[register] =
        size >= 4 ? Self.low(value, size) : registers[register] & ~Self.mask(size) | Self.low(value, size)
      return true
    }
    func push(_ value: UInt64) -> Bool {
      result[.rsp] = registers[.rsp] &- 8
      return write(VirtualAddress(result[.rsp]), value, 8)
    }
    func compute(_ operation: Arithmetic, _ target: Operand, _ left: UInt64?, _ right: UInt64?) -> Bool {
      guard let left, let right else { return false }
      let value = Self.apply(operation, left, right, size, &result)
      return operation == .compare || store(value, to: target)
    }
    let isDone: Bool
    switch meaning {
    case .nothing: isDone = true
    case .push(let register): isDone = push(registers[register])
    case .pop(let register):
      guard let word = load(registers[.rsp], 8) else { return false }
      result[.rsp] = registers[.rsp] &+ 8
      result[register] = word
      isDone = true
    case .move(let target, let source):
      guard let value = read(source, size) else { return false }
      isDone = store(value, to: target)
    case .moveConstant(let target, let value): isDone = store(value, to: target)
    case .extend(let register, let source, let from, let isSigned):
      guard let value = read(source, from) else { return false }
      let unused = UInt64(64 - from * 8)
      let wide = isSigned ? UInt64(bitPattern: Int64(bitPattern: value << unused) >> Int64(unused)) : value
      isDone = store(wide, to: .register(register))
    case .address(let register, let operand): isDone = store(address(operand), to: .register(register))
    case .arithmetic(let operation, let target, let source):
      isDone = compute(operation, target, read(target, size), read(source, size))
    case .arithmeticConstant(let operation, let target, let value):
      isDone = compute(operation, target, read(target, size), Self.low(value, size))
    case .test(let left, let right):
      guard let left = read(left, size), let right = read(right, size) else { return false }
      _ = Self.apply(.and, left, right, size, &result)
      isDone = true
    case .testConstant(let operand, let value):
      guard let left = read(operand, size) else { return false }
      _ = Self.apply(.and, left, Self.low(value, size), size, &result)
      isDone = true
    case .multiply(let register, let operand, let constant):
      guard let factor = read(operand, size) else { return false }
      let product = Self.product(constant ?? registers[register], factor, size, &result)
      isDone = store(product, to: .register(register))
    case .shift(let shift, let operand, let constant):
      guard let value = read(operand, size) else { return false }
      let count = (constant ?? UInt8(truncatingIfNeeded: registers[.rcx])) & (size == 8 ? 63 : 31)
      isDone = store(Self.shifted(shift, value, count, size, &result), to: operand)
    case .negate(let operand): isDone = compute(.subtract, operand, 0, read(operand, size))
    case .invert(let operand):
      guard let value = read(operand, size) else { return false }
      isDone = store(~value, to: operand)
    case .count(let operand, let isUp):
      isDone = compute(isUp ? .add : .subtract, operand, read(operand, size), 1)
      result[.eflags] = result[.eflags] & ~Flag.carry | registers[.eflags] & Flag.carry
    case .set(let operand, let condition):
      isDone = store(Self.holds(condition, registers[.eflags]) ? 1 : 0, to: operand)
    case .moveIf(let register, let operand, let condition):
      guard let value = read(operand, size) else { return false }
      let isMoved = Self.holds(condition, registers[.eflags])
      isDone = store(isMoved ? value : registers[register], to: .register(register))
    case .spreadSign:
      let isNegative = registers[.rax] >> UInt64(size * 8 - 1) & 1 == 1
      isDone = store(isNegative ? .max : 0, to: .register(.rdx))
    case .pushConstant(let value): isDone = push(value)
    case .pushFrom(let operand):
      guard let value = read(operand, 8) else { return false }
      isDone = push(value)
    case .call(let target):
      result[.rip] = target
      isDone = push(end)
    case .callAt(let operand):
      guard let target = read(operand, 8) else { return false }
      result[.rip] = target
      isDone = push(end)
    case .jump(let target):
      result[.rip] = target
      isDone = true
    case .jumpAt(let operand):
      guard let target = read(operand, 8) else { return false }
      result[.rip] = target
      isDone = true
    case .jumpIf(let condition, let target):
      if Self.holds(condition, registers[.eflags]) { result[.rip] = target }
      isDone = true
    case .return:
      guard let target = load(registers[.rsp], 8) else { return false }
      result[.rip] = target
      result[.rsp] = registers[.rsp] &+ 8
      isDone = true
    case .leave:
      guard let word = load(registers[.rbp], 8) else { return false }
      result[.rsp] = registers[.rbp] &+ 8
      result[.rbp] = word
      isDone = true
    }
    if isDone { registers = result }
    return isDone
  }

  private static func mask(_ size: Int) -> UInt64 { size >= 8 ? .max : (1 << UInt64(size * 8)) - 1 }
  private static func low(_ value: UInt64, _ size: Int) -> UInt64 { value & mask(size) }

  /// The flags that arithmetic sets (Intel SDM volume 1, §3.4.3.1).
  private enum Flag {
    static let carry: UInt64 = 1 << 0
    static let parity: UInt64 = 1 << 2
    static let adjust: UInt64 = 1 << 4
    static let zero: UInt64 = 1 << 6
    static let sign: UInt64 = 1 << 7
    static let overflow: UInt64 = 1 << 11
    static let all = carry | parity | adjust | zero | sign | overflow
  }

  private static func apply(
    _ operation: Arithmetic, _ left: UInt64, _ right: UInt64, _ size: Int, _ registers: inout RegisterFile
  ) -> UInt64 {
    let top: UInt64 = 1 << UInt64(size * 8 - 1)
    var flags: UInt64 = 0
    let value: UInt64
    switch operation {
    case .add:
      value = low(left &+ right, size)
      if value < left { flags |= Flag.carry }
      if (left ^ value) & (right ^ value) & top != 0 { flags |= Flag.overflow }
      if (left ^ right ^ value) & 0x10 != 0 { flags |= Flag.adjust }
    case .subtract, .compare:
      value = low(left &- right, size)
      if left < right { flags |= Flag.carry }
      if (left ^ right) & (left ^ value) & top != 0 { flags |= Flag.overflow }
      if (left ^ right ^ value) & 0x10 != 0 { flags |= Flag.adjust }
    case .or: value = left | right
    case .and: value = left & right
    default: value = left ^ right
    }
    registers[.eflags] = registers[.eflags] & ~Flag.all | flags | resultFlags(value, size)
    return value
  }

  private static func resultFlags(_ value: UInt64, _ size: Int) -> UInt64 {
    var flags: UInt64 = 0
    if value == 0 { flags |= Flag.zero }
    if value >> UInt64(size * 8 - 1) & 1 == 1 { flags |= Flag.sign }
    if UInt8(truncatingIfNeeded: value).nonzeroBitCount % 2 == 0 { flags |= Flag.parity }
    return flags
  }

  private static func signed(_ value: UInt64, _ size: Int) -> Int64 {
    let unused = Int64(64 - size * 8)
    return (Int64(bitPattern: value) << unused) >> unused
  }

  /// Of signed numbers; what does not fit is told by the carry and overflow flags.
  private static func product(_ left: UInt64, _ right: UInt64, _ size: Int, _ registers: inout RegisterFile) -> UInt64 {
    let (product, overflows) = signed(left, size).multipliedReportingOverflow(by: signed(right, size))
    let value = UInt64(bitPattern: product)
    let isLost = overflows || signed(value, size) != product
    registers[.eflags] =
      registers[.eflags] & ~Flag.all | (isLost ? Flag.carry | Flag.overflow : 0) | resultFlags(low(value, size), size)
    return value
  }

  private static func shifted(
    _ shift: Shift, _ value: UInt64, _ count: UInt8, _ size: Int, _ registers: inout RegisterFile
  ) -> UInt64 {
    guard count > 0 else { return value }
    let bits = UInt64(size * 8)
    let count = UInt64(count)
    let top: UInt64 = 1 << (bits - 1)
    let result: UInt64
    let isCarried: Bool
    let overflows: Bool
    switch shift {
    case .left:
      result = low(value << count, size)
      isCarried = count <= bits && value >> (bits - count) & 1 == 1
      overflows = (result & top != 0) != isCarried
    case .right:
      result = value >> count
      isCarried = value >> (count - 1) & 1 == 1
      overflows = value & top != 0
    case .arithmeticRight:
      let wide = signed(value, size)
      result = low(UInt64(bitPattern: wide >> Int64(count)), size)
      isCarried = wide >> Int64(count - 1) & 1 == 1
      overflows = false
    }
    registers[.eflags] =
      registers[.eflags] & ~Flag.all | (isCarried ? Flag.carry : 0) | (overflows ? Flag.overflow : 0)
      | resultFlags(result, size)
    return result
  }

  /// By the low four bits of a conditional jump's opcode (Intel SDM volume 2, appendix B.1.4.7).
  private static func holds(_ condition: UInt8, _ flags: UInt64) -> Bool {
    func isSet(_ flag: UInt64) -> Bool { flags & flag != 0 }
    let isLess = isSet(Flag.sign) != isSet(Flag.overflow)
    let result =
      switch condition >> 1 {
      case 0: isSet(Flag.overflow)
      case 1: isSet(Flag.carry)
      case 2: isSet(Flag.zero)
      case 3: isSet(Flag.carry) || isSet(Flag.zero)
      case 4: isSet(Flag.sign)
      case 5: isSet(Flag.parity)
      case 6: isLess
      default: isLess || isSet(Flag.zero)
      }
    return result != (condition & 1 == 1)
  }
}
