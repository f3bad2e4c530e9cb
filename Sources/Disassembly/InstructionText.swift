import CCapstone
import MachineModel

/// Capstone's text, turned into what objdump and gdb print: no space behind a comma, numbers in hexadecimal, size
/// suffixes only where no register tells the size, every scale and every encoded displacement written out.
struct InstructionText {
  let mnemonic: String
  let operands: String

  init(_ raw: sdb_instruction, bytes: ArraySlice<UInt8>, syntax: Disassembler.Syntax) {
    let mnemonic = text(of: raw.mnemonic)
    let operands = text(of: raw.operands)
    // Two bytes of padding, which Capstone takes for the no-op that it is.
    if bytes.elementsEqual([0x66, 0x90]) {
      self.mnemonic = "xchg"
      self.operands = syntax == .att ? "%ax,%ax" : "ax,ax"
      return
    }
    switch syntax {
    case .intel:
      var parts = operands.split(separator: ",").map {
        Self.intelOperand($0, hasDisplacement: raw.has_displacement)
      }
      if Self.isShiftByOne(bytes), parts.count == 2, parts[1] == "0x1" { parts[1] = "1" }
      var name = mnemonic
      if name == "nop", let first = parts.first, first.contains(" cs:") {
        name = Self.paddingPrefixes(bytes) + "cs nop"
        parts[0] = first.replacing(" cs:", with: " ")
      }
      let width = parts.first.map(Self.intelWidth) ?? 8
      self.mnemonic = name
      self.operands = parts.map { Self.unsignedImmediate($0, mark: "", bytes: width) }.joined(separator: ",")
    case .att:
      var parts = Self.split(operands).map { Self.attOperand($0, hasDisplacement: raw.has_displacement) }
      var name = Self.withoutSuffix(mnemonic, name: text(of: raw.name), operands: parts)
      if name.hasPrefix("nop"), let first = parts.first, first.hasPrefix("%cs:") {
        // A long no-op's segment prefix has no meaning.
        name = "cs " + name
        parts[0] = String(first.dropFirst(4))
      }
      if name == "movd", parts.contains(where: { Self.registerBytes($0) == 8 }) { name = "movq" }
      // The prefix that pads a call of __tls_get_addr (psABI, "Thread-Local Storage").
      if name == "lea", bytes.first == 0x66 { name = "data16 lea" }
      let prefixes = bytes.prefix { $0 == 0x66 }.count
      if name == "call", prefixes > 0, bytes.dropFirst(prefixes).first == 0x48 {
        name = String(repeating: "data16 ", count: prefixes) + "rex.W call"
      }
      if name.hasPrefix("cs nopw") { name = Self.paddingPrefixes(bytes) + name }
      if Self.isShiftByOne(bytes), parts.count == 2, parts[0] == "$0x1" { parts.removeFirst() }
      if Self.isString(name) { parts = Self.stringOperands(parts) }
      let width = Self.immediateWidth(name, parts)
      self.mnemonic = name
      self.operands = parts.map { Self.unsignedImmediate($0, mark: "$", bytes: width) }.joined(separator: ",")
    }
  }

