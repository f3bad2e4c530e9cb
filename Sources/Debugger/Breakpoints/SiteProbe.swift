import DebugInfo
import MachineModel

/// A place in the program before anybody is there. Where DWARF puts a variable is found out by evaluating its location for two sets of
/// made-up registers without any memory: what depends on one register, and that linearly, is told by the two answers.
struct SiteProbe {
  /// The names of the place, with one set of registers, and with the other.
  let first: FrameScope
  let second: FrameScope
  private let registers: (RegisterFile, RegisterFile)

  /// What a location comes to.
  enum Place: Equatable {
    case constant(UInt64)
    /// A register's value, and so much more.
    case register(GeneralRegister, offset: UInt64)
  }

  private struct NoMemory: MemoryReader {
    func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int { 0 }
  }

  init(
    at address: VirtualAddress, scope: CodeScope?, symbols: ProgramSymbols, values: ValueHistory,
    language: SourceLanguage?
  ) {
    let function = symbols.scopes(at: address).last
    func registers(_ seed: UInt64) -> RegisterFile {
      var file = RegisterFile()
      // Far from each other, so that no variable's distance from one is that from another.
      for register in GeneralRegister.allCases.prefix(16) {
        file[register] = (UInt64(register.rawValue) + seed) << 52 | seed << 40 | UInt64(register.rawValue) * seed << 24
      }
      file.programCounter = address
      return file
    }
    func made(_ registers: RegisterFile) -> FrameScope {
      let frame = Frame(
        level: 0, registers: FrameRegisters(registers), physicalIndex: 0, scope: scope, function: function, source: nil,
        image: nil, showsAddress: false)
      let made = FrameScope(
        symbols: symbols, memory: NoMemory(), walker: nil, frame: frame, thread: nil, base: registers,
        floatingPoint: nil, values: values, threadStorage: nil)
      made.chosenLanguage = language
      return made
    }
    self.registers = (registers(3), registers(101))
    first = made(self.registers.0)
    second = made(self.registers.1)
  }

  /// The address that two values of one expression have in memory, or the number that they are; nil where it takes more than that.
  func place(_ left: Value, _ right: Value) -> (place: Place, isValue: Bool)? {
    switch (left.location, right.location) {
    case (.memory(let left), .memory(let right)): place(left.rawValue, right.rawValue).map { ($0, false) }
    case (.register(let left), .register(let right)) where left == right:
      GeneralRegister(dwarfNumber: left).map { (.register($0, offset: 0), true) }
    case (.value(let left), .value(let right)):
      if left.count <= 8, left.count == right.count { place(word(left), word(right)).map { ($0, true) } } else { nil }
    default: nil
    }
  }

  private func word(_ bytes: [UInt8]) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  private func place(_ left: UInt64, _ right: UInt64) -> Place? {
    if left == right { return .constant(left) }
    let found = GeneralRegister.allCases.prefix(16).first {
      left &- registers.0[$0] == right &- registers.1[$0]
    }
    return found.map { .register($0, offset: left &- registers.0[$0]) }
  }
}
