import DebugInfo
import Disassembly
package import MachineModel
import Tracing

/// Where `x` goes on when it is given no address, and how.
struct ExaminedMemory {
  var next: VirtualAddress
}

extension DebugSession {
  /// How far back of an address its function may begin to be decoded from there.
  private static let longestScan: UInt64 = 1 << 16
  /// Bytes of an x86-64 instruction, at most (Intel SDM volume 2, §2.3.11).
  private static let longestInstruction = 15

  /// Memory as it is now: the process's, or the program file's.
  var currentMemory: any MemoryReader { process?.memory ?? ImageFileMemory(symbols.images) }

  /// `x/NFU ADDRESS`. nil: from where the last one ended. `count` counts units, strings or instructions.
  package func examine(_ expression: String?, count: Int, format: ValueFormat) async throws(SessionError) -> MemoryDump
  {
    let scope = try await selectedScope()
    let start: VirtualAddress
    if let expression {
      start = try expressionResult { () throws(ExpressionError) in
        try ExpressionEvaluator(scope: scope).address(expression)
      }
    } else if let examined {
      start = examined.next
    } else {
      throw .refused("Argument required (starting display address).")
    }
    if format.letter == .instruction { return examineInstructions(from: start, count: count, scope) }
    let (dump, next) = MemoryFormatter(settings: settings, source: scope).rows(
      from: start, count: count, format: format)
    examined = ExaminedMemory(next: next)
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
    examined = ExaminedMemory(next: end)
    return MemoryDump(
      rows: rows, error: found.count < count ? "Cannot access memory at address \(end)" : nil)
  }

  /// `main+4`, or nil.
  func symbolText(_ address: VirtualAddress) -> String? {
    guard let symbol = symbols.symbol(at: address) else { return nil }
    return symbol.address == address ? symbol.name : "\(symbol.name)+\((address - symbol.address) as UInt64)"
  }

  // MARK: Instructions

  /// Instructions from `start` on, as far as memory and `limit` go.
  private func decode(
    from start: VirtualAddress, limit: Int, end: VirtualAddress? = nil
  ) -> [Instruction] {
    let disassembler = Disassembler(syntax: settings.disassemblySyntax)
    // The last instruction may reach past the end.
    let length = end.map { Int(truncatingIfNeeded: min($0 - start, 1 << 20)) + Self.longestInstruction }
    var bytes = [UInt8](repeating: 0, count: length ?? min(limit, 1 << 16) * Self.longestInstruction)
    let got = bytes.withUnsafeMutableBytes { currentMemory.read(start, into: $0) }
    let found = disassembler.instructions(Array(bytes.prefix(got)), at: start, limit: limit)
    guard let end else { return found }
    return Array(found.prefix { $0.address < end })
  }

  private func row(_ instruction: Instruction, pc: VirtualAddress?) -> InstructionRow {
    let scope = symbols.symbol(at: instruction.address)
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
      offset: scope.map { instruction.address - $0.address } ?? 0,
      bytes: instruction.bytes.map { hexadecimal($0, digits: 2).dropFirst(2) }.joined(), text: text,
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
    let rows = bounds.flatMap { bound in
      decode(from: bound.lowerBound, limit: .max, end: bound.upperBound).map { row($0, pc: pc) }
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
      let preceding = decode(from: start, limit: .max, end: address)
      rows = preceding.suffix(before).map { row($0, pc: pc) }
    }
    rows += decode(from: address, limit: after).map { row($0, pc: pc) }
    guard !rows.isEmpty else { throw .memory(address) }
    return rows
  }

  // MARK: Searching

  /// `find START, +LENGTH|END, VALUE…` with its options; the addresses found.
  package func find(_ arguments: String) async throws(SessionError) -> [VirtualAddress] {
    var text = arguments.drop { $0 == " " }
    var unit: Int?
    var most = Int.max
    if text.hasPrefix("/") {
      let options = text.dropFirst().prefix { $0 != " " }
      text = text.dropFirst(options.count + 1)
      let digits = options.filter(\.isNumber)
      if let count = Int(digits) { most = count }
      for (letter, size) in [("b", 1), ("h", 2), ("w", 4), ("g", 8)] where options.contains(letter) { unit = size }
    }
    let parts = splitArguments(String(text))
    guard parts.count >= 3 else { throw .refused("Missing search parameters: find START, +LENGTH, VALUE…") }
    let start = try await address(of: parts[0])
    let length: UInt64
    if parts[1].hasPrefix("+") {
      length = try await address(of: String(parts[1].dropFirst())).rawValue
    } else {
      let end = try await address(of: parts[1])
      guard end >= start else { throw .refused("Invalid search space, end precedes start.") }
      length = (end - start) as UInt64 &+ 1
    }
    var pattern: [UInt8] = []
    for part in parts.dropFirst(2) { pattern += try await patternBytes(part, unit: unit) }
    guard !pattern.isEmpty else { throw .refused("The search pattern is empty.") }
    return try search(pattern, from: start, length: length, most: most)
  }

