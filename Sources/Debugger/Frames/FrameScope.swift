import DebugInfo
import MachineModel

/// What names mean in one frame of a stopped thread: variables, registers, types, history.
///
/// Writes are collected, and carried out by the session when the expression has been evaluated: the tracer is asked
/// asynchronously, expressions are not.
final class FrameScope: EvaluationScope, FrameContext {
  enum Write: Equatable {
    case memory(VirtualAddress, [UInt8])
    case register(GeneralRegister, UInt64)
    case vector(VectorRegister, [UInt8])
  }

  let symbols: ProgramSymbols
  /// With the writes that are still to be carried out: the rest of the expression sees them.
  let memory: any MemoryReader
  private let pending: PendingMemory
  let walker: StackWalker?
  let frame: Frame
  /// nil where there is no process.
  let thread: ThreadID?
  private let base: RegisterFile?
  let floatingPoint: FloatingPointState?
  var systemCall: UInt64? { base?[.origRax] }
  /// What the session knows of the stop, by the names that gdb gives it: `_thread`, `_siginfo`.
  var stopVariables: [String: Value] = [:]
  private let values: ValueHistory
  private let threadStorage: ThreadLocalStorage?
  private(set) var writes: [Write] = []
  private(set) var warnings: [String] = []
  var seesWholeObjects = false
  /// `set language`; nil for the frame's own.
  var chosenLanguage: SourceLanguage?
  /// Those to registers that were carried out: what the thread had before is not asked for again.
  private var earlierWrites: [Write] = []

  /// - Parameters:
  ///   - base: the thread's registers, for those that unwinding leaves alone (segments, flags).
  ///   - floatingPoint: its vector registers, which CFI doesn't speak of, so that all frames are shown the same, as
  ///     in gdb; nil where there are none (no process).
  init(
    symbols: ProgramSymbols, memory: any MemoryReader, walker: StackWalker?, frame: Frame, thread: ThreadID?,
    base: RegisterFile?,
    floatingPoint: FloatingPointState?, values: ValueHistory, threadStorage: ThreadLocalStorage?
  ) {
    self.symbols = symbols
    pending = memory as? PendingMemory ?? PendingMemory(memory)
    self.memory = pending
    self.walker = walker
    self.frame = frame
    self.thread = thread
    self.base = base
    self.floatingPoint = floatingPoint
    self.values = values
    self.threadStorage = threadStorage
  }

  /// What was written so far, which is the session's to carry out from here on.
  func takeWrites() -> [Write] {
    defer {
      earlierWrites += writes.filter { if case .memory = $0 { false } else { true } }
      writes = []
      pending.removeAll()
    }
    return writes
  }

  func warn(_ text: String) { warnings.append(text) }
  func takeWarnings() -> [String] {
    defer { warnings = [] }
    return warnings
  }

  // MARK: FrameContext

  var registers: FrameRegisters { frame.registers }
  var lookupAddress: VirtualAddress { frame.registers.lookupAddress }
  var function: EntryID? { frame.function?.entry }
  var caller: (any FrameContext)? {
    guard let walker, let caller = walker.caller(of: frame) else { return nil }
    return FrameScope(
      symbols: symbols, memory: memory, walker: walker, frame: caller, thread: thread, base: base,
      floatingPoint: floatingPoint,
      values: values, threadStorage: threadStorage)
  }
  func threadLocal(image: Int, offset: UInt64) -> VirtualAddress? { threadStorage?.address(image: image, offset) }
  func vectorRegister(_ dwarfNumber: Int) -> [UInt8]? {
    guard let floatingPoint else { return nil }
    return switch VectorRegister(dwarfNumber: dwarfNumber) {
    case .xmm(let number)?: Array(floatingPoint.xmm(number))
    // A `long double` has 16 bytes, the last 6 of them unused (psABI, figure 3.1).
    case .x87(let number)?: floatingPoint.x87(number) + [UInt8](repeating: 0, count: 6)
    case nil: nil
    }
  }

