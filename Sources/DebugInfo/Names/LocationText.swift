import CDw
import MachineModel

/// Where a variable lives, in gdb's words: `a variable in $rax`, `multi-location: …`. Addresses are the process's.
struct LocationText {
  let image: LoadedImage
  /// The function's frame base (DWARF 5 §3.3.5), for what is relative to it.
  let frameBase: [UInt8]?
  /// Any entry of the unit whose types expressions name.
  private let unit: DIE?

  init(_ image: LoadedImage, function: DIE?) {
    self.image = image
    unit = function
    frameBase = function?.block(DW_AT_frame_base)
  }

  /// Of DW_AT_location; nil where there is none.
  func text(of variable: DIE) -> String? {
    guard let location = variable.attribute(DW_AT_location) else { return nil }
    if let bytes = location.block {
      return address(bytes, unit: variable).map { "static storage at address \($0)" } ?? text(of: bytes)
    }
    return "multi-location:\n" + ranges(location, unit: variable.unit)
  }

  /// The address that is all of an expression.
  private func address(_ bytes: [UInt8], unit entry: DIE) -> VirtualAddress? {
    var at = 0
    guard let operation = try? ExpressionOperation(bytes, at: &at), at == bytes.count else { return nil }
    switch operation.code {
    case DW_OP_addr: return image.virtualAddress(ImageAddress(operation.first))
    case DW_OP_addrx, DW_OP_GNU_addr_index:
      var address: Dwarf_Addr = 0
      guard sdb_indexed_address(entry.raw.cu, operation.first, &address) == 0 else { return nil }
      return image.virtualAddress(ImageAddress(address))
    default: return nil
    }
  }

  private func ranges(_ list: Attribute, unit: DIE) -> String {
    var text = ""
    var base: Dwarf_Addr = 0
    var start: Dwarf_Addr = 0
    var end: Dwarf_Addr = 0
    var operations: UnsafeMutablePointer<Dwarf_Op>?
    var count = 0
    var position = 0
    var known = unit.address(DW_AT_low_pc) ?? 0
    while true {
      position = list.with { sdb_getlocations($0, position, &base, &start, &end, &operations, &count) }
      guard position > 0 else { return text }
      if base != known { text += "  Base address \(hexadecimal(base))" }
      known = base
      let bytes = ExpressionOperation.encoded(UnsafeBufferPointer(start: operations, count: count)) ?? []
      let range = image.virtualRange(start..<max(start, end))
      text += "  Range \(range.lowerBound)-\(range.upperBound): \(self.text(of: bytes))\n"
    }
  }

  /// Of an expression: piece by piece, in words where there are some for it, else operation by operation.
  func text(of bytes: [UInt8]) -> String {
    guard !bytes.isEmpty else { return "optimized out" }
    var text = ""
    var at = 0
    while at < bytes.count {
      if !text.isEmpty { text += ", and " }
      let (operations, piece, next) = operations(bytes, from: at)
      if operations.isEmpty, let piece {
        text += "an empty " + piece.drop { $0 == " " || $0 == "[" }.dropLast()
        at = next
        continue
      }
      if let words = words(operations.map(\.operation)) {
        text += words
      } else {
        text +=
          "a complex DWARF expression:\n" + listing(operations, indentation: 0, from: -at) + (piece == nil ? "" : "   ")
      }
      if let piece { text += piece }
      guard next > at else { break }
      at = next
    }
    return text
  }

  private typealias Placed = (offset: Int, operation: ExpressionOperation)

  /// Those up to a piece's end, and how that is said.
  private func operations(_ bytes: [UInt8], from start: Int) -> (list: [Placed], piece: String?, next: Int) {
    var found: [Placed] = []
    var at = start
    while at < bytes.count {
      let offset = at
      guard let operation = try? ExpressionOperation(bytes, at: &at) else { return (found, nil, bytes.count) }
      switch operation.code {
      case DW_OP_piece: return (found, " [\(operation.first)-byte piece]", at)
      case DW_OP_bit_piece:
        let offset = operation.second == 0 ? "" : ", offset \(operation.second) bits"
        return (found, " [\(operation.first)-bit piece\(offset)]", at)
      default: found.append((offset, operation))
      }
    }
    return (found, nil, at)
  }

  private func words(_ operations: [ExpressionOperation]) -> String? {
    guard let first = operations.first else { return nil }
    let signed = Int64(bitPattern: first.first)
    switch (first.code, operations.count) {
    case (DW_OP_reg0...DW_OP_reg31, 1): return "a variable in $\(registerName(first.code - DW_OP_reg0))"
    case (DW_OP_regx, 1): return "a variable in $\(registerName(Int(clamping: first.first)))"
    case (DW_OP_fbreg, 1): return frameRelative(signed)
    case (DW_OP_lit0...DW_OP_lit31, 2) where operations[1].code == DW_OP_stack_value:
      return "the constant \(first.code - DW_OP_lit0)"
    case (_, 2) where [DW_OP_form_tls_address, DW_OP_GNU_push_tls_address].contains(operations[1].code):
      return "a thread-local variable at offset \(hexadecimal(first.first)) in the thread-local storage for "
        + "`\(image.mapping.name)'"
    default: return nil
    }
  }

  private func frameRelative(_ offset: Int64) -> String? {
    var at = 0
    guard let frameBase, let base = try? ExpressionOperation(frameBase, at: &at), at == frameBase.count else {
      return nil
    }
    switch base.code {
    case DW_OP_breg0...DW_OP_breg31:
      let from = Int64(bitPattern: base.first)
      return "a variable at frame base reg $\(registerName(base.code - DW_OP_breg0)) offset \(from)+\(offset)"
    case DW_OP_reg0...DW_OP_reg31:
      return "a variable at frame base reg $\(registerName(base.code - DW_OP_reg0)) offset 0+\(offset)"
    default: return nil
    }
  }

  private func listing(_ operations: [Placed], indentation: Int, from base: Int) -> String {
    // What lists have between operations is there to keep their places; no compiler has other ones.
    operations.filter { $0.operation.code != DW_OP_nop }.map { offset, operation in
      let place = String(base + offset)
      let margin = String(repeating: " ", count: max(0, 4 + indentation - place.count))
      var line = "  \(margin)\(place): \(text(of: operation, at: base + offset))\n"
      if operation.code == DW_OP_entry_value || operation.code == DW_OP_GNU_entry_value, indentation < 16 {
        let inner = self.operations(operation.block, from: 0).list
        // The nested expression begins behind the code and its length.
        line += listing(inner, indentation: indentation + 2, from: base + offset + 2)
      }
      return line
    }.joined()
  }

  /// With what only the unit, or the operation's place, tells.
  private func text(of operation: ExpressionOperation, at place: Int) -> String {
    switch operation.code {
    case DW_OP_convert, DW_OP_GNU_convert, DW_OP_reinterpret, DW_OP_GNU_reinterpret:
      guard operation.first != 0 else { return operation.listing + "<0>" }
      guard let type = unit?.entry(inUnit: operation.first)?.name else { return operation.listing }
      return operation.listing + "<\(shortIntegerName(type)) [\(hexadecimal(operation.first))]>"
    case DW_OP_bra, DW_OP_skip:
      // Behind its operand of two bytes.
      let target = Int64(place + 3) &+ Int64(bitPattern: operation.first)
      return operation.listing + (operation.code == DW_OP_skip ? " to" : "") + " \(target)"
    default: return operation.listing
    }
  }
}
