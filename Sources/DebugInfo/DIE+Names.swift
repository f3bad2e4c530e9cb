import CDw

extension DIE {
  /// DW_AT_linkage_name, or what it was called before it had a number of its own.
  var linkageName: String? { string(DW_AT_linkage_name) ?? string(DW_AT_MIPS_linkage_name) }

  /// The entry that declares what this one defines or is a copy of: the end of the chain of DW_AT_abstract_origin
  /// and DW_AT_specification. That is the one within its class or namespace.
  var declaration: DIE {
    var entry = self
    // The chain has three links at most; damaged data may make a ring.
    for _ in 0..<8 {
      guard
        let next =
          (entry.attribute(DW_AT_abstract_origin, integrated: false)
          ?? entry.attribute(DW_AT_specification, integrated: false))?.reference
      else { break }
      entry = next
    }
    return entry
  }

  /// The name with its namespaces, classes and, of local ones, functions: `zoo::Dog::bark`. nil: anonymous.
  var qualifiedName: String? { scopedName(outOfFunctions: true) }

  /// The same for a type or an enumerator. Those that are local to a function have no scope outside of it, as in gdb.
  var typeName: String? { scopedName(outOfFunctions: false) }

  private func scopedName(outOfFunctions: Bool) -> String? {
    guard let name else { return nil }
    guard language != .c else { return name }
    var parts = [name]
    var scope = declaration.parent
    while let current = scope, parts.count < 64 {
      switch current.tag {
      case DW_TAG_namespace: parts.append(current.name ?? "(anonymous namespace)")
      case DW_TAG_class_type, DW_TAG_structure_type, DW_TAG_union_type, DW_TAG_interface_type, DW_TAG_module:
        if let name = current.name { parts.append(name) }
      case DW_TAG_enumeration_type where tag != DW_TAG_enumerator || current.flag(DW_AT_enum_class):
        if let name = current.name { parts.append(name) }
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine:
        guard outOfFunctions else { return parts.reversed().joined(separator: "::") }
        // Its own name has its scopes already.
        let function = current.functionName
        return ([language == .cpp ? function.full : function.qualified] + parts.reversed()).joined(separator: "::")
      default: break
      }
      scope = current.declaration.parent
    }
    return parts.reversed().joined(separator: "::")
  }

  /// The names of a function or an inlined copy.
  var functionName: FunctionName {
    let linkage = linkageName
    let language = language
    // Rust's and C's own names say more than what the linker made of them.
    if language != .rust, language != .c, let linkage, let demangled = Demangler.demangle(linkage) {
      return FunctionName(qualified: demangled.qualified, full: demangled.full, linkage: linkage)
    }
    let name = qualifiedName ?? linkage ?? ""
    return FunctionName(qualified: name, full: name, linkage: linkage == name ? nil : linkage)
  }
}
