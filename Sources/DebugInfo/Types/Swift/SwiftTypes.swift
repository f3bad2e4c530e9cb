/// Makes types of Swift from their names. DWARF has names and sizes for them, and no members: those of the standard
/// library are laid out by its stable ABI, a program's own by what reflection says of their fields.
final class SwiftTypes {
  /// What reflection tells of a type, of whichever image has it.
  private let describe: (String) -> SwiftReflection.Description?
  private var known: [String: SwiftType?] = [:]
  /// Classes that are being laid out: an object may lead to others of its kind.
  private var classes: [String: DataType] = [:]

  init(describe: @escaping (String) -> SwiftReflection.Description?) { self.describe = describe }

  /// Lets go of all: an image came or went.
  func forget() {
    known = [:]
    classes = [:]
  }

  /// The type of a mangled name as DWARF has them (`$sSiD`); nil where it is none.
  /// - Parameter size: as DWARF states it.
  func type(mangled name: String, size: UInt64?) -> DataType? {
    guard name.hasPrefix("$s"), let demangled = Demangler.demangle(name)?.full else { return nil }
    let parsed = SwiftTypeName(demangled)
    // What is laid out in another size than the compiler had is not understood.
    if let made = make(parsed, depth: 0), size == nil || size == made.size { return made.type }
    return DataType(.aggregate(.structure), name: parsed.text, byteSize: size, language: .swift)
  }

  /// nil where the layout is not known.
  func make(_ name: SwiftTypeName, depth: Int) -> SwiftType? {
    let text = name.text
    if let known = known[text] { return known }
    guard depth < 24, known.count < 1 << 16 else { return nil }
    // A type that has one of its own kind inside (only damaged data says so) has no layout.
    known[text] = .some(nil)
    let made = build(name, text: text, depth: depth)
    known[text] = .some(made)
    return made
  }

  private func build(_ name: SwiftTypeName, text: String, depth: Int) -> SwiftType? {
    switch name {
    case .tuple(let elements):
      var fields = SwiftFields()
      for (index, element) in elements.enumerated() {
        guard let type = make(element.type, depth: depth + 1) else { return nil }
        fields.add(element.label ?? String(index), type)
      }
      return aggregate(text, fields)
    case .function: return function(text)
    case .other: return nil
    case .nominal(let plain, let arguments):
      return SwiftScalars.type(plain) ?? library(plain, arguments, text: text, depth: depth)
        ?? described(plain, arguments, text: text, depth: depth)
    }
  }

  /// The arguments are looked at later: a structure may hold an array of its own kind.
  private func aggregate(_ name: String, _ fields: SwiftFields, arguments: [SwiftTypeName] = []) -> SwiftType {
    let type = DataType(
      .aggregate(.structure), name: name, byteSize: fields.size, alignment: fields.alignment, language: .swift,
      members: fields.members,
      templateArguments: { [weak self] in arguments.compactMap { self?.templateArgument($0) } }())
    return SwiftType(
      type, size: fields.size, alignment: fields.alignment, inhabitants: fields.inhabitants, isDense: fields.isDense)
  }

  /// Code, and what it has captured.
  private func function(_ text: String) -> SwiftType {
    var fields = SwiftFields()
    let code = DataType(.function(isVariadic: true), name: "<function>", language: .swift)
    fields.add("function", .pointer(DataType(.pointer, byteSize: 8, target: code)))
    fields.add("context", .pointer(.untypedPointer))
    return aggregate(text, fields)
  }

  // MARK: The standard library

