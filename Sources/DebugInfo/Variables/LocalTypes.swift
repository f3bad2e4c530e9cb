import CDw
package import MachineModel

/// Types and enumerators that a function declares for itself, which no index has.
extension ProgramSymbols {
  /// The type that `name` stands for at `address` in a function or inlined copy: of the innermost block that has one.
  /// `name` as for `type(named:near:)`. Costs a walk of the scope's entries.
  package func localType(named name: String, in scope: EntryID, at address: VirtualAddress) -> DataType? {
    let words = name.split(separator: " ", maxSplits: 1).map(String.init)
    let tags = words.count == 2 ? Self.tags(ofKeyword: words[0]) : nil
    let plain = tags == nil ? name : words[1]
    return localEntry(in: scope, at: address) { entry in
      guard entry.name == plain, tags?.contains(entry.tag) ?? Self.isNameable(entry) else { return nil }
      return entry.isDeclaration ? nil : entry
    }.map(types.type)
  }

  /// The enumerator of an enumeration that the scope declares; not of a scoped one.
  package func localEnumerator(named name: String, in scope: EntryID, at address: VirtualAddress)
    -> (type: DataType, value: Int64)?
  {
    let found = localEntry(in: scope, at: address) { entry in
      guard entry.tag == DW_TAG_enumeration_type, !entry.flag(DW_AT_enum_class) else { return nil }
      return entry.children.contains { $0.name == name } ? entry : nil
    }
    guard let type = found.map(types.type) else { return nil }
    let enumerator = type.enumerators.first { $0.name == name || $0.name.hasSuffix("::" + name) }
    return enumerator.map { (type, $0.value) }
  }

  /// What `pick` takes of the children of the blocks that hold `address`, of the innermost one.
  private func localEntry(in scope: EntryID, at address: VirtualAddress, _ pick: (DIE) -> DIE?) -> DIE? {
    guard let image = loadedImage(scope.image), let scope = entry(scope) else { return nil }
    let pc = image.imageAddress(address).rawValue
    // Types stand with the abstract instance of an inlined function.
    let outermost = [scope, scope.origin].compactMap(\.self)
    var found: DIE?
    for function in outermost where found == nil {
      function.forEachDescendant { entry, _ in
        switch entry.tag {
        case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block:
          let ranges = entry.ranges
          return ranges.isEmpty || ranges.contains { $0.contains(pc) } ? .enter : .skip
        default:
          // What comes later stands further inside.
          if let picked = pick(entry) { found = picked }
          return .skip
        }
      }
    }
    return found
  }

  private static func tags(ofKeyword word: String) -> Set<Int>? {
    switch word {
    case "struct", "class": [DW_TAG_structure_type, DW_TAG_class_type]
    case "union": [DW_TAG_union_type]
    case "enum": [DW_TAG_enumeration_type]
    default: nil
    }
  }

  /// True where the bare name stands for the type: C wants the keyword for all but typedefs.
  private static func isNameable(_ entry: DIE) -> Bool {
    switch entry.tag {
    case DW_TAG_typedef, DW_TAG_template_alias, DW_TAG_base_type: true
    case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_enumeration_type: entry.language != .c
    default: false
    }
  }
}
