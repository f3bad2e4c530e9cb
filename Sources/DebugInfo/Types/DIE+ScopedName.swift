import CDw

extension DIE {
  /// The name with those of the namespaces and types around it (`zoo::Dog`); nil for what has no name.
  var scopedName: String? { name.map { prefix + $0 } }

  /// What precedes the names of an enumeration's values: a scoped one encloses them, another is transparent.
  var enumeratorPrefix: String {
    guard flag(DW_AT_enum_class) else { return prefix }
    return scopedName.map { $0 + "::" } ?? prefix
  }

  /// The enclosing scopes' names, each with `::` after it.
  private var prefix: String {
    var scopes: [String] = []
    var current = declared
    // Scopes nest a few levels; more means damaged data.
    for _ in 0..<64 {
      guard let parent = current.parent else { break }
      switch parent.tag {
      case DW_TAG_namespace: scopes.append(parent.name ?? "(anonymous namespace)")
      case DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type, DW_TAG_interface_type, DW_TAG_module:
        if let name = parent.name { scopes.append(name) }
      case DW_TAG_enumeration_type where parent.flag(DW_AT_enum_class):
        if let name = parent.name { scopes.append(name) }
      // What a function declares is known by its plain name.
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine, DW_TAG_lexical_block, DW_TAG_compile_unit:
        return joined(scopes)
      default: break
      }
      current = parent.declared
    }
    return joined(scopes)
  }

  private func joined(_ scopes: [String]) -> String { scopes.reversed().map { $0 + "::" }.joined() }

  /// The entry that stands in the scope which the name belongs to: a definition may stand elsewhere.
  private var declared: DIE { attribute(DW_AT_specification, integrated: false)?.reference ?? self }
}
