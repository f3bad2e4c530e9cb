extension PatchedInstruction {
  struct Decoder {
    private let bytes: UnsafeRawBufferPointer
    private let address: UInt64
    private(set) var position = 0
    private var rex: UInt8 = 0

    init(_ bytes: UnsafeRawBufferPointer, _ address: UInt64) {
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
      case 0x68: return constant(4).map { (.pushConstant($0), 8) }
      case 0x6A: return constant(1).map { (.pushConstant($0), 8) }
      case 0x98: return (.extend(.rax, .register(.rax), size: size / 2, isSigned: true), size)
      case 0x99: return (.spreadSign, size)
      case 0xA8: return constant(1).map { (.testConstant(.register(.rax), $0), 1) }
      case 0xA9: return constant(4).map { (.testConstant(.register(.rax), $0), size) }
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
      case 0x40...0x4F: return modRM().map { (.moveIf($0.register, $0.operand, condition: opcode & 15), size) }
      case 0x90...0x9F:
        guard let (_, _, operand) = modRM(), isWhole(operand) else { return nil }
        return (.set(operand, condition: opcode & 15), 1)
      case 0xAF: return modRM().map { (.multiply($0.register, $0.operand, nil), size) }
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
        case 0, 2:
          guard let (_, register, operand) = modRM(), isWhole(operand), isWhole(.register(register)) else { return nil }
          return opcode & 7 == 0
            ? (.arithmetic(operation, operand, .register(register)), 1)
            : (.arithmetic(operation, .register(register), operand), 1)
        case 4: return constant(1).map { (.arithmeticConstant(operation, .register(.rax), $0), 1) }
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
      case 0x69, 0x6B:
        guard let (_, register, operand) = modRM(), let factor = constant(opcode == 0x69 ? 4 : 1) else { return nil }
        return (.multiply(register, operand, factor), size)
      case 0x84:
        guard let (_, register, operand) = modRM(), isWhole(operand), isWhole(.register(register)) else { return nil }
        return (.test(operand, .register(register)), 1)
      case 0xC1, 0xD1, 0xD3:
        guard let (digit, _, operand) = modRM(), let shift = Shift(rawValue: digit) else { return nil }
        guard opcode == 0xC1 else { return (.shift(shift, operand, count: opcode == 0xD1 ? 1 : nil), size) }
        return constant(1).map { (.shift(shift, operand, count: UInt8(truncatingIfNeeded: $0)), size) }
      case 0xF6, 0xF7, 0xFE, 0xFF: return decodeUnary(opcode, size)
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

    /// One operand; which operation, ModRM's digit tells.
    private mutating func decodeUnary(_ opcode: UInt8, _ size: Int) -> (Meaning, Int)? {
      let isByte = opcode & 1 == 0
      guard let (digit, _, operand) = modRM(), !isByte || isWhole(operand) else { return nil }
      let size = isByte ? 1 : size
      switch (opcode | 1, digit) {
      case (0xF7, 0): return constant(isByte ? 1 : 4).map { (.testConstant(operand, $0), size) }
      case (0xF7, 2): return (.invert(operand), size)
      case (0xF7, 3): return (.negate(operand), size)
      case (0xFF, 0): return (.count(operand, isUp: true), size)
      case (0xFF, 1): return (.count(operand, isUp: false), size)
      case (0xFF, 2) where !isByte: return (.callAt(operand), 8)
      case (0xFF, 4) where !isByte: return (.jumpAt(operand), 8)
      case (0xFF, 6) where !isByte: return (.pushFrom(operand), 8)
      default: return nil
      }
    }

    private static func isSupported(_ operation: Arithmetic) -> Bool {
      operation != .addCarry && operation != .subtractBorrow
    }
  }
}
