import CDw
package import MachineModel

/// Variables, their types, and where they live.
extension ProgramSymbols {
  /// The variables of a scope that hold at `address`: of a function or inlined copy and its lexical blocks,
  /// innermost block first, in each in the order of their declaration; arguments with `.argument`.
  /// Costs a walk of the scope's entries.
  package func variables(in scope: EntryID, at address: VirtualAddress) -> [Variable] {
    guard let image = loadedImage(scope.image) else { return [] }
    let place = image.imageAddress(address).rawValue
    let key = CodeFacts.ScopeAddress(entry: scope, address: place)
    if let known = image.facts.variables[key] { return known }
    guard let scope = entry(scope) else { return [] }
    let found = VariableWalk.variables(in: scope, at: place).compactMap {
      variable($0.entry, blockDepth: $0.blockDepth, isInFunction: true)
    }
    return image.facts.variables.keep(found, for: key)
  }

  /// The variable that an entry declares; nil where it is none, or nameless. For the target of an implicit pointer.
  package func variable(_ id: EntryID) -> Variable? { entry(id).flatMap { variable($0, blockDepth: 0) } }

  /// True where all that is known of a variable is its value (DW_AT_const_value, DWARF 5 §4.1).
  package func isConstant(_ variable: Variable) -> Bool {
    guard let entry = entry(variable.entry) else { return false }
    return !entry.has(DW_AT_location) && entry.has(DW_AT_const_value)
  }

  /// Global and static variables of that (partly) qualified name; those of `near`'s unit come first.
  package func globals(named name: String, near address: VirtualAddress?) -> [Variable] {
    entries(.global, named: name, near: address).compactMap { variable($0, blockDepth: 0) }.filter {
      $0.kind == .global
    }
  }

  /// The static variable that a function declares, in whichever block; nil where it declares none of that name.
  package func staticLocal(named name: String, inFunction function: String) -> Variable? {
    let query = NameQuery(function)
    for image in loadedImages {
      for function in image.functions(query) {
        var found: Variable?
        for entry in [function, function.origin].compactMap(\.self) where found == nil {
          entry.forEachDescendant { entry, depth in
            switch entry.tag {
            case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block: return .enter
            case DW_TAG_variable where found == nil && entry.name == name:
              let variable = variable(entry, blockDepth: depth, isInFunction: true)
              if variable?.kind == .staticLocal { found = variable }
              return .skip
            default: return .skip
            }
          }
        }
        if let found { return found }
      }
    }
    return nil
  }

  /// A type of that name, with or without `struct`, `class`, `union`, `enum`; the definition rather than a declaration.
  /// Base types by the names that DWARF has for them.
  package func type(named name: String, near address: VirtualAddress?) -> DataType? {
    let words = name.split(separator: " ", maxSplits: 1)
    let keywords: [Substring: Set<Int>] = [
      "struct": [DW_TAG_structure_type, DW_TAG_class_type], "class": [DW_TAG_structure_type, DW_TAG_class_type],
      "union": [DW_TAG_union_type], "enum": [DW_TAG_enumeration_type],
    ]
    let tags = words.count == 2 ? keywords[words[0]] : nil
    let plain = tags == nil ? name : String(words[1])
    // C has tags in a name space of their own.
    let found = entries(.type, named: plain, near: address).filter { entry in
      tags?.contains(entry.tag) ?? (entry.language != .c || !keywords.values.contains { $0.contains(entry.tag) })
    }
    return (found.first { !$0.isDeclaration } ?? found.first).map(types.type)
  }

  /// Where a type of that (partly) qualified name is declared; the definition rather than a declaration.
  package func declaration(ofType name: String) -> SourceLocation? {
    let found = entries(.type, named: name, near: nil)
    return (found.first { !$0.isDeclaration } ?? found.first).flatMap { entry in
      loadedImage(entry.file.image)?.declaration(of: entry)
    }
  }

  /// True for a namespace of just that name.
  package func isNamespace(_ name: String) -> Bool {
    entries(.namespace, named: name, near: nil).contains { $0.qualifiedName == name }
  }

  /// An enumerator of that (partly) qualified name, with its enumeration; those of `near`'s unit come first. One of a
  /// scoped enumeration is known with that only.
  package func enumerator(named name: String, near address: VirtualAddress?) -> (type: DataType, value: Int64)? {
    let isQualified = name.contains("::")
    for entry in entries(.enumerator, named: name, near: address) {
      guard let enumeration = entry.parent, let name = entry.qualifiedName,
        isQualified || !enumeration.flag(DW_AT_enum_class)
      else { continue }
      let type = types.type(enumeration)
      if let found = type.enumerators.first(where: { $0.name == name }) { return (type, found.value) }
    }
    return nil
  }

