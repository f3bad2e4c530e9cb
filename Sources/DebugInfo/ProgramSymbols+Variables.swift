package import MachineModel

/// Variables, their types, and where they live.
extension ProgramSymbols {
  /// The variables of a scope that hold at `address`: of a function or inlined copy and its lexical blocks,
  /// innermost block first, in each in the order of their declaration; arguments with `.argument`.
  package func variables(in scope: EntryID, at address: VirtualAddress) -> [Variable] { fatalError("skeleton") }
  /// Global and static variables of that (partly) qualified name; those of `near`'s unit come first.
  package func globals(named name: String, near address: VirtualAddress?) -> [Variable] { fatalError("skeleton") }
  /// A type of that name, with or without `struct`, `class`, `union`, `enum`; the definition rather than a declaration.
  package func type(named name: String, near address: VirtualAddress?) -> DataType? { fatalError("skeleton") }
  /// The type of a function (`.function` with result and parameters).
  package func functionType(_ function: EntryID) -> DataType? { fatalError("skeleton") }
  /// Where a variable lives in a frame. Every failure is a case of the result.
  package func locate(_ variable: Variable, in frame: any FrameContext) -> Location { fatalError("skeleton") }
  /// Evaluates a bare DWARF expression with `initial` on the stack (a member's DW_AT_data_member_location).
  package func evaluate(_ expression: [UInt8], initial: [UInt64], in frame: any FrameContext) -> Location {
    fatalError("skeleton")
  }
}
