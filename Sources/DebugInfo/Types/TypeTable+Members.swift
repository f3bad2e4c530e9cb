import CDw

/// What aggregates, enumerations and functions are made of.
extension TypeTable {
  /// Data members and bases, in their order. Members of a variant part are that part's.
  func members(of aggregate: DIE) -> [DataType.Member] {
    aggregate.children.compactMap { child in
      switch child.tag {
      case DW_TAG_member, DW_TAG_inheritance, DW_TAG_variable: member(child, of: aggregate)
      default: nil
      }
    }
  }

  private func member(_ entry: DIE, of aggregate: DIE) -> DataType.Member? {
    guard let type = type(of: entry) else { return nil }
    // DWARF 5 §5.7.7 has static members as variables; before, they were external declarations.
    let isStatic = entry.tag == DW_TAG_variable || entry.flag(DW_AT_external)
    let isBase = entry.tag == DW_TAG_inheritance
    // Clang's `_vtable$`: not what anybody declared.
    if isStatic, entry.flag(DW_AT_artificial) { return nil }
    let isVirtual = isBase && (entry.unsigned(DW_AT_virtuality) ?? 0) != 0
    let place = isStatic ? Place() : place(of: entry, type: type)
    return DataType.Member(
      name: isBase ? nil : entry.name, kind: isBase ? .base(isVirtual: isVirtual) : isStatic ? .staticField : .field,
      type: type, offset: place.offset, locationExpression: place.expression, bitSize: place.bitSize,
      bitOffset: place.bitOffset, access: access(entry, in: aggregate), isArtificial: entry.flag(DW_AT_artificial),
      constant: isStatic
        ? entry.attribute(DW_AT_const_value).flatMap { ProgramSymbols.constantBytes($0, size: type.byteSize) } : nil)
  }

  private struct Place {
    var offset: UInt64 = 0
    var expression: [UInt8]?
    var bitSize: UInt64?
    var bitOffset: UInt64 = 0
  }

  private func place(of entry: DIE, type: DataType) -> Place {
    var place = Place()
    if let location = entry.attribute(DW_AT_data_member_location) {
      if let offset = location.constant {
        place.offset = UInt64(bitPattern: offset)
      } else if let expression = location.block {
        // DWARF 2 wrote plain offsets this way.
        if let offset = Self.plainOffset(expression) { place.offset = offset } else { place.expression = expression }
      }
    }
    place.bitSize = entry.unsigned(DW_AT_bit_size)
    guard let bitSize = place.bitSize else { return place }
    if let bits = entry.unsigned(DW_AT_data_bit_offset) {
      place.offset = place.offset &+ bits / 8
      place.bitOffset = bits % 8
    } else if let fromHighest = entry.unsigned(DW_AT_bit_offset) {
      // DWARF 4 §5.5.6: from the storage unit's most significant bit to the field's.
      let storage = (entry.unsigned(DW_AT_byte_size) ?? type.byteSize ?? 0) &* 8
      let bits = storage &- fromHighest &- bitSize
      guard bits < storage else { return place }
      place.offset = place.offset &+ bits / 8
      place.bitOffset = bits % 8
    }
    return place
  }

  private static func plainOffset(_ expression: [UInt8]) -> UInt64? {
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count,
      operation.code == DW_OP_plus_uconst || operation.code == DW_OP_constu
    else { return nil }
    return operation.first
  }

  /// DWARF 5 §5.7.1: private in a class, public elsewhere, unless stated.
  private func access(_ entry: DIE, in aggregate: DIE) -> DataType.Member.Access {
    switch entry.unsigned(DW_AT_accessibility).map(Int.init(truncatingIfNeeded:)) {
    case DW_ACCESS_public?: .public
    case DW_ACCESS_protected?: .protected
    case DW_ACCESS_private?: .private
    default: aggregate.tag == DW_TAG_class_type ? .private : .public
    }
  }

  func methods(of aggregate: DIE) -> [DataType.Method] {
    aggregate.children.compactMap { child in
      guard child.tag == DW_TAG_subprogram, let name = child.name else { return nil }
      let parameters = child.children.filter { $0.tag == DW_TAG_formal_parameter }
      let first = parameters.first
      return DataType.Method(
        name: CanonicalName.of(name), type: type(child),
        parameters: parameters.filter { !$0.flag(DW_AT_artificial) }.map { type(of: $0) ?? .noType },
        isConstant: child.isConstantMethod, isVolatile: child.isVolatileMethod, access: access(child, in: aggregate),
        isVirtual: child.has(DW_AT_vtable_elem_location) || (child.unsigned(DW_AT_virtuality) ?? 0) != 0,
        isStatic: !child.has(DW_AT_object_pointer) && first?.flag(DW_AT_artificial) != true,
        isArtificial: child.flag(DW_AT_artificial),
        isDefaulted: child.flag(DW_AT_artificial) || child.unsigned(DW_AT_defaulted) == UInt64(DW_DEFAULTED_in_class),
        linkageName: child.linkageName, virtualIndex: virtualIndex(of: child))
    }
  }

  /// Compilers write it as one constant (DWARF 5 §5.7.8).
  private func virtualIndex(of method: DIE) -> UInt64? {
    guard let expression = method.block(DW_AT_vtable_elem_location) else { return nil }
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count else {
      return nil
    }
    switch operation.code {
    case DW_OP_constu, DW_OP_const1u, DW_OP_const2u, DW_OP_const4u: return operation.first
    case DW_OP_lit0...DW_OP_lit31: return UInt64(operation.code - DW_OP_lit0)
    default: return nil
    }
  }

