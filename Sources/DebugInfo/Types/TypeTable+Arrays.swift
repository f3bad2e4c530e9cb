import CDw

/// Arrays and Fortran's strings.
extension TypeTable {
  /// A DW_TAG_array_type has an entry a dimension (DWARF 5 §5.5): the outermost first, except in Fortran, whose
  /// first index runs fastest.
  func array(_ entry: DIE) -> DataType {
    var dimensions = entry.children.filter { [DW_TAG_subrange_type, DW_TAG_enumeration_type].contains($0.tag) }
      .prefix(Self.maximumChain).map(dimension)
    if entry.language == .fortran { dimensions.reverse() }
    return array(dimensions.isEmpty ? [Dimension()] : dimensions[...], of: entry, isOutermost: true)
  }

  /// One index of an array.
  struct Dimension {
    var count: UInt64?
    var lowerBound: Int64 = 0
    var stride: Int64?
    /// Where a bound is known at run time only.
    var dynamicSubrange: EntryID?
  }

  private func array(_ dimensions: ArraySlice<Dimension>, of entry: DIE, isOutermost: Bool) -> DataType {
    let element = entry.type.flatMap { size(of: $0) }
    let whole: UInt64? =
      entry.unsigned(DW_AT_byte_size).flatMap { isOutermost ? $0 : nil }
      ?? dimensions.reduce(element) { product, dimension in
        guard let product, let count = dimension.count else { return nil }
        let (result, overflow) = product.multipliedReportingOverflow(by: count)
        return overflow ? nil : result
      }
    let rest = dimensions.dropFirst()
    var layout = ArrayLayout()
    layout.isVector = entry.flag(DW_AT_GNU_vector)
    if let first = dimensions.first {
      layout.lowerBound = first.lowerBound
      layout.stride = first.stride
      layout.dynamicSubrange = first.dynamicSubrange
    }
    layout.isAllocatable = entry.has(DW_AT_allocated)
    let isDescribed = [DW_AT_data_location, DW_AT_allocated, DW_AT_associated].contains { entry.has($0) }
    if isOutermost, isDescribed { layout.dynamicEntry = entry.id }
    return DataType(
      .array(count: dimensions.first?.count), byteSize: whole, language: entry.language,
      target: { [weak self] in
        rest.isEmpty ? self?.element(of: entry) : self?.array(rest, of: entry, isOutermost: false)
      }(), layout: layout)
  }

  /// A vector's elements are numbers also where they are made of characters.
  private func element(of array: DIE) -> DataType? {
    guard let type = type(of: array), array.flag(DW_AT_GNU_vector), case .base(let encoding) = type.kind else {
      return type(of: array)
    }
    switch encoding {
    case .signedCharacter:
      return DataType(.base(.signed), name: type.name, byteSize: type.byteSize, language: type.language)
    case .unsignedCharacter:
      return DataType(.base(.unsigned), name: type.name, byteSize: type.byteSize, language: type.language)
    default: return type
    }
  }

  func dimension(_ entry: DIE) -> Dimension {
    if entry.tag == DW_TAG_enumeration_type {
      return Dimension(count: UInt64(entry.children.count { $0.tag == DW_TAG_enumerator }))
    }
    var dimension = Dimension(lowerBound: lowerBound(of: entry), stride: entry.attribute(DW_AT_byte_stride)?.constant)
    let bounds = [DW_AT_lower_bound, DW_AT_upper_bound, DW_AT_count, DW_AT_byte_stride].compactMap {
      entry.attribute($0)
    }
    if bounds.contains(where: { $0.constant == nil }) { dimension.dynamicSubrange = entry.id }
    if let count = entry.attribute(DW_AT_count) {
      // Clang counts -1 elements where it does not know.
      dimension.count = count.constant.flatMap { $0 < 0 ? nil : UInt64($0) }
    } else if let last = entry.attribute(DW_AT_upper_bound)?.constant {
      let count = last &- dimension.lowerBound &+ 1
      // GCC writes an upper bound of -1 for `int a[0]`, also as an unsigned number of the index's size.
      let isEmpty = count <= 0 || last == 0xffff_ffff || last == -1
      dimension.count = isEmpty ? 0 : UInt64(count)
    }
    return dimension
  }

  /// DWARF 5 §5.13: where none is stated, what the language has.
  private func lowerBound(of subrange: DIE) -> Int64 {
    if let stated = subrange.attribute(DW_AT_lower_bound)?.constant { return stated }
    return subrange.language == .fortran || subrange.language == .ada ? 1 : 0
  }

  /// DWARF 5 §5.11; its length may be known at run time only.
  func string(_ entry: DIE) -> DataType {
    let size = entry.unsigned(DW_AT_byte_size)
    var layout = ArrayLayout()
    layout.isString = true
    layout.lowerBound = 1
    let isDescribed = entry.has(DW_AT_string_length) || entry.has(DW_AT_data_location)
    if isDescribed, size == nil || entry.has(DW_AT_data_location) { layout.dynamicEntry = entry.id }
    return DataType(
      .array(count: size), byteSize: size, language: entry.language,
      target: DataType(.base(.unsignedCharacter), name: "character", byteSize: 1, language: entry.language),
      layout: layout)
  }
}
