import DebugInfo

/// What `ptype` spells out: members, methods, enumerators.
extension TypePrinter {
  /// How many members and enumerators are written before `...`.
  static let memberLimit = 2000

  /// A structure or enumeration with its body. `show` is 1 for the type that was asked for, 0 for its members'
  /// types, which are spelled out only where they have no name, and less inside of those, where none is.
  /// `base` is where the structure begins in the outermost one, in bits.
  func body(of type: DataType, indentation: Int, show: Int, base: UInt64 = 0) -> String {
    guard show > 0 || (show == 0 && type.name == nil), indentation == 0 || !names.holds(type) else {
      return baseName(type)
    }
    switch type.kind {
    case .aggregate:
      return language == .rust ? rustBody(of: type) : aggregate(type, indentation, show, base: base)
    case .enumeration: return language == .rust ? rustPlainEnumeration(type) : enumeration(type)
    case .namespace: return "namespace " + baseName(type)
    // What has no type of its own is void where names are resolved, as `std::nullptr_t`.
    case .unspecified where show > 0 && language == .cpp: return "void"
    default: return baseName(type)
    }
  }

  private func aggregate(_ type: DataType, _ indentation: Int, _ show: Int, base: UInt64) -> String {
    var inner = self
    var derivation = self
    if !options.isRaw, language == .cpp, !type.isDeclaration {
      derivation.names = names.adding(parametersOf: type)
      inner.names = derivation.names.adding(typedefsOf: type)
    }
    var text = heading(type) + derivation.bases(of: type) + " {\n"
    let margin = String(repeating: " ", count: indentation)
    let lead = options.showsOffsets ? MemberLayout.blank : ""
    var labels = AccessLabels(margin: lead + margin)
    let isLabelled = language == .cpp && needsLabels(type)
    if type.members.isEmpty && type.methods.isEmpty && type.typedefs.isEmpty {
      text +=
        lead + margin + (type.isDeclaration || type.size == nil ? "    <incomplete type>\n" : "    <no data fields>\n")
    }
    var layout = MemberLayout(of: type, base: base, isHexadecimal: options.isHexadecimal)
    for field in type.members.lazy.filter({ !$0.isBase && !$0.isVirtualTable }).prefix(Self.memberLimit) {
      if isLabelled { text += labels.label(field.access) }
      text += options.showsOffsets ? layout.lead(field) : ""
      text += margin + "    " + inner.field(field, indentation + 4, show, base: base) + ";\n"
    }
    if language == .cpp {
      text += inner.methods(of: type, margin: margin, &labels)
      text += derivation.typedefs(of: type, margin: margin, isLabelled: isLabelled, &labels)
    }
    if options.showsOffsets { text += layout.trailer(type, margin: margin) }
    // The outermost bracket stands where labels do.
    return text + lead + (options.showsOffsets && indentation == 0 ? "  " : margin) + "}"
  }

  /// `public:` and the like, once for each stretch of members that share it.
  private struct AccessLabels {
    let margin: String
    private(set) var section: DataType.Member.Access?
    init(margin: String) { self.margin = margin }

    mutating func label(_ access: DataType.Member.Access) -> String {
      guard section != access else { return "" }
      section = access
      return margin + "  \(access):\n"
    }
  }

