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
    let start: VirtualAddress
    if let expression {
      start = try await address(of: expression)
    } else if let nextExamined {
      start = nextExamined
    } else {
      throw .refused("Argument required (starting display address).")
    }
    let scope = try await selectedScope()
    if format.letter == .instruction {
      let dump = try examineInstructions(from: start, count: count, scope)
      rememberExamined(dump.rows.last?.address, unit: nil, in: scope)
      return dump
    }
    let formatter = MemoryFormatter(settings: settings, source: scope)
    let (dump, next) = formatter.rows(from: start, count: count, format: format)
    nextExamined = next
    if dump.rows.isEmpty, let error = dump.error { throw .expression(error) }
    let unit = format.letter == .string ? nil : formatter.unitSize(format)
    rememberExamined(
      dump.rows.last.map { $0.address + (unit ?? 0) * max(0, $0.values.count - 1) }, unit: unit, in: scope)
    return dump
  }

  /// `$_` is the address that was examined last, `$__` what stands there.
  private func rememberExamined(_ address: VirtualAddress?, unit: Int?, in scope: FrameScope) {
    guard let address else { return }
    let size = UInt64(unit ?? 1)
    let type = DataType(.base(.signed), name: "int\(size * 8)_t", byteSize: size)
    history.convenience["_"] = Value(type: .pointer(to: type), address: address, source: scope)
    let contents = Value(type: type, location: .memory(address), source: scope)
    history.convenience["__"] = unit == nil ? nil : contents.loaded()
  }

  private func examineInstructions(from start: VirtualAddress, count: Int, _ scope: FrameScope) throws(SessionError)
    -> MemoryDump
  {
    let pc = process == nil ? nil : scope.frame.programCounter
    let found = try count < 0 ? instructions(before: start, count: -count) : decode(from: start, limit: count)
    let rows = found.map { instruction in
      MemoryDump.Row(
        address: instruction.address, symbol: symbolText(instruction.address),
        values: [row(instruction, pc: pc).displayText])
    }
    guard count >= 0 else {
      nextExamined = found.first?.address ?? start
      return MemoryDump(rows: rows, error: nil)
    }
    let end = found.last.map { $0.address + $0.bytes.count } ?? start
    nextExamined = end
    return MemoryDump(
      rows: rows, error: found.count < count ? SessionError.memory(end).description : nil)
  }

  /// Those that end right before an address: by decoding from where its function begins.
  private func instructions(before end: VirtualAddress, count: Int) throws(SessionError) -> [Instruction] {
    guard let start = symbols.symbol(at: end - 1 as VirtualAddress)?.address, start < end, end - start < 1 << 20 else {
      return []
    }
    return Array(try decode(from: start, limit: 1 << 16, end: end).suffix(min(count, 1 << 16)))
  }

  /// `main+4`, or nil.
  func symbolText(_ address: VirtualAddress) -> String? {
    guard let symbol = symbols.symbol(at: address) else { return nil }
    let name = codeName(of: symbol)
    return symbol.address == address ? name : "\(name)+\((address - symbol.address) as UInt64)"
  }

  private func codeName(of symbol: SymbolAddress) -> String {
    let isDemangled = settings.printAsmDemangle
    guard symbol.isFunction, symbol.rawName == symbol.name || !isDemangled else { return symbol.name }
    let described = symbols.described(symbol)
    return isDemangled ? described.name : described.rawName
  }
}
