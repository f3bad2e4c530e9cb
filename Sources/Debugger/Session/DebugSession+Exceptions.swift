import DebugInfo
import MachineModel
import Tracing

/// An exception of C++ as it is thrown or caught, or what ends a program of Rust or Swift.
struct ThrownException {
  let type: String?
  /// What its `what()` says, or the message; nil where it has none.
  let what: String?
}

extension DebugSession {
  /// The exception that a thread throws or catches which has just called the runtime's function for it. Calls its `what()` where it
  /// is a `std::exception`.
  func exception(at stop: StopEvent, _ stage: ExceptionStage, for breakpoint: Int) async -> ThrownException? {
    guard let memory = process?.memory else { return nil }
    if stage == .panic {
      return ThrownException(type: nil, what: await panicMessage(at: stop, memory, for: breakpoint))
    }
    var place = ExceptionPlace(stage, stop.registers, memory)
    // The runtime keeps those that are being handled, the innermost first (`__cxa_eh_globals`).
    if stage == .rethrow, let globals = symbols.symbols(named: "__cxa_get_globals").first(where: \.isFunction)?.address,
      let list = await result(of: globals, "__cxa_get_globals", on: nil, stop, for: breakpoint)?.low,
      let caught = try? memory.unsigned(VirtualAddress(list), size: 8), caught != 0
    {
      place = ExceptionPlace(header: VirtualAddress(caught) + 80, memory)
    }
    guard let place else { return nil }
    let type = TypeInformation(at: place.type, memory, symbols)
    var what: String?
    if let base = type?.offset(ofBase: "St9exception"), let table = try? memory.unsigned(place.object + base, size: 8),
      // After the two destructors (Itanium C++ ABI, §2.5.3; the order of the class's declaration).
      let function = try? memory.unsigned(VirtualAddress(table) + 16, size: 8)
    {
      let text = await result(of: VirtualAddress(function), "what", on: place.object + base, stop, for: breakpoint)?.low
      what = text.flatMap { $0 == 0 ? nil : Self.text(at: $0, memory) }
    }
    return ThrownException(type: type?.name, what: what)
  }

  private static func text(at address: UInt64, _ memory: any MemoryReader) -> String {
    String(decoding: memory.string(VirtualAddress(address), limit: 1000).bytes, as: UTF8.self)
  }

  /// What a panic of Rust or a runtime error of Swift says.
  private func panicMessage(at stop: StopEvent, _ memory: any MemoryReader, for breakpoint: Int) async -> String? {
    let (first, second) = (stop.registers[.rdi], stop.registers[.rsi])
    guard symbols.symbol(at: stop.registers.programCounter)?.name.hasSuffix("rust_panic") == true else {
      // `_swift_runtime_on_report(flags, message, details)`.
      return Self.text(at: second, memory)
    }
    // `&mut dyn PanicPayload`: an object, and its table of methods behind drop, size and alignment. `get` answers the payload as `&dyn Any`.
    for index in 3..<9 as Range<UInt64> {
      guard let function = try? memory.unsigned(VirtualAddress(second) + 8 * index, size: 8),
        let symbol = symbols.symbol(at: VirtualAddress(function)), symbol.address.rawValue == function,
        symbol.name.hasSuffix("::get")
      else { continue }
      guard let payload = await result(of: symbol.address, "get", on: VirtualAddress(first), stop, for: breakpoint)
      else { return nil }
      return Self.rustText(at: VirtualAddress(payload.low), table: VirtualAddress(payload.high), memory)
    }
    return nil
  }

  /// The text of a `String` (capacity, address, length) or `&str` (address, length), told apart by their sizes; nil for another
  /// payload.
  private static func rustText(at object: VirtualAddress, table: VirtualAddress, _ memory: any MemoryReader) -> String?
  {
    guard let size = try? memory.unsigned(table + 8, size: 8), size == 16 || size == 24,
      let count = try? memory.unsigned(object + (size - 8), size: 8)
    else { return nil }
    // The order of a `String`'s words is its compiler's.
    let candidates: [UInt64] = size == 16 ? [0] : [8, 0]
    for offset in candidates {
      guard let start = try? memory.unsigned(object + offset, size: 8),
        let bytes = try? memory.bytes(VirtualAddress(start), count: Int(min(count, 1000)))
      else { continue }
      return String(decoding: bytes, as: UTF8.self)
    }
    return nil
  }

  /// The two words that a function returns which takes an object or nothing; nil where it does not return.
  private func result(
    of function: VirtualAddress, _ name: String, on object: VirtualAddress?, _ stop: StopEvent, for breakpoint: Int
  ) async -> (low: UInt64, high: UInt64)? {
    guard let process else { return nil }
    nesting.ask(breakpoint: breakpoint, in: stop.thread)
    defer {
      nesting.leave()
      stacks[stop.thread] = nil
    }
    var arguments: [FunctionCall.Argument] = []
    if let object {
      let bits = Int64(bitPattern: object.rawValue)
      arguments = [.value(Value(type: .pointer(to: .void), integer: bits, source: programScope()))]
    }
    var bottom: VirtualAddress?
    let words = DataType.basic(words: ["unsigned", "__int128"]) ?? .unsignedLong
    let call = FunctionCall(function: function, name: name, result: words, arguments: arguments)
    switch try? await self.call(call, in: stop.thread, below: &bottom) {
    case .returned(let result)?:
      func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
      return (word(result.bytes.prefix(8)), word(result.bytes.dropFirst(8)))
    case .abandoned(let call)?:
      guard call.isUndone else { return nil }
      try? await undo(call.call)
      restore(call.context, of: process)
      return nil
    case nil: return nil
    }
  }
}

/// Where an exception's object and its `std::type_info` are, as the runtime's functions are told (Itanium C++ ABI, "Exception Handling", §2.2.1, §2.4).
private struct ExceptionPlace {
  let object: VirtualAddress
  let type: VirtualAddress

  private init(object: VirtualAddress, type: VirtualAddress) { (self.object, self.type) = (object, type) }

  /// nil for one of another language's, and where a function is told nothing.
  init?(_ stage: ExceptionStage, _ registers: RegisterFile, _ memory: any MemoryReader) {
    switch stage {
    case .throw: self.init(object: VirtualAddress(registers[.rdi]), type: VirtualAddress(registers[.rsi]))
    case .catch: self.init(header: VirtualAddress(registers[.rdi]), memory)
    case .rethrow, .panic: return nil
    }
  }

  /// By the `_Unwind_Exception` that ends the `__cxa_exception`, and that the object follows.
  init?(header: VirtualAddress, _ memory: any MemoryReader) {
    // A `__cxa_exception` begins with the type, a dependent one with the object that it stands for.
    guard let language = try? memory.unsigned(header, size: 8), language & ~0xFF == Self.gnu,
      let first = try? memory.unsigned(header - UInt64(80), size: 8)
    else { return nil }
    guard language & 0xFF == 1 else {
      (object, type) = (header + 32, VirtualAddress(first))
      return
    }
    guard let type = try? memory.unsigned(VirtualAddress(first) - UInt64(112), size: 8) else { return nil }
    (object, self.type) = (VirtualAddress(first), VirtualAddress(type))
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
    guard kind.contains("__vmi_class_type_info"), let count = try? memory.unsigned(address + 20, size: 4) else {
      return nil
    }
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
