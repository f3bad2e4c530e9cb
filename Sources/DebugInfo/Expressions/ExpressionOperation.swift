import CDw
import MachineModel

/// How an operand of a DWARF expression's operation is written (DWARF 5 §7.7.1, table 7.9).
enum OperandFormat {
  case unsigned(Int)
  case signed(Int)
  case unsignedLEB, signedLEB
  /// An offset of `.debug_info`: 4 or 8 bytes, as the unit's format has it.
  case sectionOffset
  /// Bytes, after their count as an unsigned LEB128 number, or as one byte.
  case block, shortBlock
}

/// One operation of a DWARF expression, with its operands.
struct ExpressionOperation: Equatable {
  /// DW_OP_*.
  let code: Int
  /// Sign-extended where the format is a signed one.
  var first: UInt64 = 0
  var second: UInt64 = 0
  var block: [UInt8] = []

  /// The operands' formats, in order; nil for a code that no standard or extension we know defines.
  static func operands(of code: Int) -> [OperandFormat]? {
    switch code {
    case DW_OP_addr: [.unsigned(8)]
    case DW_OP_const1u, DW_OP_pick, DW_OP_deref_size, DW_OP_xderef_size: [.unsigned(1)]
    case DW_OP_const1s: [.signed(1)]
    case DW_OP_const2u, DW_OP_call2: [.unsigned(2)]
    case DW_OP_const2s, DW_OP_bra, DW_OP_skip: [.signed(2)]
    case DW_OP_const4u, DW_OP_call4, DW_OP_GNU_parameter_ref: [.unsigned(4)]
    case DW_OP_const4s: [.signed(4)]
    case DW_OP_const8u: [.unsigned(8)]
    case DW_OP_const8s: [.signed(8)]
    case DW_OP_constu, DW_OP_plus_uconst, DW_OP_regx, DW_OP_piece, DW_OP_addrx, DW_OP_constx, DW_OP_convert,
      DW_OP_reinterpret, DW_OP_GNU_convert, DW_OP_GNU_reinterpret, DW_OP_GNU_addr_index, DW_OP_GNU_const_index:
      [.unsignedLEB]
    case DW_OP_consts, DW_OP_fbreg, DW_OP_breg0...DW_OP_breg31: [.signedLEB]
    case DW_OP_bregx: [.unsignedLEB, .signedLEB]
    case DW_OP_bit_piece, DW_OP_regval_type, DW_OP_GNU_regval_type: [.unsignedLEB, .unsignedLEB]
    case DW_OP_deref_type, DW_OP_GNU_deref_type, DW_OP_xderef_type: [.unsigned(1), .unsignedLEB]
    case DW_OP_const_type, DW_OP_GNU_const_type: [.unsignedLEB, .shortBlock]
    case DW_OP_call_ref, DW_OP_GNU_variable_value: [.sectionOffset]
    case DW_OP_implicit_pointer, DW_OP_GNU_implicit_pointer: [.sectionOffset, .signedLEB]
    case DW_OP_implicit_value, DW_OP_entry_value, DW_OP_GNU_entry_value: [.block]
    case DW_OP_deref, DW_OP_dup...DW_OP_over, DW_OP_swap...DW_OP_plus, DW_OP_shl...DW_OP_xor,
      DW_OP_eq...DW_OP_ne, DW_OP_lit0...DW_OP_reg31, DW_OP_nop, DW_OP_push_object_address,
      DW_OP_form_tls_address, DW_OP_GNU_push_tls_address, DW_OP_call_frame_cfa, DW_OP_stack_value,
      DW_OP_GNU_uninit:
      []
    default: nil
    }
  }

  /// Reads the operation at `position` and moves past it.
  /// - Parameter offsetSize: 4, or 8 in a unit of 64-bit DWARF.
  init(_ bytes: [UInt8], at position: inout Int, offsetSize: Int = 4) throws(ExpressionFailure) {
    var reader = ByteReader(bytes, at: position)
    guard let code = reader.byte() else { throw .unavailable("a DWARF expression ends early") }
    self.code = Int(code)
    guard let formats = Self.operands(of: self.code) else {
      throw .unavailable("DWARF operation \(hexadecimal(code)) is not known")
    }
    var isFirst = true
    for format in formats {
      let value: UInt64?
      switch format {
      case .unsigned(let size): value = reader.unsigned(size)
      case .signed(let size): value = reader.unsigned(size).map { signExtended($0, size: size) }
      case .unsignedLEB: value = reader.unsignedLEB()
      case .signedLEB: value = reader.signedLEB().map(UInt64.init(bitPattern:))
      case .sectionOffset: value = reader.unsigned(offsetSize)
      case .block, .shortBlock:
        var isShort: Bool { if case .shortBlock = format { true } else { false } }
        value = isShort ? reader.unsigned(1) : reader.unsignedLEB()
        guard let value, let content = reader.bytes(count: value) else {
          throw .unavailable("a DWARF expression ends early")
        }
        block = content
      }
      guard let value else { throw .unavailable("a DWARF expression ends early") }
      if isFirst { first = value } else { second = value }
      isFirst = false
    }
    position = reader.position
  }
}

/// The low `size` bytes (1…8) of a number, sign-extended.
func signExtended(_ value: UInt64, size: Int) -> UInt64 {
  let unused = UInt64(64 - 8 * size)
  return UInt64(bitPattern: Int64(bitPattern: value << unused) >> Int64(unused))
}

/// Reads numbers out of bytes that may end anywhere.
struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func byte() -> UInt8? {
    guard bytes.indices.contains(position) else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  /// A little-endian number of `size` bytes (0…8), zero-extended.
  mutating func unsigned(_ size: Int) -> UInt64? {
    guard let part = self.bytes(count: UInt64(size)) else { return nil }
    return part.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func bytes(count: UInt64) -> [UInt8]? {
    guard position >= 0, position <= bytes.count, count <= UInt64(bytes.count - position) else { return nil }
    defer { position += Int(count) }
    return Array(bytes[position..<position + Int(count)])
  }

  /// DWARF 5 §7.6; bits past the sixty-fourth are dropped.
  mutating func unsignedLEB() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let next = byte() {
      value |= UInt64(next & 0x7f) << shift
      if next & 0x80 == 0 { return value }
      shift = min(shift + 7, 64)
    }
    return nil
  }

  mutating func signedLEB() -> Int64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let next = byte() {
      value |= UInt64(next & 0x7f) << shift
      shift = min(shift + 7, 64)
      guard next & 0x80 == 0 else { continue }
      if next & 0x40 != 0, shift < 64 { value |= UInt64.max << shift }
      return Int64(bitPattern: value)
    }
    return nil
  }
}
