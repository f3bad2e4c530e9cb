package import DebugInfo
package import MachineModel

/// What an expression asks of its surroundings: the names that hold in the selected frame, and those that
/// the user made. Every look-up answers nil where there is no such thing.
package protocol EvaluationScope: ValueSource {
  /// Of the selected frame; decides how literals, types and values are read.
  var language: SourceLanguage { get }
  /// A parameter or local of the selected frame, the innermost block's first. One that is optimised out is a
  /// value at `.optimizedOut`.
  func variable(named name: String) -> Value?
  /// A global or static variable, by its (partly) qualified name; the selected frame's unit comes first. `file`
  /// (`'tour.c'::depth`) limits it to units of that source file.
  func global(named name: String, inFile file: String?) -> Value?
  /// A local or static variable of a function (`descend::count`), a local one of its innermost frame.
  func variable(named name: String, inFunction function: String) -> Value?
  /// A function as a value of function type, at its entry.
  func function(named name: String, inFile file: String?) -> Value?
  /// All functions of a (partly) qualified name, overloads and template instances, as values of function type.
  func functions(named name: String, inFile file: String?) -> [Value]
  /// The function that the linker knows by a name, of a type that is known from elsewhere.
  func function(linkageName: String, type: DataType) -> Value?
  /// The function whose code begins at an address.
  func function(at address: VirtualAddress) -> Value?
  /// A type by its name, with or without `struct`, `class`, `union` or `enum` before it.
  func type(named name: String) -> DataType?
  /// True for a namespace of just that name.
  func isNamespace(_ name: String) -> Bool
  /// An enumerator by its (qualified) name, as a value of its enumeration.
  func enumerator(named name: String) -> Value?
  /// True for an enumerator, and for a variable that only has a value (DW_AT_const_value).
  func isConstant(named name: String, inFile file: String?) -> Bool
  /// A symbol that has no debug information.
  func minimalSymbol(named name: String) -> SymbolAddress?
  /// A register of the selected frame by its name without `$`: `rip`, `pc`, `eax`, `xmm0`.
  func register(named name: String) -> Value?
  /// The qualified name of the function that the selected frame is in; nil where there is none.
  var functionName: String? { get }
  /// False where there is no process to have any.
  var hasRegisters: Bool { get }
  /// `set print object`: an object's members are those of the class that it really has.
  var seesWholeObjects: Bool { get }
  /// A convenience variable by its name without `$`.
  func convenienceVariable(named name: String) -> Value?
  func setConvenienceVariable(_ name: String, to value: Value)
  /// `$5`: the value that was recorded fifth.
  func history(number: Int) -> Value?
  /// The number of the value recorded last; 0 while there is none.
  var historyCount: Int { get }
  /// What the user has to hear of an expression that has a value all the same.
  func warn(_ text: String)
}

extension EvaluationScope {
  package func register(named name: String) -> Value? { RegisterValue.value(named: name, in: self) }
  package func functions(named name: String, inFile file: String?) -> [Value] {
    function(named: name, inFile: file).map { [$0] } ?? []
  }
  package func function(linkageName: String, type: DataType) -> Value? { nil }
  package func function(at address: VirtualAddress) -> Value? { nil }
  package func enumerator(named name: String) -> Value? { nil }
  package func isConstant(named name: String, inFile file: String?) -> Bool { false }
  package var functionName: String? { nil }
  package var hasRegisters: Bool { true }
  package func warn(_ text: String) {}
  package var seesWholeObjects: Bool { false }
}