  private func patternBytes(_ expression: String, unit: Int?) async throws(SessionError) -> [UInt8] {
    let scope = try await selectedScope()
    return try expressionResult { () throws(ExpressionError) in
      let value = try ExpressionEvaluator(scope: scope).evaluate(expression)
      do throws(Unavailability) {
        let bytes = Array(try value.contents().bytes)
        // A string is searched without its final zero, as gdb does.
        if case .array = value.type.kind { return bytes.last == 0 ? bytes.dropLast() : bytes }
        return unit.map { unit in (0..<unit).map { $0 < bytes.count ? bytes[$0] : 0 } } ?? bytes
      } catch {
        throw ExpressionError(error)
      }
    }
  }

  private func search(
    _ pattern: [UInt8], from start: VirtualAddress, length: UInt64, most: Int
  ) throws(SessionError) -> [VirtualAddress] {
    let memory = currentMemory
    let chunk = 1 << 20
    var found: [VirtualAddress] = []
    var offset: UInt64 = 0
    while offset < length, found.count < most {
      // Chunks overlap by all but one byte of the pattern, so that no match is cut.
      let wanted = Int(min(UInt64(chunk + pattern.count - 1), length - offset))
      var bytes = [UInt8](repeating: 0, count: wanted)
      let got = bytes.withUnsafeMutableBytes { memory.read(start + offset, into: $0) }
      bytes.withUnsafeBytes { buffer in
        var index = 0
        while index + pattern.count <= got, index < chunk, found.count < most {
          if buffer[index] == pattern[0], buffer[index..<(index + pattern.count)].elementsEqual(pattern) {
            found.append(start + offset + index as VirtualAddress)
          }
          index += 1
        }
      }
      guard got == wanted else {
        if offset == 0, got == 0 { throw .memory(start) }
        break
      }
      offset += UInt64(chunk)
    }
    return found
  }

  /// Splits at commas that are not inside parentheses, brackets or quotes.
  private func splitArguments(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      switch character {
      case "\"", "'": quote = quote == nil ? character : quote == character ? nil : quote
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
      if character == ",", depth == 0, quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
  }

  // MARK: Registers

  /// nil names: all general registers. Of the selected frame.
  package func registers(named names: [String]?, includingVectors: Bool) async throws(SessionError) -> [RegisterRow] {
    guard process != nil else { throw .notRunning }
    let scope = try await selectedScope()
    let formatter = ValueFormatter(settings: settings, language: .c)
    var chosen = names ?? RegisterRow.generalNames
    if names == nil, includingVectors { chosen += (0..<16).map { "xmm\($0)" } + (0..<8).map { "st\($0)" } }
    var rows: [RegisterRow] = []
    for name in chosen {
      let bare = name.hasPrefix("$") ? String(name.dropFirst()) : name
      guard let value = scope.register(named: bare) else { throw .refused("Invalid register `\(bare)'") }
      if (try? value.contents()) == nil {
        rows.append(RegisterRow(name: bare, raw: "<not saved>", natural: "<not saved>"))
      } else {
        rows.append(
          RegisterRow(
            name: bare, raw: formatter.nestedText(value, format: ValueFormat(.hexadecimal)),
            natural: formatter.nestedText(value)))
      }
    }
    return rows
  }
}

extension RegisterRow {
  /// In the order of gdb's `info registers`.
  static let generalNames = [
    "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
    "rip", "eflags", "cs", "ss", "ds", "es", "fs", "gs", "fs_base", "gs_base",
  ]
}

extension InstructionRow {
  /// The instruction with what its operand names: `mov 0x2ee4(%rip),%rax        # 0x404038 <g>`.
  var displayText: String { comment.map { "\(text)        # \($0)" } ?? text }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - utf8.count)) }
}
