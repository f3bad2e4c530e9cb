import CDw

/// Makes types of entries, each once: a graph with cycles comes out as the same objects.
/// Belongs to one `ProgramSymbols`; its types ask it for what they lead to while it lives.
final class TypeTable {
  /// How long a chain of typedefs, qualifiers and array elements may be before it counts as damaged.
  static let maximumChain = 64

  private var types: [EntryID: DataType] = [:]
  /// Finds the definition of a type that is only declared where it is used.
  private let findDefinition: (DIE) -> DIE?
  let swift: SwiftTypes

  init(swift: SwiftTypes, findDefinition: @escaping (DIE) -> DIE?) {
    self.swift = swift
    self.findDefinition = findDefinition
  }

  /// Lets go of the types of an image that was unloaded.
  func forget(image: Int) {
    types = types.filter { $0.key.image != image }
    swift.forget()
  }

  /// What DW_AT_type of an entry says; nil: void.
  func type(of entry: DIE) -> DataType? { entry.type.map(type) }

  /// The type that an entry describes.
  func type(_ entry: DIE) -> DataType {
    // A declaration may stand for a type unit (DWARF 5 §5.7.1).
    let entry = entry.attribute(DW_AT_signature, integrated: false)?.reference ?? entry
    let id = entry.id
    if let known = types[id] { return known }
    let made = make(entry)
    types[id] = made
    return made
  }

  // MARK: Kinds

  private func make(_ entry: DIE) -> DataType {
    if entry.language == .swift, let type = swiftType(entry) { return type }
    switch entry.tag {
    case DW_TAG_base_type:
      return DataType(
        .base(DataType.Encoding(dwarf: entry.unsigned(DW_AT_encoding))), name: entry.name, byteSize: size(of: entry),
        language: entry.language)
    case DW_TAG_pointer_type: return derived(.pointer, entry)
    case DW_TAG_reference_type: return derived(.reference, entry)
    case DW_TAG_rvalue_reference_type: return derived(.rvalueReference, entry)
    case DW_TAG_typedef, DW_TAG_template_alias: return derived(.typedef, entry)
    case DW_TAG_const_type: return derived(.const, entry)
    case DW_TAG_volatile_type: return derived(.volatile, entry)
    case DW_TAG_restrict_type: return derived(.restrict, entry)
    case DW_TAG_atomic_type: return derived(.atomic, entry)
    case DW_TAG_ptr_to_member_type:
      return DataType(
        .memberPointer, byteSize: size(of: entry), language: entry.language,
        target: { [weak self] in self?.type(of: entry) }(),
        containing: { [weak self] in entry.reference(DW_AT_containing_type).flatMap { self?.type($0) } }())
    case DW_TAG_array_type: return array(entry)
    case DW_TAG_string_type: return string(entry)
    case DW_TAG_structure_type: return aggregate(.structure, entry)
    case DW_TAG_class_type, DW_TAG_interface_type: return aggregate(.class, entry)
    case DW_TAG_union_type: return aggregate(.union, entry)
    case DW_TAG_enumeration_type: return enumeration(entry)
    case DW_TAG_subroutine_type, DW_TAG_subprogram, DW_TAG_inlined_subroutine: return function(entry)
    // A subrange as a type of its own is its base type with fewer values (Ada, Pascal).
    case DW_TAG_subrange_type: return derived(.typedef, entry)
    default:
      return DataType(.unspecified, name: entry.name, byteSize: size(of: entry), language: entry.language)
    }
  }

  private func derived(_ kind: DataType.Kind, _ entry: DIE) -> DataType {
    DataType(
      kind, name: kind == .typedef ? entry.qualifiedName : nil, byteSize: size(of: entry), language: entry.language,
      target: { [weak self] in self?.type(of: entry) }())
  }

  private func aggregate(_ which: DataType.Aggregate, _ entry: DIE) -> DataType {
    DataType(
      .aggregate(which), name: entry.qualifiedName, byteSize: entry.unsigned(DW_AT_byte_size),
      alignment: entry.unsigned(DW_AT_alignment),
      isDeclaration: entry.isDeclaration, language: entry.language,
      definition: { [weak self] in self?.definition(of: entry) }(),
      members: { [weak self] in self?.members(of: entry) ?? [] }(),
      templateArguments: { [weak self] in self?.templateArguments(of: entry) ?? [] }(),
      methods: { [weak self] in self?.methods(of: entry) ?? [] }(),
      typedefs: { [weak self] in self?.typedefs(of: entry) ?? [] }(),
      variantPart: { [weak self] in self?.variantPart(of: entry) }(), isPassedByReference: passing(of: entry))
  }

