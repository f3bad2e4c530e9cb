import DebugInfo

/// What `ptype` spells out: members, methods, enumerators.
extension TypePrinter {
  /// How many members and enumerators are written before `...`.
  private static let memberLimit = 2000

  /// A structure or enumeration with its body. `show` is 1 for the type that was asked for, 0 for its members'
  /// types, which are spelled out only where they have no name, and less inside of those, where none is.
  func body(of type: DataType, indentation: Int, show: Int) -> String {
    guard show > 0 || (show == 0 && type.name == nil) else { return baseName(type) }
    switch type.kind {
    case .aggregate: return language == .rust ? rustBody(of: type) : aggregate(type, indentation, show)
    case .enumeration: return language == .rust ? rustPlainEnumeration(type) : enumeration(type)
    default: return baseName(type)
    }
  }

  private func aggregate(_ type: DataType, _ indentation: Int, _ show: Int) -> String {
    let margin = String(repeating: " ", count: indentation)
    var text = heading(type) + bases(of: type) + " {\n"
    let fields = type.members.filter { !$0.isBase && !$0.isVirtualTable }
    let methods = type.methods.filter { !$0.isArtificial }
    if type.members.isEmpty && type.methods.isEmpty {
      text += margin + (type.isDeclaration || type.size == nil ? "    <incomplete type>\n" : "    <no data fields>\n")
    }
    var section: DataType.Member.Access?
    func label(_ access: DataType.Member.Access) {
      guard section != access else { return }
      section = access
      text += margin + "  \(access):\n"
    }
    let isLabelled = language == .cpp && needsLabels(type)
    for field in fields.prefix(Self.memberLimit) {
      if isLabelled { label(field.access) }
      text += margin + "    " + self.field(field, of: type, indentation + 4, show) + ";\n"
    }
    // gdb parts them from the members only where it has labelled these.
    if language == .cpp, section != nil, !methods.isEmpty { text += "\n" }
    for method in methods.prefix(Self.memberLimit) where language == .cpp {
      label(method.access)
      text += margin + "    " + self.method(method, of: type) + ";\n"
    }
    return text + margin + "}"
  }

  private func heading(_ type: DataType) -> String {
    guard let name = type.name else { return keyword(type) ?? "" }
    let arguments = type.templateArguments.compactMap { argument in
      argument.value == nil ? argument.name.flatMap { name in argument.type.map { (name, $0) } } : nil
    }
    let with = arguments.map { "\($0.0) = \(self.name($0.1))" }.joined(separator: ", ")
    return (keyword(type) ?? "") + " " + name + (with.isEmpty ? "" : " [with \(with)]")
  }

  private func bases(of type: DataType) -> String {
    let bases = type.members.filter(\.isBase).map { base in
      let virtual = base.kind == .base(isVirtual: true) ? " virtual" : ""
      return "\(base.access)\(virtual) \(name(base.type))"
    }
    return bases.isEmpty ? "" : " : " + bases.joined(separator: ", ")
  }

  /// gdb labels the members of a class where one is not private, and of a structure where one is not public; a
  /// virtual table's pointer counts as private.
  private func needsLabels(_ type: DataType) -> Bool {
    let members = type.members.filter { !$0.isBase }
    if type.kind == .aggregate(.class) {
      return members.contains { $0.access != .private && !$0.isVirtualTable }
        || type.methods.contains { $0.access != .private }
    }
    return members.contains { $0.access != .public || $0.isVirtualTable }
      || type.methods.contains { $0.access != .public }
  }

  private func field(_ field: DataType.Member, of type: DataType, _ indentation: Int, _ show: Int) -> String {
    let declarator = Declarator(text: field.name ?? "", resolvesTypedefs: false) {
      templateParameter($0, of: type) ?? body(of: $0, indentation: indentation, show: show - 1)
    }
    let text = spell(field.type, declarator)
    let bits = field.bitSize.map { " : \($0)" } ?? ""
    return (field.kind == .staticField ? "static " : "") + text + bits
  }

  /// `T` where a member's type is what the template was given for it.
  private func templateParameter(_ type: DataType, of template: DataType) -> String? {
    guard let name = type.name else { return nil }
    return template.templateArguments.first { $0.value == nil && $0.type?.name == name }?.name
  }