  private func library(_ name: String, _ arguments: [SwiftTypeName], text: String, depth: Int) -> SwiftType? {
    func argument(_ index: Int) -> SwiftType? {
      arguments.indices.contains(index) ? make(arguments[index], depth: depth + 1) : nil
    }
    var fields = SwiftFields()
    switch name {
    case "Swift.String", "Swift.Character":
      fields.add("_countAndFlags", SwiftScalars.word)
      fields.add("_object", .pointer(.untypedPointer, inhabitants: 1 << 20))
    case "Swift.Substring":
      guard let string = make(.nominal("Swift.String", arguments: []), depth: depth + 1) else { return nil }
      fields.add("_startIndex", SwiftScalars.word)
      fields.add("_endIndex", SwiftScalars.word)
      fields.add("_base", string)
    case "Swift.Array", "Swift.ContiguousArray", "Swift.Set", "Swift.Dictionary":
      fields.add("_buffer", .pointer(.untypedPointer, inhabitants: 4096))
    case "Swift.ArraySlice":
      fields.add("_owner", .pointer(.untypedPointer, inhabitants: 4096))
      fields.add("_base", .pointer(.untypedPointer))
      fields.add("_startIndex", SwiftScalars.word)
      fields.add("_endIndexAndFlags", SwiftScalars.word)
    case "Swift.Range", "Swift.ClosedRange":
      guard let bound = argument(0) else { return nil }
      fields.add("lowerBound", bound)
      fields.add("upperBound", bound)
    case "Swift.UnsafePointer", "Swift.UnsafeMutablePointer": return .pointer(pointer(to: arguments.first, name: text))
    case "Swift.UnsafeBufferPointer", "Swift.UnsafeMutableBufferPointer", "Swift.UnsafeRawBufferPointer",
      "Swift.UnsafeMutableRawBufferPointer":
      fields.add("baseAddress", .pointer(pointer(to: arguments.first, name: nil)))
      fields.add("count", SwiftScalars.word)
    case "Swift.Optional": return argument(0).flatMap { SwiftEnums.optional(of: $0, name: text) }
    default: return nil
    }
    return aggregate(text, fields, arguments: arguments)
  }

  /// What it points to is looked at later.
  private func pointer(to target: SwiftTypeName?, name: String?) -> DataType {
    DataType(
      .pointer, name: name, byteSize: 8, language: .swift,
      target: { [weak self] in target.flatMap { self?.templateArgument($0).type } ?? SwiftScalars.byte.type }())
  }

  /// Also of a type whose layout is not known.
  private func templateArgument(_ name: SwiftTypeName) -> DataType.TemplateArgument {
    let type = make(name, depth: 0)?.type ?? DataType(.unspecified, name: name.text, language: .swift)
    return DataType.TemplateArgument(name: nil, type: type, value: nil, isType: true)
  }

  // MARK: The program's own

  private func described(_ name: String, _ arguments: [SwiftTypeName], text: String, depth: Int) -> SwiftType? {
    guard let description = describe(name) else { return nil }
    switch description.kind {
    case .structure:
      var fields = SwiftFields()
      guard add(description.fields, to: &fields, arguments, depth: depth) else { return nil }
      return aggregate(text, fields)
    case .class: return object(description, arguments, text: text, depth: depth)
    case .enumeration, .multiPayloadEnumeration:
      var cases: [SwiftEnums.Case] = []
      for field in description.fields {
        guard let stated = field.type else {
          cases.append(SwiftEnums.Case(name: field.name, payload: nil))
          continue
        }
        // An indirect case has its values in a box.
        let payload =
          field.isIndirect
          ? SwiftType.pointer(.untypedPointer, inhabitants: 4096)
          : make(stated.substituting(arguments), depth: depth + 1)
        guard let payload else { return nil }
        cases.append(SwiftEnums.Case(name: field.name, payload: payload))
      }
      return SwiftEnums.type(named: text, cases)
    }
  }

  private func add(
    _ described: [SwiftReflection.Field], to fields: inout SwiftFields, _ arguments: [SwiftTypeName], depth: Int
  ) -> Bool {
    for field in described {
      guard let type = field.type.flatMap({ make($0.substituting(arguments), depth: depth + 1) }) else { return false }
      fields.add(field.name, type)
    }
    return true
  }

  /// A reference. The object's own fields are laid out when it is looked at.
  private func object(
    _ description: SwiftReflection.Description, _ arguments: [SwiftTypeName], text: String, depth: Int
  ) -> SwiftType {
    let object =
      classes[text]
      ?? DataType(
        .aggregate(.class), name: text, byteSize: 16, language: .swift,
        members: { [weak self] in self?.members(of: description, arguments, depth: 0).members ?? [] }())
    classes[text] = object
    return .pointer(
      DataType(.pointer, name: text, byteSize: 8, language: .swift, target: object), inhabitants: 4096)
  }

