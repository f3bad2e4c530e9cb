import DebugInfo
import MachineModel

/// What names mean in a user's formatter: the value's members first, `this` for its address, `$i` for the index of
/// the element that is made; then what holds in the whole program. What is found belongs to this scope, which refuses
/// to write.
final class MemberScope: EvaluationScope {
  private let value: Value
  private let base: any EvaluationScope
  private let index: UInt64?

  /// - Parameter index: of an element.
  init(_ value: Value, in base: any EvaluationScope, index: UInt64? = nil) {
    self.value = value
    self.base = base
    self.index = index
  }

  // MARK: Names

  var language: SourceLanguage { value.type.stripped.language ?? base.language }

  func variable(named name: String) -> Value? {
    if let member = value.sourced(by: self).member(named: name) { return member }
    guard name == "this", let address = value.address else { return nil }
    return Value(type: .pointer(to: value.type), address: address, source: self)
  }

  func convenienceVariable(named name: String) -> Value? {
    if name == "i", let index {
      return Value(type: .unsignedLong, integer: Int64(clamping: index), source: self)
    }
    return base.convenienceVariable(named: name)
  }

  func global(named name: String, inFile file: String?) -> Value? {
    base.global(named: name, inFile: file)?.sourced(by: self)
  }
  func variable(named name: String, inFunction function: String) -> Value? {
    base.variable(named: name, inFunction: function)?.sourced(by: self)
  }
  func function(named name: String, inFile file: String?) -> Value? { base.function(named: name, inFile: file) }
  func type(named name: String) -> DataType? { base.type(named: name) }
  func isNamespace(_ name: String) -> Bool { base.isNamespace(name) }
  func enumerator(named name: String) -> Value? { base.enumerator(named: name) }
  func minimalSymbol(named name: String) -> SymbolAddress? { base.minimalSymbol(named: name) }
  func register(named name: String) -> Value? { nil }
  var hasRegisters: Bool { base.hasRegisters }
  func setConvenienceVariable(_ name: String, to value: Value) {}
  func history(number: Int) -> Value? { nil }
  var historyCount: Int { 0 }

  // MARK: Values

  /// A result as a value of where the object came from: rows that show it can be edited.
  func released(_ value: Value) -> Value { value.sourced(by: base) }

  var memory: any MemoryReader { base.memory }
  func registerBytes(_ number: Int) -> [UInt8]? { base.registerBytes(number) }
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location {
    base.evaluate(expression, initial: initial)
  }
  func implicitTarget(_ entry: EntryID) -> Location { base.implicitTarget(entry) }
  func staticMember(_ name: String, of type: DataType) -> Value? {
    base.staticMember(name, of: type)?.sourced(by: self)
  }
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)? { base.symbol(at: address) }

  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError) { throw Self.refusal }
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError) { throw Self.refusal }
  private static let refusal = ExpressionError("A formatter changes nothing.")
}

extension Value {
  /// The same, read and written by way of another source.
  fileprivate func sourced(by source: any ValueSource) -> Value {
    Value(
      type: type, location: location, offset: offset, bitField: bitField, source: source, loadedBytes: loadedBytes)
  }
}
