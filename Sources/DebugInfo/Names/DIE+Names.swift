import CDw

/// C's integer types as the demangler names them: compilers write `long unsigned int`, users either.
func shortIntegerName(_ name: String) -> String {
  switch name {
  case "long unsigned int", "unsigned long int": "unsigned long"
  case "long long unsigned int", "unsigned long long int": "unsigned long long"
  case "long int", "long signed int": "long"
  case "long long int": "long long"
  case "short int": "short"
  case "short unsigned int", "unsigned short int": "unsigned short"
  case "unsigned": "unsigned int"
  default: name
  }
}

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

  /// The name with its namespaces and classes: `zoo::Dog::bark`. What is local to a function has no scope outside
  /// of it, as in gdb. nil: anonymous.
  var qualifiedName: String? {
    guard let name = name ?? nameForLinkage else { return nil }
    guard language != .c else { return name }
    let isCpp = language == .cpp
    func part(_ name: String) -> String { isCpp ? CanonicalName.of(name) : name }
    var parts = [part(name)]
    var scope = declaration.parent
    // Damaged data may lead round.
    for _ in 0..<64 {
      guard let current = scope else { break }
      switch current.tag {
      case DW_TAG_namespace: parts.append(current.name ?? "(anonymous namespace)")
      case DW_TAG_class_type, DW_TAG_structure_type, DW_TAG_union_type, DW_TAG_interface_type, DW_TAG_module:
        if let name = current.name { parts.append(part(name)) }
      case DW_TAG_enumeration_type where tag != DW_TAG_enumerator || current.flag(DW_AT_enum_class):
        if let name = current.name { parts.append(name) }
      case DW_TAG_subprogram, DW_TAG_inlined_subroutine:
        return parts.reversed().joined(separator: "::")
      default: break
      }
      scope = current.declaration.parent
    }
    return parts.reversed().joined(separator: language == .swift ? "." : "::")
  }

  /// What C++ calls a nameless structure that a typedef names, for the linker's purposes (`9siginfo_t`). gdb leaves
  /// enumerations without.
  private var nameForLinkage: String? {
    let tags = [DW_TAG_structure_type, DW_TAG_class_type, DW_TAG_union_type]
    guard tags.contains(tag), let linkage = linkageName else { return nil }
    let digits = linkage.utf8.prefix { (0x30...0x39).contains($0) }
    let rest = linkage.utf8.dropFirst(digits.count)
    guard let count = String(digits).flatMap({ Int($0) }), count == rest.count else { return nil }
    return String(rest)
  }

  /// True for what is declared inside of a function's body.
  var isInFunction: Bool {
    var scope = declaration.parent
    for _ in 0..<64 {
      guard let current = scope else { return false }
      if current.isFunction { return true }
      scope = current.declaration.parent
    }
    return false
  }

  /// The names of a function or an inlined copy.
  var functionName: FunctionName {
    let linkage = linkageName
    let language = language
    // Rust's and C's own names say more than what the linker made of them.
    if language != .rust, language != .c, let linkage, let demangled = Demangler.demangle(linkage) {
      return FunctionName(qualified: demangled.qualified, full: demangled.full, linkage: linkage)
    }
    // A linkage name that isn't mangled is an alias that the source gave the function (`asm ("name")`), and is its
    // name for gdb.
    let alias = (language == .c || language == .cpp) ? linkage.flatMap { $0.hasPrefix("_Z") ? nil : $0 } : nil
    let name = alias ?? qualifiedName ?? linkage ?? ""
    // Static functions and `main` have no linkage name, but parameters they have.
    let full = language == .cpp ? name + parameterList : name
    return FunctionName(qualified: name, full: full, linkage: linkage == name ? nil : linkage)
  }

  /// A function's parameters as the demangler writes them: `(int, char**)`.
  var parameterList: String {
    var names: [String] = []
    for child in declaration.children {
      switch child.tag {
      case DW_TAG_formal_parameter where !child.flag(DW_AT_artificial): names.append(Self.typeName(child.type))
      case DW_TAG_unspecified_parameters: names.append("...")
      default: break
      }
    }
    return "(" + names.joined(separator: ", ") + ")" + (isConstantMethod ? " const" : "")
      + (isVolatileMethod ? " volatile" : "")
  }

  /// True where `this` points to a constant.
  var isConstantMethod: Bool { objectTags.contains(DW_TAG_const_type) }
  /// True where `this` points to something volatile.
  var isVolatileMethod: Bool { objectTags.contains(DW_TAG_volatile_type) }

  /// The qualifiers of what a method's `this` points to.
  private var objectTags: [Int] {
    // LLVM has the parameter's number, not the parameter, since its version 21.
    let object =
      declaration.reference(DW_AT_object_pointer)
      ?? declaration.children.first { $0.tag == DW_TAG_formal_parameter && $0.flag(DW_AT_artificial) }
    guard var type = object?.type else { return [] }
    if type.tag == DW_TAG_const_type { type = type.type ?? type }
    guard type.tag == DW_TAG_pointer_type else { return [] }
    var tags: [Int] = []
    while let target = type.type, [DW_TAG_const_type, DW_TAG_volatile_type].contains(target.tag), tags.count < 4 {
      tags.append(target.tag)
      type = target
    }
    return tags
  }

  /// `depth` bounds what damaged data may nest, or close to a ring.
  private static func typeName(_ type: DIE?, depth: Int = 0) -> String {
    guard let type, depth < 16 else { return "void" }
    func target() -> String { typeName(type.type, depth: depth + 1) }
    switch type.tag {
    case DW_TAG_pointer_type: return pointer(to: type.type, mark: "*", depth: depth)
    case DW_TAG_reference_type: return pointer(to: type.type, mark: "&", depth: depth)
    case DW_TAG_rvalue_reference_type: return pointer(to: type.type, mark: "&&", depth: depth)
    case DW_TAG_const_type: return target() + " const"
    case DW_TAG_volatile_type: return target() + " volatile"
    case DW_TAG_array_type: return target() + " " + type.dimensions
    case DW_TAG_subroutine_type: return target() + " " + type.parameterList
    case DW_TAG_base_type: return type.name.map(shortIntegerName) ?? ""
    default: return type.qualifiedName ?? type.bodyOfNameless
    }
  }

  /// As gdb has types that have no name: `struct {...}`.
  private var bodyOfNameless: String {
    switch tag {
    case DW_TAG_structure_type: "struct {...}"
    case DW_TAG_class_type: "class {...}"
    case DW_TAG_union_type: "union {...}"
    case DW_TAG_enumeration_type: "enum {...}"
    default: "{...}"
    }
  }

  private static func pointer(to target: DIE?, mark: String, depth: Int) -> String {
    switch target?.tag {
    case DW_TAG_subroutine_type?:
      return "\(typeName(target?.type, depth: depth + 1)) (\(mark))\(target?.parameterList ?? "")"
    case DW_TAG_array_type?: return "\(typeName(target?.type, depth: depth + 1)) (\(mark)) \(target?.dimensions ?? "")"
    default:
      let name = typeName(target, depth: depth + 1)
      return name + (name.hasSuffix("}") && target?.qualifiedName == nil ? " " : "") + mark
    }
  }

  /// Of an array: `[2][3]`.
  private var dimensions: String {
    children.filter { $0.tag == DW_TAG_subrange_type }.map { dimension in
      let count = dimension.unsigned(DW_AT_count) ?? dimension.unsigned(DW_AT_upper_bound).map { $0 &+ 1 }
      return "[" + (count.map(String.init) ?? "") + "]"
    }.joined()
  }
}
