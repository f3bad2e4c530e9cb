/// An instruction under a trap that is carried out in registers and memory, instead of being stepped over: one of those that compilers
/// put at the places where breakpoints are set. Decoding and meaning: Intel SDM volume 2.
package struct PatchedInstruction: Sendable, Equatable {
  private enum Operand: Sendable, Equatable {
    case register(GeneralRegister)
    case memory(base: GeneralRegister?, index: GeneralRegister?, scale: UInt64, displacement: UInt64)
  }

  private enum Arithmetic: UInt8, Sendable {
    case add, or, addCarry, subtractBorrow, and, subtract, exclusiveOr, compare
  }

  private enum Meaning: Sendable, Equatable {
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
    case call(UInt64)
    case jump(UInt64)
    case jumpIf(condition: UInt8, UInt64)
    case `return`
    case leave
  }

  private let meaning: Meaning
  /// Of its operands, in bytes.
  private let size: Int
  /// Where the next instruction is.
  private let end: UInt64

  /// nil where the bytes at `address` are another instruction, or too few.
  package init?(_ bytes: some Collection<UInt8>, at address: VirtualAddress) {
    var decoder = Decoder(Array(bytes), address.rawValue)
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
    case .call(let target):
      result[.rip] = target
      isDone = push(end)
    case .jump(let target):
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
    if value == 0 { flags |= Flag.zero }
    if value & top != 0 { flags |= Flag.sign }
    if UInt8(truncatingIfNeeded: value).nonzeroBitCount % 2 == 0 { flags |= Flag.parity }
    registers[.eflags] = registers[.eflags] & ~Flag.all | flags
    return value
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

  // MARK: - Decoding

  private struct Decoder {
    private let bytes: [UInt8]
    private let address: UInt64
    private(set) var position = 0
    private var rex: UInt8 = 0

    init(_ bytes: [UInt8], _ address: UInt64) {
      self.bytes = bytes
      self.address = address
    }

    private mutating func byte() -> UInt8? {
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }

    /// Sign-extended.
    private mutating func constant(_ size: Int) -> UInt64? {
      guard position + size <= bytes.count else { return nil }
      var word: UInt64 = 0
      for index in 0..<size { word |= UInt64(bytes[position + index]) << UInt64(index * 8) }
      position += size
      let unused = UInt64(64 - size * 8)
      return UInt64(bitPattern: Int64(bitPattern: word << unused) >> Int64(unused))
    }

    /// By its number in an instruction, which is not DWARF's.
    private func register(_ number: UInt8, _ extending: UInt8) -> GeneralRegister {
      let order: [GeneralRegister] = [.rax, .rcx, .rdx, .rbx, .rsp, .rbp, .rsi, .rdi]
      let index = Int(number & 7)
      return rex & extending == 0 ? order[index] : GeneralRegister.allCases[8 + index]
    }
    private static let (w, r, x, b): (UInt8, UInt8, UInt8, UInt8) = (8, 4, 2, 1)

    private mutating func modRM() -> (digit: UInt8, register: GeneralRegister, operand: Operand)? {
      guard let byte = byte() else { return nil }
      let (mode, digit, rm) = (byte >> 6, byte >> 3 & 7, byte & 7)
      let register = register(digit, Self.r)
      if mode == 3 { return (digit, register, .register(self.register(rm, Self.b))) }
      var base: GeneralRegister? = self.register(rm, Self.b)
      var index: GeneralRegister?
      var scale: UInt64 = 1
      var displacementSize = [0, 1, 4][Int(mode)]
      if rm == 4 {
        guard let sib = self.byte() else { return nil }
        scale = 1 << UInt64(sib >> 6)
        if sib >> 3 & 7 != 4 || rex & Self.x != 0 { index = self.register(sib >> 3, Self.x) }
        base = self.register(sib, Self.b)
        if sib & 7 == 5, mode == 0 { (base, displacementSize) = (nil, 4) }
      } else if rm == 5, mode == 0 {
        (base, displacementSize) = (.rip, 4)
      }
      guard let displacement = displacementSize == 0 ? 0 : constant(displacementSize) else { return nil }
      return (digit, register, .memory(base: base, index: index, scale: scale, displacement: displacement))
    }

    private mutating func target(_ size: Int) -> UInt64? {
      constant(size).map { address &+ UInt64(position) &+ $0 }
    }

    mutating func decode() -> (Meaning, Int)? {
      if bytes.starts(with: [0xF3, 0x0F, 0x1E, 0xFA]) {
        position = 4
        return (.nothing, 8)
      }
      guard var opcode = byte() else { return nil }
      if opcode & 0xF0 == 0x40 {
        rex = opcode
        guard let next = byte() else { return nil }
        opcode = next
      }
      let size = rex & Self.w != 0 ? 8 : 4
      switch opcode {
      case 0x50...0x57: return (.push(register(opcode, Self.b)), 8)
      case 0x58...0x5F: return (.pop(register(opcode, Self.b)), 8)
      case 0x90: return rex & Self.b == 0 ? (.nothing, 8) : nil
      case 0xB8...0xBF: return constant(size).map { (.moveConstant(.register(register(opcode, Self.b)), $0), size) }
      case 0xC3: return (.return, 8)
      case 0xC9: return (.leave, 8)
      case 0xE8: return target(4).map { (.call($0), 8) }
      case 0xE9: return target(4).map { (.jump($0), 8) }
      case 0xEB: return target(1).map { (.jump($0), 8) }
      case 0x70...0x7F: return target(1).map { (.jumpIf(condition: opcode & 15, $0), 8) }
      case 0x0F: return decodeLong(size)
      default: return decodeOperands(opcode, size)
      }
    }

    private mutating func decodeLong(_ size: Int) -> (Meaning, Int)? {
      guard let opcode = byte() else { return nil }
      switch opcode {
      case 0x80...0x8F: return target(4).map { (.jumpIf(condition: opcode & 15, $0), 8) }
      case 0x1F: return modRM().map { _ in (.nothing, 8) }
      case 0xB6, 0xB7, 0xBE, 0xBF:
        guard let (_, register, operand) = modRM() else { return nil }
        let from = opcode & 1 == 0 ? 1 : 2
        guard from == 2 || isWhole(operand) else { return nil }
        return (.extend(register, operand, size: from, isSigned: opcode >= 0xBE), size)
      default: return nil
      }
    }

    /// False for ah, ch, dh and bh, which the registers above 3 are without a REX prefix.
    private func isWhole(_ operand: Operand) -> Bool {
      guard rex == 0, case .register(let register) = operand else { return true }
      return [.rax, .rcx, .rdx, .rbx].contains(register)
    }

    private mutating func decodeOperands(_ opcode: UInt8, _ size: Int) -> (Meaning, Int)? {
      // 00…3F: op r/m, r and op r, r/m, and with a constant for rax; the even ones are of bytes.
      if opcode < 0x40, let operation = Arithmetic(rawValue: opcode >> 3), Self.isSupported(operation) {
        switch opcode & 7 {
        case 1: return modRM().map { (.arithmetic(operation, $0.operand, .register($0.register)), size) }
        case 3: return modRM().map { (.arithmetic(operation, .register($0.register), $0.operand), size) }
        case 5: return constant(4).map { (.arithmeticConstant(operation, .register(.rax), $0), size) }
        default: return nil
        }
      }
      switch opcode {
      case 0x63:
        return rex & Self.w == 0 ? nil : modRM().map { (.extend($0.register, $0.operand, size: 4, isSigned: true), 8) }
      case 0x80, 0x81, 0x83:
        guard let (digit, _, operand) = modRM(), let operation = Arithmetic(rawValue: digit),
          Self.isSupported(operation),
          opcode != 0x80 || isWhole(operand), let value = constant(opcode == 0x81 ? 4 : 1)
        else { return nil }
        return (.arithmeticConstant(operation, operand, value), opcode == 0x80 ? 1 : size)
      case 0x85: return modRM().map { (.test($0.operand, .register($0.register)), size) }
      case 0x88, 0x8A:
        guard let (_, register, operand) = modRM(), isWhole(operand), isWhole(.register(register)) else { return nil }
        return (opcode == 0x88 ? .move(operand, .register(register)) : .move(.register(register), operand), 1)
      case 0x89: return modRM().map { (.move($0.operand, .register($0.register)), size) }
      case 0x8B: return modRM().map { (.move(.register($0.register), $0.operand), size) }
      case 0x8D:
        guard let (_, register, operand) = modRM(), case .memory = operand else { return nil }
        return (.address(register, operand), size)
      case 0xC6, 0xC7:
        guard let (digit, _, operand) = modRM(), digit == 0, opcode == 0xC7 || isWhole(operand),
          let value = constant(opcode == 0xC6 ? 1 : 4)
        else { return nil }
        return (.moveConstant(operand, value), opcode == 0xC6 ? 1 : size)
      default: return nil
      }
    }

    private static func isSupported(_ operation: Arithmetic) -> Bool {
      operation != .addCarry && operation != .subtractBorrow
    }
  }
}
