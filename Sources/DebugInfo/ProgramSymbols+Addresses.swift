package import MachineModel

/// What is known of an address.
extension ProgramSymbols {
  /// The scopes at an address, innermost first; the last is the function itself. Empty where nothing is known.
  package func scopes(at address: VirtualAddress) -> [CodeScope] { fatalError("skeleton") }
  /// What the line table says of an address (the nearest row at or before it, in its sequence).
  package func source(at address: VirtualAddress) -> SourceLocation? { fatalError("skeleton") }
  /// The rows around `address` that belong to its line: what `step` and `next` run through. Rows of line 0
  /// belong to the line before them. Each range lies within the innermost function.
  package func lineRanges(at address: VirtualAddress) -> [Range<VirtualAddress>] { fatalError("skeleton") }
  /// True where `address` is the first of an `is_stmt` row: where a step may end.
  package func isStatementStart(_ address: VirtualAddress) -> Bool { fatalError("skeleton") }
  package func symbol(at address: VirtualAddress) -> SymbolAddress? { fatalError("skeleton") }
}
