package import DebugInfo
package import MachineModel

/// Values as text, as gdb's `print` shows them.
package struct ValueFormatter {
  package let settings: SessionSettings
  package let language: SourceLanguage
  package init(settings: SessionSettings, language: SourceLanguage) {
    self.settings = settings
    self.language = language
  }

  /// As `print` shows it after `$1 = ` (pointers with their type in front). Never throws: what cannot be read
  /// stands as `<error: …>` or `<optimized out>` where its value would.
  package func text(_ value: Value, format: ValueFormat = .natural) -> String { "" }
  /// As `print` shows it; throws what makes `print` an error (memory that cannot be read).
  package func checkedText(_ value: Value, format: ValueFormat = .natural) throws(ExpressionError) -> String { "" }
  /// As `info locals` and members show it: as `text`, but pointers without their type.
  package func nestedText(_ value: Value, format: ValueFormat = .natural) -> String { "" }
  /// As a backtrace shows an argument: structures, unions and arrays as `...`.
  package func argumentText(_ value: Value) -> String { "" }
  /// A row of a variable tree. `id` is kept only where there are children.
  package func snapshot(name: String, _ value: Value, format: ValueFormat = .natural, id: @autoclosure () -> ValueID?)
    -> VariableSnapshot
  { VariableSnapshot(name: name, type: "", value: "") }
}

/// `x/NFU`: memory in rows.
package struct MemoryFormatter {
  package let settings: SessionSettings
  package let source: any ValueSource
  package init(settings: SessionSettings, source: any ValueSource) {
    self.settings = settings
    self.source = source
  }
  /// Rows of `count` units (strings for `.string`) from `address` on (backwards where `count` is negative), and
  /// where the next `x` goes on. `format.unitSize` nil: 4 bytes, 8 for addresses and doubles. Not for `.instruction`.
  package func rows(from address: VirtualAddress, count: Int, format: ValueFormat)
    -> (dump: MemoryDump, next: VirtualAddress)
  { (MemoryDump(rows: [], error: nil), address) }
}
