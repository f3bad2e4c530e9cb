import DebugInfo
import Disassembly
package import MachineModel

extension DebugSession {
  /// How far back of an address its function may begin to be decoded from there.
  private static let longestScan: UInt64 = 1 << 16
  /// Bytes of an x86-64 instruction, at most (Intel SDM volume 2, §2.3.11).
  private static let longestInstruction = Int(CallTracker.longestInstruction)

  /// Instructions from `start` on, as far as memory and `limit` go.
  func decode(
    from start: VirtualAddress, limit: Int, end: VirtualAddress? = nil
  ) throws(SessionError) -> [Instruction] {
    guard Disassembler.isAvailable else {
      throw .refused("Cannot disassemble: libcapstone.so.4 could not be loaded (Debian's package is libcapstone4).")
    }
    let disassembler = Disassembler(syntax: settings.disassemblySyntax)
    // The last instruction may reach past the end.
    let length = end.map { Int(truncatingIfNeeded: min($0 - start, 1 << 20)) + Self.longestInstruction }
    var bytes = [UInt8](repeating: 0, count: length ?? min(limit, 1 << 16) * Self.longestInstruction)
    let got = bytes.withUnsafeMutableBytes { currentMemory.read(start, into: $0) }
    let found = disassembler.instructions(Array(bytes.prefix(got)), at: start, limit: limit)
    guard let end else { return found }
    return Array(found.prefix { $0.address < end })
  }

  /// - Parameter function: what it is named after; nil: the symbol there.
  func row(_ instruction: Instruction, pc: VirtualAddress?, function: SymbolAddress? = nil) -> InstructionRow {
    let scope = function ?? symbols.symbol(at: instruction.address)
    let target: VirtualAddress? =
      switch instruction.flow {
      case .call(let target), .jump(let target, _): target
      default: nil
      }
    let source = symbols.source(at: instruction.address)
    var text =
      instruction.operands.isEmpty
      ? instruction.mnemonic : instruction.mnemonic.padded(to: 6) + " " + instruction.operands
    if let target, let name = symbolText(target) { text += " <\(name)>" }
    return InstructionRow(
      address: instruction.address, function: scope?.name,
      offset: scope.map { Int64(bitPattern: instruction.address - $0.address) } ?? 0,
      bytes: hexadecimalDigits(instruction.bytes), text: text,
      comment: instruction.referenced.map { address in
        symbolText(address).map { "\(address) <\($0)>" } ?? address.description
      }, isCurrent: instruction.address == pc, file: source?.file, line: source?.line)
  }

  /// The function around an address expression, or a range `START,END` / `START,+LENGTH`; nil: the selected frame's.
  package func disassemble(_ range: String?) async throws(SessionError) -> [InstructionRow] {
    let pc = await selectedProgramCounter()
    let parts = range.map { splitArguments($0) } ?? []
    let bounds: [Range<VirtualAddress>]
    if parts.count == 2 {
      let start = try await address(of: parts[0])
      let end =
        parts[1].hasPrefix("+")
        ? start + (try await address(of: String(parts[1].dropFirst()))).rawValue : try await address(of: parts[1])
      guard start < end else { throw .refused("The range is empty.") }
      bounds = [start..<end]
    } else {
      let place: VirtualAddress
      if let expression = range {
        place = try await address(of: expression)
      } else if let pc {
        place = pc
      } else {
        throw .noFrame("No frame selected.")
      }
      bounds = try codeRanges(around: place)
    }
    // A part that the compiler has moved away counts from the function's entry, not from a symbol of its own.
    let function = bounds.count > 1 ? bounds.first.flatMap { symbols.symbol(at: $0.lowerBound) } : nil
    var rows: [InstructionRow] = []
    for bound in bounds {
      rows += try decode(from: bound.lowerBound, limit: .max, end: bound.upperBound).map {
        row($0, pc: pc, function: function)
      }
    }
    guard !rows.isEmpty else { throw .memory(bounds.first?.lowerBound ?? VirtualAddress(0)) }
    return rows
  }

  private func selectedProgramCounter() async -> VirtualAddress? {
    guard process != nil else { return nil }
    return try? await selectedInternalFrame().programCounter
  }

  private func codeRanges(around place: VirtualAddress) throws(SessionError) -> [Range<VirtualAddress>] {
    if let scope = symbols.scopes(at: place).last, !scope.ranges.isEmpty { return scope.ranges }
    guard let symbol = symbols.symbol(at: place), symbol.size > 0 else {
      throw .refused("No function contains specified address.")
    }
    return [symbol.address..<(symbol.address + symbol.size)]
  }

  /// `count` instructions around an address, for a pane; works where no function is known.
  package func instructions(around address: VirtualAddress, before: Int, after: Int) async throws(SessionError)
    -> [InstructionRow]
  {
    let pc = await selectedProgramCounter()
    // Instructions can be decoded forwards only: from the function's beginning, where it is near enough.
    let start = (try? codeRanges(around: address))?.first { $0.contains(address) }?.lowerBound
    var rows: [InstructionRow] = []
    if let start, address > start, address < start + Self.longestScan {
      let preceding = try decode(from: start, limit: .max, end: address)
      rows = preceding.suffix(before).map { row($0, pc: pc) }
    }
    rows += try decode(from: address, limit: after).map { row($0, pc: pc) }
    guard !rows.isEmpty else { throw .memory(address) }
    return rows
  }
}

extension InstructionRow {
  /// The instruction with what its operand names: `mov 0x2ee4(%rip),%rax        # 0x404038 <g>`.
  var displayText: String { comment.map { "\(text)        # \($0)" } ?? text }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - utf8.count)) }
}
