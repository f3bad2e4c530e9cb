/// A function, variable or type that debug information declares, for lists of them.
package struct SymbolEntry {
  package enum Kind: Sendable { case function, variable, type }
  /// Qualified; a function's with its parameters where the language has overloads.
  package let name: String
  /// As the compiler was given it.
  package let file: String
  /// nil for what is built into the compiler.
  package let line: Int?
  /// Known outside of its unit.
  package let isExternal: Bool
  package let language: SourceLanguage
  /// A variable's, a function's, or the type itself; nil where it is unknown.
  package let type: DataType?
}

extension SymbolEntry {
  /// gdb's order: by file, what other units know first, then by name.
  static func precedes(_ left: SymbolEntry, _ right: SymbolEntry) -> Bool {
    if left.file != right.file { return left.file < right.file }
    if left.isExternal != right.isExternal { return left.isExternal }
    if left.name != right.name { return left.name < right.name }
    return (left.line ?? 0) < (right.line ?? 0)
  }

  func isSame(as other: SymbolEntry) -> Bool {
    file == other.file && isExternal == other.isExternal && name == other.name && line == other.line
  }
}
