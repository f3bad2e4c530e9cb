import CDw
import Elf
import MachineModel

/// Where a function's body begins, as gdb sees it, so that breakpoints by name land at the same instruction.
/// Addresses are the image's own.
struct Prologue {
  private let image: LoadedImage

  init(_ image: LoadedImage) { self.image = image }

  /// Past the prologue of the function that `entry` is the entry of.
  func end(ofFunctionAt entry: UInt64) -> UInt64 {
    guard let unit = image.unit(at: ImageAddress(entry)) else { return afterFrameSetup(entry) }
    // Optimised code of gcc states every place from the entry on; assembler has no prologue to speak of.
    if unit.hasValidLocationsAtEntry || unit.language == .assembler { return entry }
    let function = unit.function(at: entry)?.ranges.first { $0.contains(entry) } ?? entry..<entry &+ 1
    if unit.isByLLVM, let end = byLines(unit, function) { return end }
    let end = afterFrameSetup(entry)
    if unit.language == .swift, let body = firstLine(unit, function) { return body }
    guard let row = unit.lines.row(at: end), unit.lines.rows[row].address != end else { return end }
    // In mid-line: that line is set-up as a whole, unless the function ends with it.
    let next = unit.lines.end(ofRow: row)
    return function.contains(next) ? next : end
  }

  /// The first statement that has a line, behind the entry: Swift's functions begin with rows of line 0 or of the
  /// declaration.
  private func firstLine(_ unit: Unit, _ function: Range<UInt64>) -> UInt64? {
    let rows = unit.lines.rows
    return unit.lines.rowIndexes(in: function)
      .first { rows[$0].isStatement && !rows[$0].endsSequence && rows[$0].address > function.lowerBound }
      .map { rows[$0].address }
  }

  /// By the line table alone: the compiler's mark, else the second row ends the prologue, if it is of the same line or a later one, or of another
  /// file; a row of an earlier line was moved up by the optimiser, and belongs to it still.
  private func byLines(_ unit: Unit, _ function: Range<UInt64>) -> UInt64? {
    let lines = unit.lines
    if let mark = lines.rowIndexes(in: function).first(where: {
      lines.rows[$0].endsPrologue && function.contains(lines.rows[$0].address)
    }) {
      return lines.rows[mark].address
    }
    guard var row = lines.row(at: function.lowerBound) else { return nil }
    let first = lines.rows.firstIndex(past: { $0.address >= lines.rows[row].address })
    // Two rows at the entry: a prologue without instructions.
    if first + 1 < lines.rows.count, !lines.rows[first + 1].endsSequence,
      lines.rows[first + 1].address == function.lowerBound
    {
      return function.lowerBound
    }
    guard lines.end(ofRow: row) < function.upperBound else { return nil }
    while let next = lines.row(at: lines.end(ofRow: row)), lines.end(ofRow: row) < function.upperBound {
      let (current, candidate) = (lines.rows[row], lines.rows[next])
      if candidate.line >= current.line || candidate.file != current.file { break }
      let blocks = CodePlace(image, ImageAddress(lines.end(ofRow: row)))?.blocks() ?? []
      if blocks.contains(where: { $0.tag == DW_TAG_inlined_subroutine }) { break }
      row = next
    }
    let end = lines.end(ofRow: row)
    return end < function.upperBound ? end : lines.rows[row].address
  }

  /// Past `push %rbp; mov %rsp, %rbp`, with what may stand before it: `endbr64`, or code that aligns the stack.
  /// Without a frame pointer there is nothing to skip.
  private func afterFrameSetup(_ entry: UInt64) -> UInt64 {
    guard let offset = image.elf.offset(of: ImageAddress(entry)) else { return entry }
    let available = UInt64(image.elf.mapping.bytes.count) &- offset.rawValue
    guard let code = image.elf.mapping.slice(offset.rawValue, size: min(32, available)) else { return entry }
    var at = 0
    func next(_ bytes: [UInt8]) -> Bool { code.dropFirst(at).starts(with: bytes) }
    at += Self.stackAlignment(code)
    if next([0xf3, 0x0f, 0x1e, 0xfa]) { at += 4 }
    guard next([0x55]) else { return entry }
    at += 1
    guard next([0x48, 0x89, 0xe5]) || next([0x48, 0x8b, 0xec]) else { return entry }
    return entry &+ UInt64(at + 3)
  }

  /// The length of `lea 8(%rsp), %reg; and $-N, %rsp; push -8(%reg)`, or 0.
  private static func stackAlignment(_ code: UnsafeRawBufferPointer) -> Int {
    guard code.count >= 20 else { return 0 }
    // REX.W with or without R; the register stands in bits 3…5 of ModRM.
    guard code[0] == 0x48 || code[0] == 0x4c, code[1] == 0x8d, code[2] & 0xc7 == 0x44, code[3] == 0x24, code[4] == 0x08
    else { return 0 }
    let register = code[2] >> 3 & 7
    guard code[5] == 0x48, code[6] == 0x81 || code[6] == 0x83, code[7] == 0xe4 else { return 0 }
    var at = code[6] == 0x81 ? 12 : 9
    if code[0] == 0x4c {
      guard code[at] == 0x41 else { return 0 }
      at += 1
    }
    return code[at] == 0xff && code[at + 1] == 0x70 | register && code[at + 2] == 0xf8 ? at + 3 : 0
  }
}
