import DebugInfo
import MachineModel
import Tracing

/// An exception of C++ as it is thrown or caught.
struct ThrownException {
  let type: String?
  /// What its `what()` says; nil where it has none.
  let what: String?
}

extension DebugSession {
  /// The exception that a thread throws or catches which has just called the runtime's function for it. Calls its `what()` where it
  /// is a `std::exception`.
  func exception(at stop: StopEvent, _ stage: ExceptionStage, for breakpoint: Int) async -> ThrownException? {
    guard let process, let place = ExceptionPlace(stage, stop.registers, process.memory) else { return nil }
    let memory = process.memory
    let type = TypeInformation(at: place.type, memory, symbols)
    var what: String?
    if let base = type?.offset(ofBase: "St9exception"), let table = try? memory.unsigned(place.object + base, size: 8),
      // After the two destructors (Itanium C++ ABI, §2.5.3; the order of the class's declaration).
      let function = try? memory.unsigned(VirtualAddress(table) + 16, size: 8)
    {
      what = await text(of: VirtualAddress(function), on: place.object + base, stop, for: breakpoint)
    }
    return ThrownException(type: type?.name, what: what)
  }

  /// The text to which a function's result leads that takes but an object.
  private func text(
    of function: VirtualAddress, on object: VirtualAddress, _ stop: StopEvent, for breakpoint: Int
  ) async -> String? {
    guard let process else { return nil }
    nesting.ask(breakpoint: breakpoint, in: stop.thread)
    defer {
      nesting.leave()
      stacks[stop.thread] = nil
    }
    let pointer = DataType.pointer(to: .void)
    let argument = Value(type: pointer, integer: Int64(bitPattern: object.rawValue), source: programScope())
    var bottom: VirtualAddress?
    let call = FunctionCall(function: function, name: "what", result: pointer, arguments: [.value(argument)])
    switch try? await self.call(call, in: stop.thread, below: &bottom) {
    case .returned(let result)?:
      let address = result.bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      guard address != 0 else { return nil }
      let text = process.memory.string(VirtualAddress(address), limit: 1000).bytes
      return String(decoding: text, as: UTF8.self)
    case .abandoned(let call)?:
      guard call.isUndone else { return nil }
      try? await undo(call.call)
      restore(call.context, of: process)
      return nil
    case nil: return nil
    }
  }
}

/// Where the runtime's functions are told an exception's object and type (Itanium C++ ABI, "Exception Handling", §2.2.1, §2.4).
private struct ExceptionPlace {
  let object: VirtualAddress
  let type: VirtualAddress

  /// nil for one of another language's, and where a function is told nothing.
  init?(_ stage: ExceptionStage, _ registers: RegisterFile, _ memory: any MemoryReader) {
    switch stage {
    case .throw: (object, type) = (VirtualAddress(registers[.rdi]), VirtualAddress(registers[.rsi]))
    case .catch:
      // `_Unwind_Exception` ends the `__cxa_exception`, and the object follows it.
      let header = VirtualAddress(registers[.rdi])
      guard let language = try? memory.unsigned(header, size: 8), language & ~0xFF == Self.gnu,
        let type = try? memory.unsigned(header - UInt64(80), size: 8)
      else { return nil }
      let isDependent = language & 0xFF == 1
      if isDependent {
        // Of std::rethrow_exception: it stands for the object that its first word leads to.
        guard let object = try? memory.unsigned(header - UInt64(80), size: 8),
          let type = try? memory.unsigned(VirtualAddress(object) - UInt64(112), size: 8)
        else { return nil }
        (self.object, self.type) = (VirtualAddress(object), VirtualAddress(type))
      } else {
        (object, self.type) = (header + 32, VirtualAddress(type))
      }
    case .rethrow: return nil
    }
  }

  /// `GNUCC++`, whose last byte tells a dependent exception.
  private static let gnu: UInt64 = 0x474e_5543_432b_2b00
}

/// A `std::type_info` of a class or other type (Itanium C++ ABI, §2.9.5).
private struct TypeInformation {
  let name: String
  private let mangled: String
  private let address: VirtualAddress
  private let memory: any MemoryReader
  private let symbols: ProgramSymbols

  init?(at address: VirtualAddress, _ memory: any MemoryReader, _ symbols: ProgramSymbols) {
    guard let text = try? memory.unsigned(address + 8, size: 8) else { return nil }
    // A star before it says that the name is unique by its address.
    let bytes = memory.string(VirtualAddress(text), limit: 4000).bytes
    mangled = String(decoding: bytes.drop { $0 == UInt8(ascii: "*") }, as: UTF8.self)
    guard !mangled.isEmpty else { return nil }
    name = FunctionName.demangled("_ZTS" + mangled).map { String($0.dropFirst("typeinfo name for ".count)) } ?? mangled
    (self.address, self.memory, self.symbols) = (address, memory, symbols)
  }

  /// Where in an object the base class of that mangled name is, itself included; nil where it has none that can be told without its
  /// virtual table.
  func offset(ofBase wanted: String, depth: Int = 0) -> UInt64? {
    if mangled == wanted { return 0 }
    guard depth < 32, let table = try? memory.unsigned(address, size: 8),
      let kind = symbols.symbol(at: VirtualAddress(table)).map({ symbols.described($0).name })
    else { return nil }
    if kind.contains("__si_class_type_info") {
      return base(at: address + 16)?.offset(ofBase: wanted, depth: depth + 1)
    }
    guard kind.contains("__vmi_class_type_info"), let count = try? memory.unsigned(address + 20, size: 4) else { return nil }
    for index in 0..<min(count, 64) {
      let entry = address + (24 + 16 * index)
      // The low byte has flags: virtual, public.
      guard let flags = try? memory.unsigned(entry + 8, size: 8), flags & 1 == 0,
        let found = base(at: entry)?.offset(ofBase: wanted, depth: depth + 1)
      else { continue }
      return found &+ UInt64(bitPattern: Int64(bitPattern: flags) >> 8)
    }
    return nil
  }

  private func base(at address: VirtualAddress) -> TypeInformation? {
    (try? memory.unsigned(address, size: 8)).flatMap { TypeInformation(at: VirtualAddress($0), memory, symbols) }
  }
}
