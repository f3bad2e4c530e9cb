package import MachineModel

/// What a name or a line stands for.
extension ProgramSymbols {
  /// Where to stop for a function: every overload, template and inlined copy of that name, after its prologue.
  /// `name` is unqualified, partly or fully qualified, with or without parameters or template arguments, a
  /// linkage name, or an ELF symbol where DWARF has nothing. `file` limits it to functions of that source file.
  package func locations(ofFunction name: String, inFile file: String? = nil) -> [CodeLocation] {
    fatalError("skeleton")
  }
  /// Where to stop for a line: the first `is_stmt` row of each function (and inlined copy) that has the line;
  /// where no code has it, the next line of that file that some has. `file` is a base name, an ending of a path,
  /// or a whole path. Empty where the file is unknown, or the line is past its last one.
  package func locations(ofLine line: Int, inFile file: String) -> [CodeLocation] { fatalError("skeleton") }
  /// The address after the prologue of the function that `entry` is the entry of (by its line table: the
  /// end-of-prologue mark, else the second line's row, else `entry` itself).
  package func afterPrologue(ofFunctionAt entry: VirtualAddress) -> VirtualAddress { fatalError("skeleton") }
  /// ELF symbols of that name (as is, or demangled), functions and objects.
  package func symbols(named name: String) -> [SymbolAddress] { fatalError("skeleton") }
  /// The source file (and line) that `list` without arguments begins with: the one of `main`.
  package func mainLocation() -> SourceLocation? { fatalError("skeleton") }
  /// Source files with code, absolute, sorted.
  package func sourceFiles() -> [String] { fatalError("skeleton") }
  /// Functions whose (qualified or last) name begins with `prefix`, sorted, at most `limit`: for completion.
  package func functionNames(prefix: String, limit: Int) -> [String] { fatalError("skeleton") }
  /// Functions that a predicate on the full name accepts, with their entries.
  package func functions(where accepts: (String) -> Bool, limit: Int) -> [CodeLocation] { fatalError("skeleton") }
}