  private func heading(_ type: DataType) -> String {
    guard let name = type.name else { return keyword(type) ?? "" }
    // gdb looks for a short name among definitions.
    guard !options.isRaw, !type.isDeclaration else { return (keyword(type) ?? "") + " " + name }
    let heading = (keyword(type) ?? "") + " " + names.name(of: type, name)
    let arguments = type.templateArguments.compactMap { argument in
      argument.isType ? argument.name.flatMap { name in argument.type.map { (name, $0) } } : nil
    }
    let with = arguments.map { "\($0.0) = \(self.name($0.1))" }.joined(separator: ", ")
    return heading + (with.isEmpty ? "" : " [with \(with)]")
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
        || type.methods.contains { $0.access != .private } || type.typedefs.contains { $0.access != .private }
    }
    return members.contains { $0.access != .public || $0.isVirtualTable }
      || type.methods.contains { $0.access != .public } || type.typedefs.contains { $0.access != .public }
  }

  private func field(_ field: DataType.Member, _ indentation: Int, _ show: Int, base: UInt64) -> String {
    // With offsets, structures inside are laid open, too, unless by a typedef's name.
    let opens = options.showsOffsets && field.kind == .field && field.type.isAggregate
    let place = base &+ field.offset &* 8
    let declarator = Declarator(text: field.name ?? "", resolvesTypedefs: false) {
      body(of: $0, indentation: indentation, show: opens ? show : show - 1, base: place)
    }
    let isParameter = names.parameter(for: field.type) != nil
    let short = opens ? libraryName(field.type, declarator: field.name ?? "") : nil
    let text =
      short
      ?? (isParameter ? declaration(of: field.type, declarator: field.name ?? "") : spell(field.type, declarator))
    let bits = field.bitSize.map { " : \($0)" } ?? ""
    return (field.kind == .staticField ? "static " : "") + text + bits
  }

  // MARK: Methods and typedefs

  private func methods(of type: DataType, margin: String, _ labels: inout AccessLabels) -> String {
    let methods = type.methods.filter { !$0.isArtificial }.prefix(Self.memberLimit)
    guard options.showsMethods, !options.showsOffsets, !methods.isEmpty else { return "" }
    // gdb parts them from the members only where it has labelled these.
    var text = labels.section == nil ? "" : "\n"
    for method in Self.groupedByName(methods) {
      text += labels.label(method.access) + margin + "    " + self.method(method, of: type) + ";\n"
    }
    return text
  }

  /// All of a name stand together, where the first of them is.
  private static func groupedByName(_ methods: some Sequence<DataType.Method>) -> [DataType.Method] {
    var groups: [[DataType.Method]] = []
    var indices: [String: Int] = [:]
    for method in methods {
      if let index = indices[method.name] {
        groups[index].append(method)
      } else {
        indices[method.name] = groups.count
        groups.append([method])
      }
    }
    return groups.flatMap { $0 }
  }

  private func method(_ method: DataType.Method, of type: DataType) -> String {
    var isVariadic = false
    if case .function(let variadic) = method.type.kind { isVariadic = variadic }
    let names = method.parameters.prefix(64).map { parameter($0) }
    let list =
      names.isEmpty && !isVariadic ? "void" : (names + (isVariadic ? ["..."] : [])).joined(separator: ", ")
    var text = ""
    let scope = type.name.flatMap(DataType.scope) ?? ""
    let own = type.name.map { $0.dropFirst(scope.isEmpty ? 0 : scope.count + 2).prefix { $0 != "<" } }
    // GCC gives destructors no place in the table, whereby gdb tells.
    text += method.virtualIndex != nil ? "virtual " : method.isStatic ? "static " : ""
    if !method.name.hasPrefix("~") {
      if method.name != own.map(String.init), !Self.isConversion(method.name) {
        text += name(method.type.target ?? .void) + " "
      }
    }
    return text + method.name + "(" + list + ")" + (method.isConstant ? " const" : "")
      + (method.isVolatile ? " volatile" : "")
  }

  /// `operator bool`, whose name is its type; not `operator new`.
  private static func isConversion(_ name: String) -> Bool {
    guard name.hasPrefix("operator "), let word = name.split(separator: " ").dropFirst().first else { return false }
    return !["new", "delete", "new[]", "delete[]", "co_await"].contains(word)
      && word.utf8.first.map { $0 >= UInt8(ascii: "A") || $0 == UInt8(ascii: "(") } ?? false
  }

  private func typedefs(
    of type: DataType, margin: String, isLabelled: Bool, _ labels: inout AccessLabels
  ) -> String {
    guard options.showsTypedefs, !options.showsOffsets, !type.typedefs.isEmpty else { return "" }
    var text = type.members.isEmpty && type.methods.isEmpty ? "" : "\n"
    for typedef in type.typedefs.prefix(Self.memberLimit) {
      if isLabelled { text += labels.label(typedef.access) }
      text += margin + "    typedef " + declaration(of: typedef.type.target ?? .void, declarator: typedef.name) + ";\n"
    }
    return text
  }

  private func enumeration(_ type: DataType) -> String {
    var text = baseHeading(type)
    if language == .cpp, let underlying = type.target?.stripped.name {
      text += " : " + DataType.canonicalName(underlying)
    }
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