  private func method(_ method: DataType.Method, of type: DataType) -> String {
    let function = method.type
    var parameters = function.parameters[...]
    var isConstant = false
    if !method.isStatic, let this = parameters.first?.stripped, this.kind == .pointer,
      let target = this.target, target.stripped === type.stripped || target.stripped.name == type.name
    {
      parameters = parameters.dropFirst()
      isConstant = target.kind == .const
    }
    var isVariadic = false
    if case .function(let variadic) = function.kind { isVariadic = variadic }
    let names = parameters.prefix(64).map { parameter in
      spell(parameter, Declarator(resolvesTypedefs: false) { templateParameter($0, of: type) ?? baseName($0) })
    }
    // A destructor's hidden parameters are the compiler's business.
    let isDestructor = method.name.hasPrefix("~")
    let list =
      isDestructor || (names.isEmpty && !isVariadic)
      ? "void" : (names + (isVariadic ? ["..."] : [])).joined(separator: ", ")
    var text = ""
    let scope = type.name.flatMap(DataType.scope) ?? ""
    let own = type.name.map { $0.dropFirst(scope.isEmpty ? 0 : scope.count + 2).prefix { $0 != "<" } }
    if !isDestructor {
      text += method.isVirtual ? "virtual " : method.isStatic ? "static " : ""
      if method.name != own.map(String.init) {
        let result = function.target ?? .void
        text += spell(result, Declarator(resolvesTypedefs: false) { templateParameter($0, of: type) ?? baseName($0) })
        text += " "
      }
    }
    return text + method.name + "(" + list + ")" + (isConstant ? " const" : "")
  }

  private func enumeration(_ type: DataType) -> String {
    var text = baseHeading(type)
    if language == .cpp, let underlying = type.target?.name { text += " : " + DataType.canonicalName(underlying) }
    var expected: Int64 = 0
    let names = type.enumerators.prefix(Self.memberLimit).map { enumerator in
      defer { expected = enumerator.value &+ 1 }
      let name = type.enumeratorName(enumerator, language: language)
      return enumerator.value == expected ? name : "\(name) = \(enumerator.value)"
    }
    return text + " {" + names.joined(separator: ", ") + "}"
  }

  private func baseHeading(_ type: DataType) -> String {
    (keyword(type) ?? "enum") + (type.name.map { " " + $0 } ?? "")
  }

  private func rustBody(of type: DataType) -> String {
    let name = type.name ?? ""
    // A tuple's name says it all.
    if name.hasPrefix("(") { return name }
    if let part = type.variantPart { return rustEnumeration(part, name) }
    let keyword = type.kind == .aggregate(.union) ? "union" : "struct"
    let fields = type.members.filter { $0.name != nil }
    if fields.isEmpty { return keyword + " " + name }
    let isTuple = fields.contains(where: \.isPositional)
    let lines = fields.prefix(Self.memberLimit).map { "  " + rustField($0) + ",\n" }.joined()
    return keyword + " " + name + (isTuple ? " (\n" : " {\n") + lines + (isTuple ? ")" : "}")
  }

  private func rustField(_ field: DataType.Member) -> String {
    (field.isPositional ? "" : (field.name ?? "") + ": ") + name(field.type)
  }

  private func rustEnumeration(_ part: DataType.VariantPart, _ name: String) -> String {
    let lines = part.variants.prefix(Self.memberLimit).compactMap { variant -> String? in
      guard let member = variant.members.first else { return nil }
      let fields = member.type.stripped.members.filter { $0.name != nil }
      let list = fields.map(rustField).joined(separator: ", ")
      let isTuple = fields.contains(where: \.isPositional)
      return "  " + (member.name ?? "") + (fields.isEmpty ? "" : isTuple ? "(\(list))" : "{\(list)}") + ",\n"
    }
    return "enum \(name) {\n" + lines.joined() + "}"
  }

  private func rustPlainEnumeration(_ type: DataType) -> String {
    let lines = type.enumerators.prefix(Self.memberLimit).map { enumerator in
      "  " + (enumerator.name.split(separator: ":").last.map(String.init) ?? enumerator.name) + ",\n"
    }
    return "enum \(type.name ?? "") {\n" + lines.joined() + "}"
  }
}

extension DataType.Member {
  /// A field of a tuple, which only its place names.
  fileprivate var isPositional: Bool { name?.hasPrefix("__") ?? false }
}
