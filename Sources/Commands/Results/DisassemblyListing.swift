package import Debugger
package import MachineModel

/// `disassemble`.
package struct DisassemblyListing: CommandResult, Equatable {
  /// What the modifiers asked for besides the instructions.
  package struct Style: Sendable, Equatable {
    /// `/r`: the bytes of each instruction.
    package var showsBytes = false
    /// Whether source lines stand among the instructions.
    package enum Source: Sendable { case none, withFiles, linesOnly }
    /// The source lines above their instructions: `/s` names their files, `/m` parts them by blank lines.
    package var source = Source.none
    package init() {}
  }
  package let instructions: [InstructionRow]
  private let style: Style
  private let isRange: Bool
  /// Where the range that was asked for ends.
  private let end: VirtualAddress?
  /// The source lines of `/s`, by file and line.
  private let sources: [String: [Int: String]]

  package init(
    _ instructions: [InstructionRow], style: Style = .init(), isRange: Bool, end: VirtualAddress? = nil,
    sources: [String: [Int: String]] = [:]
  ) {
    self.instructions = instructions
    self.style = style
    self.isRange = isRange
    self.end = end
    self.sources = sources
  }
  private enum CodingKeys: CodingKey { case instructions }

  package var text: String {
    guard let first = instructions.first, let last = instructions.last else { return "No code there." }
    var lines: [String] = []
    let function = first.function.map(escapedName)
    if let function, !isRange {
      lines.append("Dump of assembler code for function \(function):")
    } else {
      let end = end ?? last.end
      lines.append("Dump of assembler code from \(first.address) to \(end):")
    }
    var shown: (file: String, line: Int)?
    let parts = isRange ? [instructions[...]] : Self.contiguousParts(instructions)
    for part in parts {
      if parts.count > 1, let first = part.first, let last = part.last {
        lines.append("Address range \(first.address) to \(last.end):")
        shown = nil
      }
      append(part, to: &lines, &shown)
    }
    if style.source == .linesOnly { lines.append("") }
    return (lines + ["End of assembler dump."]).joined(separator: "\n")
  }

  /// A function that the compiler has split has its parts apart.
  private static func contiguousParts(_ instructions: [InstructionRow]) -> [ArraySlice<InstructionRow>] {
    var parts: [ArraySlice<InstructionRow>] = []
    var start = 0
    for index in instructions.indices where index > 0 && instructions[index].address != instructions[index - 1].end {
      parts.append(instructions[start..<index])
      start = index
    }
    return parts + [instructions[start...]]
  }

  private func append(
    _ instructions: ArraySlice<InstructionRow>, to lines: inout [String], _ shown: inout (file: String, line: Int)?
  ) {
    for instruction in instructions {
      if style.source != .none, let file = instruction.file, let line = instruction.line {
        if shown?.file != file || shown?.line != line {
          if shown != nil { lines.append("") }
          if style.source == .withFiles, shown?.file != file {
            lines.append(escapedName(SourceName.display(file)) + ":")
          }
          lines.append("\(line)\t" + (sources[file]?[line] ?? "in \(escapedName(SourceName.display(file)))"))
          shown = (file, line)
        }
      }
      lines.append(row(instruction))
    }
  }

  private func row(_ instruction: InstructionRow) -> String {
    var text = instruction.isCurrent ? "=> " : "   "
    text += hexadecimal(instruction.address.rawValue, digits: 16)
    if let function = instruction.function {
      let offset = instruction.offset < 0 ? "\(instruction.offset)" : "+\(instruction.offset)"
      text += isRange ? " <\(escapedName(function))\(offset)>" : " <\(offset)>"
    }
    text += ":\t"
    if style.showsBytes { text += padded(Self.spaced(instruction.bytes), 19) + "\t" }
    return text + instruction.text + (instruction.comment.map { "        # \($0)" } ?? "")
  }

  /// `48 89 e5`.
  private static func spaced(_ bytes: String) -> String {
    var text = ""
    for (index, digit) in bytes.enumerated() {
      if index > 0, index % 2 == 0 { text += " " }
      text.append(digit)
    }
    return text
  }
}
