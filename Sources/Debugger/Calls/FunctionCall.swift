import DebugInfo
import MachineModel

/// A call of a function in the program that an expression asks for.
struct FunctionCall {
  /// What is passed, converted to what the function takes.
  enum Argument {
    case value(Value)
    /// A pointer to a copy of the value, which is gone after the call: what a reference to a temporary needs.
    case copy(Value)
  }

  let function: VirtualAddress
  /// As messages name it.
  let name: String
  /// What it returns.
  let result: DataType
  let arguments: [Argument]
}
