import CDw

/// How the bytes of an attribute's value are counted (DWARF 5 §7.5.6).
struct AttributeForm {
  /// DW_FORM_*.
  let code: Int

  /// The one whose value stands in the abbreviation.
  static let implicitConstant = UInt64(DW_FORM_implicit_const)

  /// What it takes to get past a value.
  enum Extent: Equatable {
    case bytes(Int)
    case leb
    case string
    /// A length of that many bytes, then as many bytes.
    case counted(Int)
    /// A length as LEB128, then as many bytes.
    case block
    /// A form, then its value.
    case indirect
    /// Whoever meets it cannot go on.
    case unknown
  }

  func extent(in encoding: UnitEncoding) -> Extent {
    switch code {
    case DW_FORM_flag_present, DW_FORM_implicit_const: .bytes(0)
    case DW_FORM_data1, DW_FORM_flag, DW_FORM_ref1, DW_FORM_strx1, DW_FORM_addrx1: .bytes(1)
    case DW_FORM_data2, DW_FORM_ref2, DW_FORM_strx2, DW_FORM_addrx2: .bytes(2)
    case DW_FORM_strx3, DW_FORM_addrx3: .bytes(3)
    case DW_FORM_data4, DW_FORM_ref4, DW_FORM_strx4, DW_FORM_addrx4, DW_FORM_ref_sup4: .bytes(4)
    case DW_FORM_data8, DW_FORM_ref8, DW_FORM_ref_sig8, DW_FORM_ref_sup8: .bytes(8)
    case DW_FORM_data16: .bytes(16)
    case DW_FORM_addr: .bytes(encoding.addressSize)
    case DW_FORM_strp, DW_FORM_line_strp, DW_FORM_sec_offset, DW_FORM_strp_sup, DW_FORM_GNU_ref_alt,
      DW_FORM_GNU_strp_alt:
      .bytes(encoding.offsetSize)
    // An address until DWARF 2 (DWARF 3 §7.4).
    case DW_FORM_ref_addr: .bytes(encoding.version > 2 ? encoding.offsetSize : encoding.addressSize)
    case DW_FORM_udata, DW_FORM_sdata, DW_FORM_ref_udata, DW_FORM_strx, DW_FORM_addrx, DW_FORM_loclistx,
      DW_FORM_rnglistx, DW_FORM_GNU_addr_index, DW_FORM_GNU_str_index:
      .leb
    case DW_FORM_string: .string
    case DW_FORM_block1: .counted(1)
    case DW_FORM_block2: .counted(2)
    case DW_FORM_block4: .counted(4)
    case DW_FORM_block, DW_FORM_exprloc: .block
    case DW_FORM_indirect: .indirect
    default: .unknown
    }
  }
}

/// What the forms of a unit depend on.
struct UnitEncoding: Hashable {
  let version: Int
  /// 4, or 8 in the 64-bit format (DWARF 5 §7.4).
  let offsetSize: Int
  let addressSize: Int
}

extension ByteCursor {
  /// Passes a value.
  mutating func skip(_ extent: AttributeForm.Extent, _ encoding: UnitEncoding) {
    switch extent {
    case .bytes(let count): skip(count)
    case .leb: skipLEB()
    case .string: _ = string()
    case .counted(let size): skip(unsigned(size: size))
    case .block: skip(leb())
    case .indirect:
      let form = AttributeForm(code: Int(truncatingIfNeeded: leb()))
      let extent = form.extent(in: encoding)
      // A form that is said twice is none.
      skip(extent == .indirect ? .unknown : extent, encoding)
    case .unknown: skip(Int.max)
    }
  }
}
