/// What answers questions about single functions of a file before all its names are there. Immutable, for any thread.
struct FunctionFinder: Sendable {
  let reader: UnitReader
  /// nil where no table tells.
  let names: UnitNames?

  /// More bytes of entries take as long as the whole index is worth: some ten milliseconds.
  private static let mostBytes: UInt64 = 4 << 20

  init(_ reader: UnitReader) {
    self.reader = reader
    names = UnitNames(reader)
  }

  /// The names of some units; nil where they are too many.
  func index(of units: Set<Int>) -> NameIndex? {
    reader.size(of: units) <= Self.mostBytes ? reader.names(of: Array(units)) : nil
  }
}