  func typedefs(of aggregate: DIE) -> [DataType.Typedef] {
    aggregate.children.compactMap { child in
      guard child.tag == DW_TAG_typedef, let name = child.name else { return nil }
      return DataType.Typedef(name: name, type: type(child), access: access(child, in: aggregate))
    }
  }

  func enumerators(of enumeration: DIE) -> [DataType.Enumerator] {
    enumeration.children.compactMap { child in
      guard child.tag == DW_TAG_enumerator, let name = child.qualifiedName,
        let attribute = child.attribute(DW_AT_const_value)
      else { return nil }
      return DataType.Enumerator(name: name, value: enumeratorValue(attribute, of: enumeration))
    }
  }

  /// Forms of fixed size say nothing of the sign: the enumeration's own type does (DWARF 5 §7.5.5).
  private func enumeratorValue(_ attribute: Attribute, of enumeration: DIE) -> Int64 {
    guard let value = attribute.constant else { return 0 }
    let size: Int
    switch attribute.form {
    case DW_FORM_data1: size = 1
    case DW_FORM_data2: size = 2
    case DW_FORM_data4: size = 4
    default: return value
    }
    var underlying = type(of: enumeration)
    while let typedef = underlying, typedef.kind == .typedef { underlying = typedef.target }
    let isSigned = underlying.map { $0.kind == .base(.signed) || $0.kind == .base(.signedCharacter) } ?? false
    return isSigned ? Int64(bitPattern: signExtended(UInt64(bitPattern: value), size: size)) : value
  }

  func parameters(of function: DIE) -> [DataType] {
    function.children.filter { $0.tag == DW_TAG_formal_parameter }.enumerated().map { index, parameter in
      let type = type(of: parameter) ?? .noType
      // `this` is constant, whether the compiler says so or not: GCC does in definitions alone, Clang nowhere.
      let isThis = index == 0 && function.language == .cpp && parameter.flag(DW_AT_artificial) && type.kind == .pointer
      return isThis ? DataType(.const, byteSize: 8, language: .cpp, target: type) : type
    }
  }

  /// Those that the compiler adds (lengths of texts) and those declared VALUE: of the others the address is at the
  /// parameter's place, so that its location ends by following it.
  func valueParameters(of function: DIE) -> Set<Int> {
    guard function.language == .fortran else { return [] }
    let parameters = function.children.filter { $0.tag == DW_TAG_formal_parameter }
    return Set(
      parameters.indices.filter { index in
        if parameters[index].flag(DW_AT_artificial) { return true }
        guard let location = parameters[index].attribute(DW_AT_location)?.block else { return false }
        return location.first == UInt8(DW_OP_fbreg) && location.last != UInt8(DW_OP_deref)
      })
  }

  func templateArguments(of entry: DIE) -> [DataType.TemplateArgument] {
    entry.children.flatMap { child -> [DataType.TemplateArgument] in
      switch child.tag {
      case DW_TAG_template_type_parameter:
        [
          DataType.TemplateArgument(
            name: child.name, type: type(of: child) ?? .noType, value: nil, isType: true)
        ]
      case DW_TAG_template_value_parameter:
        [
          DataType.TemplateArgument(
            name: child.name, type: type(of: child), value: child.attribute(DW_AT_const_value)?.constant,
            isType: false)
        ]
      // A pack holds arguments, and no packs.
      case DW_TAG_GNU_template_parameter_pack where entry.tag != DW_TAG_GNU_template_parameter_pack:
        templateArguments(of: child)
      default: []
      }
    }
  }

  /// DWARF 5 §5.7.10.
  func variantPart(of aggregate: DIE) -> DataType.VariantPart? {
    guard let part = aggregate.children.first(where: { $0.tag == DW_TAG_variant_part }) else { return nil }
    let discriminant = part.reference(DW_AT_discr).flatMap { member($0, of: aggregate) }
    let variants = part.children.filter { $0.tag == DW_TAG_variant }.map { variant in
      DataType.VariantPart.Variant(discriminants: discriminants(of: variant), members: members(of: variant))
    }
    return DataType.VariantPart(discriminant: discriminant, variants: variants)
  }

  /// DW_AT_discr_value, or the ranges of DW_AT_discr_list (DWARF 5 §7.5.5, class constant: signed as the form).
  private func discriminants(of variant: DIE) -> [ClosedRange<Int64>] {
    if let attribute = variant.attribute(DW_AT_discr_value) {
      // One that is too wide for a form of its own comes as a block.
      let value = attribute.constant ?? attribute.block?.prefix(8).reversed().reduce(0) { $0 << 8 | Int64($1) }
      return value.map { [$0...$0] } ?? []
    }
    guard let list = variant.block(DW_AT_discr_list) else { return [] }
    var reader = ByteReader(list)
    var ranges: [ClosedRange<Int64>] = []
    while let kind = reader.byte(), let low = reader.signedLEB() {
      let high = Int(kind) == DW_DSC_range ? reader.signedLEB() ?? low : low
      if low <= high { ranges.append(low...high) }
    }
    return ranges
  }
}

extension DataType {
  /// What an entry without DW_AT_type is of.
  fileprivate static var noType: DataType { DataType(.void, name: "void") }
}
