import DebugInfo
import Debugger
import MachineModel
import Synchronization

/// Memory that a test lays out, in one block.
final class TestMemory: MemoryReader {
  static let base: UInt64 = 0x5555_5555_8000
  private let bytes = Mutex<[UInt8]>([])
  private let reads = Mutex<Int>(0)

  /// How often it was read from.
  var readCount: Int { reads.withLock { $0 } }

  func append(_ new: [UInt8]) -> VirtualAddress {
    bytes.withLock { bytes in
      bytes += [UInt8](repeating: 0, count: (16 - bytes.count % 16) % 16)
      let address = VirtualAddress(Self.base + UInt64(bytes.count))
      bytes += new
      return address
    }
  }

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    reads.withLock { $0 += 1 }
    return bytes.withLock { bytes in
      guard address.rawValue >= Self.base, address.rawValue - Self.base < UInt64(bytes.count) else { return 0 }
      let part = bytes[Int(address.rawValue - Self.base)...].prefix(buffer.count)
      buffer.copyBytes(from: part)
      return part.count
    }
  }

  func write(_ new: [UInt8], to address: VirtualAddress) -> Bool {
    bytes.withLock { bytes in
      guard address.rawValue >= Self.base else { return false }
      let start = Int(truncatingIfNeeded: address.rawValue - Self.base)
      guard start >= 0, start <= bytes.count - new.count else { return false }
      bytes.replaceSubrange(start..<(start + new.count), with: new)
      return true
    }
  }
}

/// Surroundings that a test makes up: variables, types, registers and symbols by name.
final class TestScope: EvaluationScope {
  let fake = TestMemory()
  var memory: any MemoryReader { fake }
  var language: SourceLanguage
  var variables: [String: Value] = [:]
  var types: [String: DataType] = [:]
  var functions: [String: Value] = [:]
  var statics: [String: Value] = [:]
  var symbols: [SymbolAddress] = []
  var registers: [Int: [UInt8]] = [:]
  var conveniences: [String: Value] = [:]
  var recorded: [Value] = []

  init(language: SourceLanguage = .c) { self.language = language }

  // MARK: Making things up

  /// A variable in memory, with a symbol of its name.
  @discardableResult
  func define(_ name: String, _ type: DataType, _ bytes: [UInt8]) -> VirtualAddress {
    let address = fake.append(bytes)
    variables[name] = Value(type: type, location: .memory(address), source: self)
    symbols.append(SymbolAddress(name: name, address: address, size: UInt64(bytes.count), isFunction: false))
    return address
  }
  @discardableResult
  func define<Number: FixedWidthInteger>(_ name: String, _ type: DataType, _ number: Number) -> VirtualAddress {
    define(name, type, littleEndian(number))
  }
  /// Bytes without a symbol: the stack, the heap, string literals.
  func place(_ bytes: [UInt8]) -> VirtualAddress { fake.append(bytes) }

  func print(_ expression: String, _ letter: ValueFormat.Letter = .natural, settings: SessionSettings = .init())
    -> String
  {
    do {
      let value = try ExpressionEvaluator(scope: self).evaluate(expression)
      return try ValueFormatter(settings: settings, language: language).checkedText(value, format: .init(letter))
    } catch {
      return error.message
    }
  }

  func whatis(_ expression: String, expanded: Bool = false) -> String {
    do {
      let printer = TypePrinter(language: language)
      let type: DataType
      switch try ExpressionEvaluator(scope: self).evaluateOrType(expression) {
      case .value(let value): type = value.type
      case .type(let named): type = named
      }
      return expanded ? printer.expanded(type) : printer.name(type)
    } catch {
      return error.message
    }
  }

  // MARK: EvaluationScope

  func registerBytes(_ number: Int) -> [UInt8]? { registers[number] }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location {
    // A virtual base class whose offset is the expression's one byte.
    .memory(VirtualAddress(initial[0] + UInt64(expression[0])))
  }
  func implicitTarget(_ entry: EntryID) -> Location { .value(littleEndian(Int32(77))) }
  func staticMember(_ name: String, of type: DataType) -> Value? { statics[(type.name ?? "") + "::" + name] }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? {
    symbols.first { $0.address <= address && address - $0.address < max(1, $0.size) }.map { ($0, address - $0.address) }
  }
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) {
    guard fake.write(bytes, to: address) else { throw ExpressionError("Cannot access memory at address \(address)") }
  }
  func write(_ bytes: [UInt8], toRegister number: Int) { registers[number] = bytes }
  func variable(named name: String) -> Value? { name == "::global" ? variables["global"] : variables[name] }
  func global(named name: String, inFile file: String?) -> Value? {
    guard file == nil || file == "values.c" else { return nil }
    return variables[name.hasPrefix("::") ? String(name.dropFirst(2)) : name]
  }
  func variable(named name: String, inFunction function: String) -> Value? {
    function == "use" ? variables[name] : nil
  }
  func function(named name: String, inFile file: String?) -> Value? { functions[name] }
  func isNamespace(_ name: String) -> Bool { false }
  func type(named name: String) -> DataType? { types[name] }
  func minimalSymbol(named name: String) -> SymbolAddress? { nil }
  func convenienceVariable(named name: String) -> Value? { conveniences[name] }
  func setConvenienceVariable(_ name: String, to value: Value) { conveniences[name] = value }
  func history(number: Int) -> Value? {
    recorded.indices.contains(number - 1) ? recorded[number - 1] : recorded.last
  }
  var historyCount: Int { recorded.count }
}

func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
