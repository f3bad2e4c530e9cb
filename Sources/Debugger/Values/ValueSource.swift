package import DebugInfo
package import MachineModel

/// What values are read from and written to: the stopped process as one of its frames sees it, a core file,
/// or what a test makes up. Belongs to one session.
package protocol ValueSource {
  var memory: any MemoryReader { get }
  /// A register's bytes, least significant first, by its DWARF number (psABI figure 3.36: 0…16 general,
  /// 17…32 xmm, 33…40 x87, 49… flags and segments); nil where the frame has not saved it.
  func registerBytes(_ number: Int) -> [UInt8]?
  /// The thread's x87 and vector state; nil where there is none.
  var floatingPoint: FloatingPointState? { get }
  /// The system call that the kernel may restart; nil where there is no thread.
  var systemCall: UInt64? { get }
  /// What a member's location expression leads to, with `initial` on the stack (DWARF 5 §5.7.3).
  func evaluate(_ expression: [UInt8], initial: [UInt64]) -> Location
  /// A type's arrays with the bounds that they have for the object at `location`, and where their elements are.
  func resolved(_ type: DataType, at location: Location) -> (DataType, Location)
  /// The type whose methods a table has, to which a pointer to a trait object leads (Rust); nil where the debug
  /// information has no such table.
  func concreteType(ofVirtualTable address: VirtualAddress) -> DataType?
  /// Where the variable is that an implicit pointer points to, and its type.
  func implicitTarget(_ entry: EntryID) -> Location
  /// A static data member of a class, by its name.
  func staticMember(_ name: String, of type: DataType) -> Value?
  /// The symbol that covers an address (of data or code), and the bytes from its start.
  func symbol(at address: VirtualAddress) -> (symbol: SymbolAddress, offset: UInt64)?
  /// The class whose member the function at an address is, as debug information has it.
  func declaringClass(ofFunctionAt address: VirtualAddress) -> DataType?
  func write(_ bytes: [UInt8], to address: VirtualAddress) throws(ExpressionError)
  /// Writes a whole register; `bytes` has as many as `registerBytes` gave.
  func write(_ bytes: [UInt8], toRegister number: Int) throws(ExpressionError)
}

extension ValueSource {
  package func concreteType(ofVirtualTable address: VirtualAddress) -> DataType? { nil }
  package func resolved(_ type: DataType, at location: Location) -> (DataType, Location) { (type, location) }
  package func declaringClass(ofFunctionAt address: VirtualAddress) -> DataType? { nil }
}

extension ValueSource {
  package var floatingPoint: FloatingPointState? { nil }
  package var systemCall: UInt64? { nil }
}