  /// At the commas outside of parentheses.
  private static func split(_ operands: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in operands {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth == 0:
        parts.append(part)
        part = ""
        continue
      case " ": continue
      default: break
      }
      part.append(character)
    }
    return part.isEmpty ? parts : parts + [part]
  }

  /// `$5` → `$0x5`, `-4(%rbp)` → `-0x4(%rbp)`, `(%rax,%rcx)` → `0x0(%rax,%rcx,1)` where a 0 is encoded.
  private static func attOperand(_ operand: String, hasDisplacement: Bool) -> String {
    guard !operand.hasPrefix("%st(") else { return operand }
    guard let open = operand.firstIndex(of: "(") else { return hexadecimalNumbers(operand) }
    var before = hexadecimalNumbers(String(operand[..<open]))
    if hasDisplacement, before.isEmpty || before.hasSuffix(":") || before == "*" { before += "0x0" }
    var inside = String(operand[operand.index(after: open)...].dropLast())
    let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 2 { inside += ",1" }
    return "\(before)(\(inside))"
  }

  /// Decimal numbers that are no part of a register's name or of another number.
  private static func hexadecimalNumbers(_ text: String) -> String {
    var result = ""
    var word = ""
    func flush() {
      result += word.first?.isNumber == true ? (UInt64(word).map { hexadecimal($0) } ?? word) : word
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || character == "%" {
        word.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return result
  }

  /// A suffix is left out where a general register is an operand, and where 64 bits go without saying.
  private static func withoutSuffix(_ mnemonic: String, name: String, operands: [String]) -> String {
    let words = mnemonic.split(separator: " ")
    guard let last = words.last, let suffix = last.last, "bwlq".contains(suffix) else { return mnemonic }
    let isString = ["stos", "lods", "scas"].contains(last.dropLast())
    guard last.dropLast() == name || isString else { return mnemonic }
    let isImplied = ["call", "jmp", "push", "pop", "ret", "leave", "iret", "lret"].contains(name)
    // The count of a shift says nothing of what is shifted.
    let isShift = ["shl", "shr", "sar", "sal", "rol", "ror", "rcl", "rcr"].contains(name)
    let sized = isShift && operands.first == "%cl" && operands.count > 1 ? Array(operands.dropFirst()) : operands
    guard (isImplied && suffix != "w") || operands.isEmpty || sized.contains(where: isGeneralRegister) else {
      return mnemonic
    }
    return (words.dropLast() + [last.dropLast()]).joined(separator: " ")
  }

  private static func isGeneralRegister(_ operand: String) -> Bool { registerBytes(operand) != nil }

  /// The size of a general register by its name; nil for other operands.
  private static func registerBytes(_ operand: String) -> Int? {
    guard operand.hasPrefix("%"), !operand.contains("("), !operand.contains(":") else { return nil }
    let name = operand.dropFirst()
    if let digit = name.dropFirst().first, name.first == "r", digit.isNumber {
      return switch name.last {
      case "d": 4
      case "w": 2
      case "b": 1
      default: 8
      }
    }
    if name.count == 3, name.first == "r" { return 8 }
    if name.count == 3, name.first == "e" { return 4 }
    if name.count == 3, name.last == "l" { return 1 }
    guard name.count == 2, let last = name.last, !["cs", "ds", "es", "fs", "gs", "ss"].contains(name) else {
      return nil
    }
    return last == "l" || last == "h" ? 1 : 2
  }

  /// The operand-size prefixes of a long no-op, but for the one that counts.
  private static func paddingPrefixes(_ bytes: ArraySlice<UInt8>) -> String {
    String(repeating: "data16 ", count: max(0, bytes.prefix { $0 == 0x66 }.count - 1))
  }

  /// Opcodes D0 and D1: their 1 is no operand.
  private static func isShiftByOne(_ bytes: ArraySlice<UInt8>) -> Bool {
    let opcode = bytes.first { $0 & 0xf0 != 0x40 && $0 != 0x66 }
    return opcode == 0xd0 || opcode == 0xd1
  }

  private static func isString(_ mnemonic: String) -> Bool {
    let name = mnemonic.split(separator: " ").last ?? ""
    return ["stos", "lods", "scas", "movs", "cmps", "ins", "outs"].contains {
      name == $0 || (name.count == $0.count + 1 && name.hasPrefix($0) && "bwlq".contains(name.last ?? " "))
    }
  }

  /// With the segments that string instructions imply.
  private static func stringOperands(_ operands: [String]) -> [String] {
    operands.map { $0 == "(%rdi)" ? "%es:(%rdi)" : $0 == "(%rsi)" ? "%ds:(%rsi)" : $0 }
  }

  /// Of how many bytes an immediate operand is taken.
  private static func immediateWidth(_ mnemonic: String, _ operands: [String]) -> Int {
    if let register = operands.last.flatMap(registerBytes) { return register }
    return switch mnemonic.last {
    case "b": 1
    case "w": 2
    case "l": 4
    default: 8
    }
  }

  /// `$-0x10` → `$0xfffffffffffffff0`: the GNU tools show immediates unsigned.
  private static func unsignedImmediate(_ operand: String, mark: String, bytes: Int) -> String {
    let sign = mark + "-0x"
    guard operand.hasPrefix(sign), let value = UInt64(operand.dropFirst(sign.count), radix: 16) else { return operand }
    let bits = (0 &- value) & (bytes >= 8 ? .max : (1 << UInt64(bytes * 8)) - 1)
    return mark + hexadecimal(bits)
  }

  // MARK: Intel syntax

  /// `dword ptr [rbp - 4], 1` → `DWORD PTR [rbp-0x4],0x1`.
  private static func intelOperand(_ operand: Substring, hasDisplacement: Bool) -> String {
    var result = ""
    var rest = operand.drop { $0 == " " }
    let sizes = ["byte", "word", "dword", "fword", "qword", "tbyte", "xmmword", "ymmword", "zmmword", "ptr"]
    while let space = rest.firstIndex(of: " "), sizes.contains(String(rest[..<space])) {
      result += rest[..<space].uppercased() + " "
      rest = rest[rest.index(after: space)...]
    }
    guard let open = rest.firstIndex(of: "["), rest.last == "]" else {
      return result + hexadecimalNumbers(String(rest))
    }
    let inside = rest[rest.index(after: open)...].dropLast().filter { $0 != " " }
    var terms = inside.replacing("-", with: "+-").split(separator: "+").map(String.init)
    let isNumber = { (term: String) in term.drop { $0 == "-" }.first?.isNumber ?? false }
    let registers = terms.indices.filter { !isNumber(terms[$0]) }
    if registers.isEmpty, let address = terms.first {
      return result + (open == rest.startIndex ? "ds:" : rest[..<open]) + hexadecimalNumbers(address)
    }
    if registers.count == 2, !terms[registers[1]].contains("*") { terms[registers[1]] += "*1" }
    terms = terms.map { isNumber($0) ? hexadecimalNumbers($0) : $0 }
    if hasDisplacement, !terms.contains(where: isNumber) { terms.append("0x0") }
    // What is relative to the program counter is shown unsigned.
    if terms.first == "rip", terms.count == 2 { terms[1] = unsignedImmediate(terms[1], mark: "", bytes: 8) }
    let text = terms.joined(separator: "+").replacing("+-", with: "-")
    return "\(result)\(rest[..<open])[\(text)]"
  }

  /// Of how many bytes an immediate beside `operand` is taken.
  private static func intelWidth(_ operand: String) -> Int {
    for (name, bytes) in [("QWORD", 8), ("DWORD", 4), ("WORD", 2), ("BYTE", 1)] where operand.hasPrefix(name) {
      return bytes
    }
    return registerBytes("%" + operand) ?? 8
  }
}

/// The characters of a C array before its zero byte.
private func text<Characters>(of characters: Characters) -> String {
  withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
}
