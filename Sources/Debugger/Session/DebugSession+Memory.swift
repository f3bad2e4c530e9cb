import DebugInfo
import Disassembly
import MachineModel
import Tracing

extension DebugSession {
  /// Memory as it is now: the process's, or the program file's.
  var currentMemory: any MemoryReader { process?.memory ?? ImageFileMemory(symbols.images) }

  /// `x/NFU ADDRESS`. nil: from where the last one ended. `count` counts units, strings or instructions.
  package func examine(_ expression: String?, count: Int, format: ValueFormat) async throws(SessionError) -> MemoryDump
  {
    let scope = try await selectedScope(for: expression ?? "")
    let start: VirtualAddress
    if let expression {
      start = try expressionResult { () throws(ExpressionError) in
        try ExpressionEvaluator(scope: scope).address(expression)
      }
    } else if let nextExamined {
      start = nextExamined
    } else {
      throw .refused("Argument required (starting display address).")
    }
    if format.letter == .instruction { return examineInstructions(from: start, count: count, scope) }
    let (dump, next) = MemoryFormatter(settings: settings, source: scope).rows(
      from: start, count: count, format: format)
    nextExamined = next
    if dump.rows.isEmpty, let error = dump.error { throw .expression(error) }
    return dump
  }

  private func examineInstructions(from start: VirtualAddress, count: Int, _ scope: FrameScope) -> MemoryDump {
    let pc = process == nil ? nil : scope.frame.programCounter
    let found = decode(from: start, limit: max(0, count))
    let rows = found.map { instruction in
      MemoryDump.Row(
        address: instruction.address, symbol: symbolText(instruction.address),
        values: [row(instruction, pc: pc).displayText])
    }
    let end = found.last.map { $0.address + $0.bytes.count } ?? start
    nextExamined = end
    return MemoryDump(
      rows: rows, error: found.count < count ? SessionError.memory(end).description : nil)
  }

  /// `main+4`, or nil.
  func symbolText(_ address: VirtualAddress) -> String? {
    guard let symbol = symbols.symbol(at: address) else { return nil }
    return symbol.address == address ? symbol.name : "\(symbol.name)+\((address - symbol.address) as UInt64)"
  }
}
