import CDw

/// Swift's types, which DWARF has by their mangled names only.
extension TypeTable {
  /// nil for an entry that describes itself as those of other languages do.
  func swiftType(_ entry: DIE) -> DataType? {
    switch entry.tag {
    case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_enumeration_type, DW_TAG_union_type, DW_TAG_pointer_type,
      DW_TAG_unspecified_type, DW_TAG_base_type:
      if let name = entry.linkageName ?? entry.name {
        return swift.type(mangled: name, size: entry.unsigned(DW_AT_byte_size))
      }
      // A structure without a name gives a generic type's instance its size.
      let member = entry.children.first { $0.tag == DW_TAG_member }
      return entry.tag == DW_TAG_structure_type && member?.name == nil ? member?.type.map(type) : nil
    case DW_TAG_typedef: return entry.name?.hasPrefix("$s") ?? false ? entry.type.map(type) : nil
    default: return nil
    }
  }
}

extension ProgramSymbols {
  /// What reflection tells of a type, of the first image that has it.
  func swiftDescription(of name: String) -> SwiftReflection.Description? {
    for image in loadedImages {
      let reflection = swiftReflections[image.number] ?? SwiftReflection(image.elf)
      swiftReflections[image.number] = reflection
      if let found = reflection.description(of: name) { return found }
    }
    return nil
  }
}
