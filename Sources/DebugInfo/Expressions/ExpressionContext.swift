/// Why an expression gives no value.
enum ExpressionFailure: Error, Equatable {
  /// It needs something that the compiler did not keep.
  case optimizedOut
  /// The reason, in the words of `Location.unavailable`.
  case unavailable(String)

  /// What it means for the location that was asked for.
  var location: Location {
    switch self {
    case .optimizedOut: .optimizedOut
    case .unavailable(let reason): .unavailable(reason)
    }
  }
}

/// What a DWARF expression may ask of the frame, object and unit that it is evaluated for.
/// Addresses that it pushes are the process's.
protocol ExpressionContext {
  /// Size of an offset in the expression's unit: 4, or 8 in 64-bit DWARF.
  var offsetSize: Int { get }
  func register(_ number: Int) throws(ExpressionFailure) -> UInt64
  /// Any register's content, least significant byte first.
  func registerBytes(_ number: Int) throws(ExpressionFailure) -> [UInt8]
  func bytes(at address: UInt64, count: Int) throws(ExpressionFailure) -> [UInt8]
  func frameBase() throws(ExpressionFailure) -> UInt64
  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64
  func objectAddress() throws(ExpressionFailure) -> UInt64
  func threadLocal(_ offset: UInt64) throws(ExpressionFailure) -> UInt64
  /// An address of the image, in the process.
  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64
  /// An entry of `.debug_addr`, as the file has it.
  func indexedAddress(_ index: UInt64) throws(ExpressionFailure) -> UInt64
  /// The DW_TAG_base_type at an offset of the unit; nil for offset 0, the generic type.
  func baseType(_ offset: UInt64) throws(ExpressionFailure) -> ExpressionType?
  /// DW_AT_location of the entry at an offset of the unit, or of the section; empty where it has none.
  func expression(ofEntry offset: UInt64, inSection: Bool) throws(ExpressionFailure) -> [UInt8]
  func entry(inSection offset: UInt64) throws(ExpressionFailure) -> EntryID
  /// The value of the variable at an offset of the section (DW_OP_GNU_variable_value).
  func variableValue(_ offset: UInt64) throws(ExpressionFailure) -> UInt64
  /// What a register, or a cell that it points to, held on entry to the function (DWARF 5 §2.5.1.7).
  func entryValue(_ expression: [UInt8]) throws(ExpressionFailure) -> StackValue
  /// What the caller passed for the parameter at an offset of the unit (DW_OP_GNU_parameter_ref).
  func parameterValue(_ offset: UInt64) throws(ExpressionFailure) -> StackValue
}

extension ExpressionContext {
  var offsetSize: Int { 4 }
  private func missing<Value>(_ what: String) throws(ExpressionFailure) -> Value {
    throw .unavailable("a DWARF expression asks for \(what), and there is none here")
  }
  func registerBytes(_ number: Int) throws(ExpressionFailure) -> [UInt8] {
    StackValue(try register(number)).bytes
  }
  func frameBase() throws(ExpressionFailure) -> UInt64 { try missing("the frame base") }
  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64 { try missing("the canonical frame address") }
  func objectAddress() throws(ExpressionFailure) -> UInt64 { try missing("an object's address") }
  func threadLocal(_ offset: UInt64) throws(ExpressionFailure) -> UInt64 { try missing("thread-local storage") }
  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64 { try missing("the image") }
  func indexedAddress(_ index: UInt64) throws(ExpressionFailure) -> UInt64 { try missing("an address table") }
  func baseType(_ offset: UInt64) throws(ExpressionFailure) -> ExpressionType? { try missing("a type") }
  func expression(ofEntry offset: UInt64, inSection: Bool) throws(ExpressionFailure) -> [UInt8] {
    try missing("another entry")
  }
  func entry(inSection offset: UInt64) throws(ExpressionFailure) -> EntryID { try missing("another entry") }
  func variableValue(_ offset: UInt64) throws(ExpressionFailure) -> UInt64 { try missing("another variable") }
  func entryValue(_ expression: [UInt8]) throws(ExpressionFailure) -> StackValue { try missing("the calling frame") }
  func parameterValue(_ offset: UInt64) throws(ExpressionFailure) -> StackValue { try missing("the calling frame") }
}