  /// After two words for the class and the counts come the fields of the superclass, then the class's own.
  private func members(of description: SwiftReflection.Description, _ arguments: [SwiftTypeName], depth: Int)
    -> SwiftFields
  {
    var fields = SwiftFields(startingAt: 16)
    guard depth < 16 else { return fields }
    if let superclass = description.superclass, case .nominal(let name, let own) = superclass.substituting(arguments) {
      guard let inherited = describe(name) else { return fields }
      fields = members(of: inherited, own, depth: depth + 1)
    }
    // The first field whose size is not known hides where the others are.
    _ = add(description.fields, to: &fields, arguments, depth: 1)
    return fields
  }
}

extension DataType {
  static var untypedPointer: DataType {
    DataType(.pointer, byteSize: 8, language: .swift, target: DataType(.void, name: "void"))
  }
}

extension SwiftType {
  /// Of eight bytes, of which 0 (and where it is counted, what follows) is no value.
  static func pointer(_ type: DataType, inhabitants: UInt64 = 1) -> SwiftType {
    SwiftType(
      type, size: 8, alignment: 8, inhabitants: Inhabitants(offset: 0, width: 8, first: 0, count: inhabitants))
  }
}

/// The types that processors know.
enum SwiftScalars {
  static var word: SwiftType { integer("Int", .signed, 8) }
  static var byte: SwiftType { integer("UInt8", .unsigned, 1) }

  private static func integer(_ name: String, _ encoding: DataType.Encoding, _ size: UInt64) -> SwiftType {
    SwiftType(
      DataType(.base(encoding), name: name, byteSize: size, language: .swift), size: size, alignment: min(size, 16),
      isDense: true)
  }

  static func type(_ name: String) -> SwiftType? {
    switch name {
    case "Swift.Int": return word
    case "Swift.Int8": return integer("Int8", .signed, 1)
    case "Swift.Int16": return integer("Int16", .signed, 2)
    case "Swift.Int32": return integer("Int32", .signed, 4)
    case "Swift.Int64": return integer("Int64", .signed, 8)
    case "Swift.Int128": return integer("Int128", .signed, 16)
    case "Swift.UInt": return integer("UInt", .unsigned, 8)
    case "Swift.UInt8": return byte
    case "Swift.UInt16": return integer("UInt16", .unsigned, 2)
    case "Swift.UInt32": return integer("UInt32", .unsigned, 4)
    case "Swift.UInt64": return integer("UInt64", .unsigned, 8)
    case "Swift.UInt128": return integer("UInt128", .unsigned, 16)
    case "Swift.Float16": return integer("Float16", .float, 2)
    case "Swift.Float": return integer("Float", .float, 4)
    case "Swift.Double": return integer("Double", .float, 8)
    case "Swift.Float80": return integer("Float80", .float, 16)
    case "Swift.Bool":
      return SwiftType(
        DataType(.base(.boolean), name: "Bool", byteSize: 1, language: .swift), size: 1, alignment: 1,
        inhabitants: .init(offset: 0, width: 1, first: 2, count: 254))
    case "Swift.UnsafeRawPointer", "Swift.UnsafeMutableRawPointer", "Swift.OpaquePointer":
      let plain = String(name.dropFirst(6))
      return .pointer(
        DataType(.pointer, name: plain, byteSize: 8, language: .swift, target: DataType(.void, name: "void")))
    case "Swift.AnyObject", "Builtin.NativeObject", "Builtin.BridgeObject", "Builtin.UnknownObject":
      return .pointer(.untypedPointer, inhabitants: 4096)
    case "Swift.Never", "Swift.Void":
      return SwiftType(
        DataType(.aggregate(.structure), name: String(name.dropFirst(6)), byteSize: 0, language: .swift), size: 0,
        alignment: 1, isDense: true)
    default: return nil
    }
  }
}