  private func passing(of aggregate: DIE) -> Bool? {
    switch aggregate.unsigned(DW_AT_calling_convention).map(Int.init(truncatingIfNeeded:)) {
    case DW_CC_pass_by_reference?: true
    case DW_CC_pass_by_value?: false
    default: nil
    }
  }

  private func enumeration(_ entry: DIE) -> DataType {
    DataType(
      .enumeration(isScoped: entry.flag(DW_AT_enum_class)), name: entry.qualifiedName,
      byteSize: size(of: entry), isDeclaration: entry.isDeclaration, language: entry.language,
      definition: { [weak self] in self?.definition(of: entry) }(),
      target: { [weak self] in self?.type(of: entry) }(),
      enumerators: { [weak self] in self?.enumerators(of: entry) ?? [] }())
  }

  private func function(_ entry: DIE) -> DataType {
    // Of a function without a prototype nothing is known but its result.
    let isOpen =
      entry.language == .c && !entry.flag(DW_AT_prototyped)
      && !entry.children.contains { $0.tag == DW_TAG_formal_parameter }
    return DataType(
      .function(isVariadic: isOpen || entry.children.contains { $0.tag == DW_TAG_unspecified_parameters }),
      language: entry.language,
      target: { [weak self] in self?.type(of: entry) }(),
      parameters: { [weak self] in self?.parameters(of: entry) ?? [] }(),
      valueParameters: { [weak self] in self?.valueParameters(of: entry) ?? [] }())
  }

  private func definition(of entry: DIE) -> DataType? {
    guard entry.isDeclaration, let found = findDefinition(entry), found.id != entry.id else { return nil }
    return type(found)
  }

  // MARK: Sizes

  /// In bytes; nil where it is not known. Follows no more than a sane number of types.
  func size(of entry: DIE, depth: Int = 0) -> UInt64? {
    guard depth < Self.maximumChain else { return nil }
    if let stated = entry.unsigned(DW_AT_byte_size) { return stated }
    if let bits = entry.unsigned(DW_AT_bit_size), entry.tag == DW_TAG_base_type { return (bits &+ 7) / 8 }
    switch entry.tag {
    case DW_TAG_pointer_type, DW_TAG_reference_type, DW_TAG_rvalue_reference_type: return 8
    case DW_TAG_ptr_to_member_type:
      // Itanium C++ ABI §2.3: a pointer to a member function is a pair.
      return entry.type?.tag == DW_TAG_subroutine_type ? 16 : 8
    case DW_TAG_typedef, DW_TAG_template_alias, DW_TAG_const_type, DW_TAG_volatile_type, DW_TAG_restrict_type,
      DW_TAG_atomic_type, DW_TAG_enumeration_type, DW_TAG_subrange_type:
      return entry.type.flatMap { size(of: $0, depth: depth + 1) }
    case DW_TAG_array_type:
      var product = entry.type.flatMap { size(of: $0, depth: depth + 1) }
      for child in entry.children where child.tag == DW_TAG_subrange_type {
        guard let count = dimension(child).count, let factor = product else { return nil }
        let (result, overflow) = factor.multipliedReportingOverflow(by: count)
        product = overflow ? nil : result
      }
      return product
    default: return nil
    }
  }
}

extension Attribute {
  /// The value where it is of class constant (DWARF 5 §7.5.5): sign-extended where its form has a sign.
  var constant: Int64? {
    switch form {
    case DW_FORM_data1, DW_FORM_data2, DW_FORM_data4, DW_FORM_data8, DW_FORM_udata, DW_FORM_implicit_const,
      DW_FORM_sdata:
      form == DW_FORM_sdata || form == DW_FORM_implicit_const
        ? signed : unsigned.map { Int64(bitPattern: $0) }
    default: nil
    }
  }
}

extension DataType.Encoding {
  /// DW_ATE_* (DWARF 5 §7.8).
  init(dwarf code: UInt64?) {
    self =
      switch code.map(Int.init(truncatingIfNeeded:)) {
      case DW_ATE_boolean?: .boolean
      case DW_ATE_signed?, DW_ATE_signed_fixed?: .signed
      case DW_ATE_signed_char?: .signedCharacter
      case DW_ATE_unsigned_char?, DW_ATE_ASCII?: .unsignedCharacter
      case DW_ATE_float?, DW_ATE_imaginary_float?: .float
      case DW_ATE_complex_float?: .complexFloat
      // GCC's number for complex integers.
      case DW_ATE_lo_user?: .complexInteger
      case DW_ATE_UTF?, DW_ATE_UCS?: .utf
      case DW_ATE_address?: .address
      case DW_ATE_decimal_float?: .decimal
      default: .unsigned
      }
  }
}
