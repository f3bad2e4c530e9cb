package import Debugger
package import MachineModel

/// `x`.
package struct ExamineResult: CommandResult, Equatable {
  package let dump: MemoryDump
  /// Where the selected frame stands: marked with `=>` among instructions; nil for data.
  package let programCounter: VirtualAddress?
  package let isInstructions: Bool
  package init(_ dump: MemoryDump, isInstructions: Bool, programCounter: VirtualAddress?) {
    self.dump = dump
    self.isInstructions = isInstructions
    self.programCounter = programCounter
  }

  package var text: String {
    var lines = dump.rows.map { row in
      let mark = isInstructions ? (row.address == programCounter ? "=> " : "   ") : ""
      let symbol = row.symbol.map { " <\(escapedName($0))>" } ?? ""
      return "\(mark)\(row.address)\(symbol):\t" + row.values.joined(separator: "\t")
    }
    if let error = dump.error { lines.append(error) }
    return lines.joined(separator: "\n")
  }
  package func encode(to encoder: any Encoder) throws { try dump.encode(to: encoder) }
}
