import CDw
import MachineModel

extension ExpressionOperation {
  /// `DW_OP_fbreg`; DW_OP_ and the number where no standard or extension we know defines it.
  var name: String {
    switch code {
    case DW_OP_lit0...DW_OP_lit31: "DW_OP_lit\(code - DW_OP_lit0)"
    case DW_OP_reg0...DW_OP_reg31: "DW_OP_reg\(code - DW_OP_reg0)"
    case DW_OP_breg0...DW_OP_breg31: "DW_OP_breg\(code - DW_OP_breg0)"
    default: "DW_OP_" + (Self.names[code] ?? String(code))
    }
  }

  /// DWARF 5 §7.7.1, and GNU's before it.
  private static let names: [Int: String] = [
    DW_OP_addr: "addr", DW_OP_deref: "deref", DW_OP_const1u: "const1u", DW_OP_const1s: "const1s",
    DW_OP_const2u: "const2u", DW_OP_const2s: "const2s", DW_OP_const4u: "const4u", DW_OP_const4s: "const4s",
    DW_OP_const8u: "const8u", DW_OP_const8s: "const8s", DW_OP_constu: "constu", DW_OP_consts: "consts",
    DW_OP_dup: "dup", DW_OP_drop: "drop", DW_OP_over: "over", DW_OP_pick: "pick", DW_OP_swap: "swap",
    DW_OP_rot: "rot", DW_OP_xderef: "xderef", DW_OP_abs: "abs", DW_OP_and: "and", DW_OP_div: "div",
    DW_OP_minus: "minus", DW_OP_mod: "mod", DW_OP_mul: "mul", DW_OP_neg: "neg", DW_OP_not: "not", DW_OP_or: "or",
    DW_OP_plus: "plus", DW_OP_plus_uconst: "plus_uconst", DW_OP_shl: "shl", DW_OP_shr: "shr", DW_OP_shra: "shra",
    DW_OP_xor: "xor", DW_OP_bra: "bra", DW_OP_eq: "eq", DW_OP_ge: "ge", DW_OP_gt: "gt", DW_OP_le: "le",
    DW_OP_lt: "lt", DW_OP_ne: "ne", DW_OP_skip: "skip", DW_OP_regx: "regx", DW_OP_fbreg: "fbreg",
    DW_OP_bregx: "bregx", DW_OP_piece: "piece", DW_OP_deref_size: "deref_size", DW_OP_xderef_size: "xderef_size",
    DW_OP_nop: "nop", DW_OP_push_object_address: "push_object_address", DW_OP_call2: "call2", DW_OP_call4: "call4",
    DW_OP_call_ref: "call_ref", DW_OP_form_tls_address: "form_tls_address", DW_OP_call_frame_cfa: "call_frame_cfa",
    DW_OP_bit_piece: "bit_piece", DW_OP_implicit_value: "implicit_value", DW_OP_stack_value: "stack_value",
    DW_OP_implicit_pointer: "implicit_pointer", DW_OP_addrx: "addrx", DW_OP_constx: "constx",
    DW_OP_entry_value: "entry_value", DW_OP_const_type: "const_type", DW_OP_regval_type: "regval_type",
    DW_OP_deref_type: "deref_type", DW_OP_xderef_type: "xderef_type", DW_OP_convert: "convert",
    DW_OP_reinterpret: "reinterpret", DW_OP_GNU_push_tls_address: "GNU_push_tls_address",
    DW_OP_GNU_uninit: "GNU_uninit", DW_OP_GNU_implicit_pointer: "GNU_implicit_pointer",
    DW_OP_GNU_entry_value: "GNU_entry_value", DW_OP_GNU_const_type: "GNU_const_type",
    DW_OP_GNU_regval_type: "GNU_regval_type", DW_OP_GNU_deref_type: "GNU_deref_type",
    DW_OP_GNU_convert: "GNU_convert", DW_OP_GNU_reinterpret: "GNU_reinterpret",
    DW_OP_GNU_parameter_ref: "GNU_parameter_ref", DW_OP_GNU_addr_index: "GNU_addr_index",
    DW_OP_GNU_const_index: "GNU_const_index", DW_OP_GNU_variable_value: "GNU_variable_value",
  ]

  /// The operation as gdb lists it, without a nested expression's own operations: `DW_OP_breg7 16 [$rsp]`.
  var listing: String {
    let signed = Int64(bitPattern: first)
    switch code {
    case DW_OP_addr, DW_OP_addrx, DW_OP_GNU_addr_index: return "\(name) \(hexadecimal(first))"
    case DW_OP_const1u, DW_OP_const2u, DW_OP_const4u, DW_OP_const8u, DW_OP_constu, DW_OP_plus_uconst, DW_OP_pick,
      DW_OP_deref_size, DW_OP_xderef_size, DW_OP_constx, DW_OP_GNU_const_index:
      return "\(name) \(first)"
    case DW_OP_const1s, DW_OP_const2s, DW_OP_const4s, DW_OP_const8s, DW_OP_consts, DW_OP_fbreg:
      return "\(name) \(signed)"
    case DW_OP_reg0...DW_OP_reg31: return "\(name) [$\(registerName(code - DW_OP_reg0))]"
    case DW_OP_breg0...DW_OP_breg31: return "\(name) \(signed) [$\(registerName(code - DW_OP_breg0))]"
    case DW_OP_regx: return "\(name) \(first) [$\(registerName(Int(clamping: first)))]"
    case DW_OP_bregx:
      let offset = Int64(bitPattern: second)
      return "\(name) register \(first) [$\(registerName(Int(clamping: first)))] offset \(offset)"
    case DW_OP_piece: return "\(name) \(first) (bytes)"
    case DW_OP_bit_piece: return "\(name) size \(first) offset \(second) (bits)"
    case DW_OP_implicit_value: return "\(name) \(first)"
    case DW_OP_implicit_pointer, DW_OP_GNU_implicit_pointer:
      return "\(name) DIE \(String(first, radix: 16)) offset \(Int64(bitPattern: second))"
    case DW_OP_call2, DW_OP_call4, DW_OP_GNU_parameter_ref: return "\(name) offset \(hexadecimal(first))"
    default: return name
    }
  }
}

/// By DWARF number (psABI figure 3.36).
func registerName(_ number: Int) -> String {
  switch VectorRegister(dwarfNumber: number) {
  case .xmm(let index)?: return "xmm\(index)"
  case .x87(let index)?: return "st\(index)"
  case nil: return GeneralRegister(dwarfNumber: number)?.name ?? "r\(number)"
  }
}