  // MARK: ValueSource

  func registerBytes(_ number: Int) -> [UInt8]? {
    if let vector = VectorRegister(dwarfNumber: number) {
      let present = vectorRegister(number)
      for case .vector(vector, let bytes) in (earlierWrites + writes).reversed() {
        return bytes + (present?.dropFirst(bytes.count) ?? [])
      }
      return present
    }
    let value: UInt64? =
      if let written = writtenValue(ofRegister: number) {
        written
      } else if (0...16).contains(number) {
        frame.registers[dwarf: number]
      } else {
        GeneralRegister(dwarfNumber: number).flatMap { register in base.map { $0[register] } }
      }
    return value.map { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }
  /// What this expression has put into a register so far.
  private func writtenValue(ofRegister number: Int) -> UInt64? {
    guard let register = GeneralRegister(dwarfNumber: number) else { return nil }
    for case .register(register, let value) in (earlierWrites + writes).reversed() { return value }
    return nil
  }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location {
    symbols.evaluate(expression, initial: initial, in: self)
  }
  func resolved(_ type: DataType, at location: Location) -> (DataType, Location) {
    symbols.resolved(type, at: location, in: self)
  }
  func concreteType(ofVirtualTable address: VirtualAddress) -> DataType? {
    symbols.concreteType(ofVirtualTable: address)
  }
  func implicitTarget(_ entry: EntryID) -> Location {
    symbols.variable(entry).map { symbols.locate($0, in: self) } ?? .optimizedOut
  }
  func staticMember(_ name: String, of type: DataType) -> Value? {
    type.name.flatMap { global(named: "\($0)::\(name)", inFile: nil) }
  }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? {
    symbols.symbol(at: address).map { (symbols.described($0), address - $0.address) }
  }
  func declaringClass(ofFunctionAt address: VirtualAddress) -> DataType? {
    symbols.declaringClass(ofFunctionAt: address)
  }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {
    guard base != nil else { throw ExpressionError("cannot access memory at address \(address) without a process") }
    add(bytes, at: address)
  }
  private func add(_ bytes: [UInt8], at address: VirtualAddress) {
    writes.append(.memory(address, bytes))
    pending.write(bytes, at: address)
  }
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) {
    if let vector = VectorRegister(dwarfNumber: number), frame.physicalIndex == 0 {
      writes.append(.vector(vector, bytes))
    } else if let register = GeneralRegister(dwarfNumber: number) {
      let value = bytes.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * UInt64($1.offset)) }
      // A register of an outer frame is where its callees have saved it.
      if let saved = frame.registers.savedAddress(dwarf: number) {
        add(bytes, at: saved)
      } else if number <= 16, frame.registers[dwarf: number] == nil {
        throw ExpressionError(.optimizedOut)
      } else {
        writes.append(.register(register, value))
      }
    } else {
      throw ExpressionError("Register \(number) cannot be written.")
    }
  }

  // MARK: EvaluationScope

  var language: SourceLanguage { chosenLanguage ?? ownLanguage }
  /// What the frame's code is written in; without one, what the program is.
  var ownLanguage: SourceLanguage { frame.scope?.language ?? symbols.mainLanguage ?? .c }

  func variable(named name: String) -> Value? { localVariable(named: name).map(value) }
  private func localVariable(named name: String) -> Variable? {
    guard let entry = frame.scope?.entry else { return nil }
    return symbols.variables(in: entry, at: lookupAddress).first { $0.name == name }
  }
  func global(named name: String, inFile file: String?) -> Value? {
    globalVariable(named: name, inFile: file).map(value)
  }
  private func globalVariable(named name: String, inFile file: String?) -> Variable? {
    let found = symbols.globals(named: name, near: base == nil ? nil : lookupAddress)
    guard let file else { return found.first }
    return found.first { ($0.declaration?.file).map { $0 == file || $0.hasSuffix("/" + file) } ?? false }
  }
  func variable(named name: String, inFunction function: String) -> Value? {
    guard let walker, let frame = walker.all().first(where: { $0.scope?.name.qualified == function }),
      let entry = frame.scope?.entry,
      let found = symbols.variables(in: entry, at: frame.registers.lookupAddress).first(where: { $0.name == name })
    else { return symbols.staticLocal(named: name, inFunction: function).map(value) }
    let scope = FrameScope(
      symbols: symbols, memory: memory, walker: walker, frame: frame, thread: thread, base: base,
      floatingPoint: floatingPoint,
      values: values, threadStorage: threadStorage)
    return scope.value(found)
  }
  func function(named name: String, inFile file: String?) -> Value? {
    functions(named: name, inFile: file).first
  }
  func functions(named name: String, inFile file: String?) -> [Value] {
    symbols.functions(named: name, inFile: file, near: base == nil ? nil : lookupAddress).map {
      Value(type: $0.type, location: .memory($0.address), source: self)
    }
  }
  func function(linkageName: String, type: DataType) -> Value? {
    let address =
      symbols.function(linkageName: linkageName)?.address
      ?? symbols.symbols(named: linkageName).first { $0.isFunction && $0.size > 0 }?.address
    return address.map { Value(type: type, location: .memory($0), source: self) }
  }
  func function(at address: VirtualAddress) -> Value? {
    symbols.function(beginningAt: address)?.entry.flatMap(symbols.functionType).map {
      Value(type: $0, location: .memory(address), source: self)
    }
  }
  func type(named name: String) -> DataType? {
    let local = frame.scope?.entry.flatMap { symbols.localType(named: name, in: $0, at: lookupAddress) }
    return local ?? symbols.type(named: name, near: base == nil ? nil : lookupAddress)
  }
  func isNamespace(_ name: String) -> Bool { symbols.isNamespace(name) }
  func enumerator(named name: String) -> Value? {
    let local = frame.scope?.entry.flatMap { symbols.localEnumerator(named: name, in: $0, at: lookupAddress) }
    return (local ?? symbols.enumerator(named: name, near: base == nil ? nil : lookupAddress)).map {
      Value(type: $0.type, integer: $0.value, source: self)
    }
  }
  func isConstant(named name: String, inFile file: String?) -> Bool {
    let local = file == nil ? localVariable(named: name) : nil
    guard let variable = local ?? globalVariable(named: name, inFile: file) else {
      return file == nil && enumerator(named: name) != nil
    }
    return symbols.isConstant(variable)
  }
  func minimalSymbol(named name: String) -> SymbolAddress? {
    // A library's function, while its library is not loaded: the stub that leads to it.
    // Data is meant by its whole name only: the last part of it may be a function's static variable.
    symbols.symbols(named: name).first { $0.isFunction || $0.name == name || $0.rawName == name }
      ?? symbols.symbols(named: name + "@plt").first
  }
  var functionName: String? { frame.scope?.name.qualified }
  var hasRegisters: Bool { base != nil }
  func convenienceVariable(named name: String) -> Value? {
    stopVariables[name] ?? values.convenience[name]
  }
  func setConvenienceVariable(_ name: String, to value: Value) { values.convenience[name] = value.loaded() }
  func history(number: Int) -> Value? { values.value(number: number) }
  var historyCount: Int { values.count }

  /// An argument as it was when its function was entered, where the caller's entries tell.
  func entryValue(_ variable: Variable) -> Value? {
    symbols.entryLocation(of: variable, in: self).map { Value(type: variable.type, location: $0, source: self) }
  }
  func value(_ variable: Variable) -> Value {
    let (type, location) = resolved(variable.type, at: symbols.locate(variable, in: self))
    return Value(type: type, location: location, source: self)
  }
}