  /// The type of a function (`.function` with result and parameters).
  package func functionType(_ function: EntryID) -> DataType? { entry(function).map(types.type) }

  /// The class that declares the function whose code covers an address; nil where none does.
  package func declaringClass(ofFunctionAt address: VirtualAddress) -> DataType? {
    guard let function = scopes(at: address).last?.entry.flatMap(entry), let parent = function.declaration.parent,
      [DW_TAG_class_type, DW_TAG_structure_type].contains(parent.tag)
    else { return nil }
    return types.type(parent)
  }

  /// Where a variable lives in a frame. Every failure is a case of the result.
  package func locate(_ variable: Variable, in frame: any FrameContext) -> Location {
    guard let entry = entry(variable.entry) else { return .unavailable("the image of \(variable.name) is gone") }
    return locate(entry, in: frame, calls: 0)
  }

  /// Evaluates a bare DWARF expression with `initial` on the stack (a member's DW_AT_data_member_location).
  package func evaluate(_ expression: [UInt8], initial: [UInt64], in frame: any FrameContext) -> Location {
    let context = FrameExpressionContext(symbols: self, frame: frame, unit: nil, object: initial.first)
    return DwarfExpressionEvaluator.locate(expression, initial: initial, in: context)
  }

  // MARK: Entries

  func locate(_ entry: DIE, in frame: any FrameContext, calls: Int) -> Location {
    guard calls <= FrameExpressionContext.maximumCalls, let image = loadedImage(entry.file.image) else {
      return .unavailable("the image is gone")
    }
    if let location = entry.attribute(DW_AT_location) {
      let pc = image.imageAddress(frame.lookupAddress).rawValue
      let function = frame.function.flatMap { self.entry($0) }
      guard let expression = location.expression(at: pc, entryPC: function?.entryPC) else {
        return .unavailable("the location list is damaged")
      }
      let context = FrameExpressionContext(symbols: self, frame: frame, unit: entry.unit, calls: calls)
      return DwarfExpressionEvaluator.locate(expression, in: context)
    }
    if let constant = entry.attribute(DW_AT_const_value) {
      return Self.constantBytes(constant, size: types.type(of: entry)?.byteSize).map(Location.value) ?? .optimizedOut
    }
    return symbolLocation(of: entry)
  }

  /// A global that is declared only: the linker knows where it is.
  private func symbolLocation(of entry: DIE) -> Location {
    guard entry.flag(DW_AT_external), let name = entry.string(DW_AT_linkage_name) ?? entry.name,
      let symbol = symbols(named: name).first(where: { !$0.isFunction })
    else { return .optimizedOut }
    return .memory(symbol.address)
  }

  /// DW_AT_const_value: a number of the type's size, or bytes, or a string (DWARF 5 §4.1).
  static func constantBytes(_ constant: Attribute, size: UInt64?) -> [UInt8]? {
    if let number = constant.constant {
      let sign: UInt8 = number < 0 ? 0xff : 0
      let bytes = StackValue(number).bytes
      guard let size, size <= 64 else { return bytes }
      return Array((bytes + [UInt8](repeating: sign, count: 64)).prefix(Int(size)))
    }
    return constant.block ?? constant.string.map { Array($0.utf8) + [0] }
  }

  /// - Parameter isInFunction: nil where it is not known: telling takes a walk of the unit, at first.
  private func variable(_ entry: DIE, blockDepth: Int, isInFunction: Bool? = nil) -> Variable? {
    let tags = [DW_TAG_variable, DW_TAG_formal_parameter, DW_TAG_constant, DW_TAG_label]
    guard let name = entry.name, tags.contains(entry.tag) else { return nil }
    let kind = kind(of: entry, isInFunction)
    return Variable(
      name: kind == .global ? entry.qualifiedName ?? name : name, kind: kind,
      type: types.type(of: entry) ?? DataType(.unspecified, name: "<data variable, no debug info>"),
      entry: entry.id, blockDepth: blockDepth, declaration: loadedImage(entry.file.image)?.declaration(of: entry))
  }

  private func kind(of entry: DIE, _ isInFunction: Bool?) -> Variable.Kind {
    if entry.tag == DW_TAG_formal_parameter { return .argument }
    guard isInFunction ?? Self.blockTags.contains(entry.parent?.tag ?? 0) else { return .global }
    // A fixed address makes it static, whatever block it is declared in.
    let first = entry.block(DW_AT_location)?.first.map(Int.init)
    return first == DW_OP_addr || first == DW_OP_addrx || first == DW_OP_GNU_addr_index ? .staticLocal : .local
  }

  private static let blockTags: Set<Int> = [
    DW_TAG_subprogram, DW_TAG_inlined_subroutine, DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block,
  ]
}
