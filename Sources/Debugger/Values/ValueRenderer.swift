import DebugInfo
import MachineModel

/// Writes one value, and the values inside it.
struct ValueRenderer {
  let settings: SessionSettings
  let language: SourceLanguage
  let letter: ValueFormat.Letter
  let source: any ValueSource
  private(set) var text = ""
  /// Virtual base classes of the object that were written already: each is part of it once.
  var shownVirtualBases: Set<String> = []
  /// Static members of structure type that were written already, by address.
  var shownStatics: Set<VirtualAddress> = []
  /// Levels of depth that are granted beyond `set print max-depth`.
  var extraDepth = 0
  /// Renderers around this one.
  var nesting = 0
  /// As among a frame's arguments: what is made of parts is `...`.
  var isBrief = false

  init(settings: SessionSettings, language: SourceLanguage, letter: ValueFormat.Letter, source: any ValueSource) {
    self.settings = settings
    self.language = language
    self.letter = letter
    self.source = source
  }

  /// What is written of a single value at most; the rest is `...`.
  private static let textLimit = 1 << 20
  /// Nesting that only damaged data has.
  private static let depthLimit = 60

  var isExhausted: Bool { text.utf8.count >= Self.textLimit }
  var isNatural: Bool { letter == .natural || letter == .raw || letter == .string }
  /// 0 stands for no limit, as in `set print elements 0`.
  var elementLimit: Int { settings.printElements > 0 ? settings.printElements : .max }
  var repeatLimit: Int { settings.printRepeats > 0 ? settings.printRepeats : .max }
  var types: TypePrinter { TypePrinter(language: language) }

  mutating func write(_ part: String) { text += part }

  /// True where `set print max-depth` lets nothing inside be seen.
  func isBeyondDepth(_ depth: Int) -> Bool {
    settings.printMaxDepth >= 0 && depth >= settings.printMaxDepth &+ extraDepth
  }

  /// `depth` counts the aggregates around the value.
  mutating func render(_ value: Value, depth: Int = 0, isTopLevel: Bool = false, isMember: Bool = false) {
    guard !isExhausted, depth < Self.depthLimit, nesting < 8 else { return write("...") }
    let type = value.type.stripped
    // A reference that is of the debug information only leads somewhere all the same.
    if let reason = unavailability(of: value, type, isPart: depth > 0),
      reason != .syntheticPointer || !type.isReference
    {
      if isTopLevel, reason == .syntheticPointer { writeTypePrefix(of: value, type) }
      return write(reason.placeholder)
    }
    if synthetic(value, depth: depth) { return }
    if isBrief, type.isAggregate || type.isArray { return write("...") }
    if isTopLevel, isNatural { writeTypePrefix(of: value, type) }
    if isTopLevel, !isNatural, type.isReference { write("(" + types.name(value.type) + ") ") }
    let language = language(of: type)
    if language == .fortran, renderFortran(value, type, depth: depth) { return }
    if language == .rust, renderRust(value, type, depth: depth) { return }
    switch type.kind {
    case .array: array(value, type, depth: depth)
    case .aggregate: aggregate(value, type, depth: depth)
    case .reference, .rvalueReference: reference(value, depth: depth, isMember: isMember)
    case .void: write("void")
    case .function: function(value, type)
    case .pointer where isNatural: pointer(value, type)
    case .memberPointer where isNatural: memberPointer(value, type, isTopLevel: isTopLevel)
    case .pointer, .memberPointer, .base, .enumeration, .unspecified:
      write(isNatural ? scalarText(value, type) : formattedText(value, type))
    case .typedef, .const, .volatile, .restrict, .atomic, .namespace: write("<unknown type>")
    }
  }

  /// Why nothing of a value can be shown. Parts of an aggregate speak for themselves; so do those of an aggregate in another, of
  /// which something is there.
  private func unavailability(of value: Value, _ type: DataType, isPart: Bool) -> Unavailability? {
    // Rust's `()` is the same wherever it is.
    if value.isOptimizedOut { return type.size == 0 && type.name == "()" ? nil : .optimizedOut }
    if case .unavailable(let reason) = value.location { return .reason(reason) }
    if type.kind == .void || type.isFunction || type.kind == .unspecified { return nil }
    guard let size = type.size else {
      if type.isArray || value.bitField != nil { return nil }
      return .incompleteType
    }
    if size == 0 { return nil }
    do throws(Unavailability) {
      if type.isArray || type.isAggregate {
        // A huge one is read as it is shown; whether it can be read at all, its first byte says.
        guard value.loadedBytes == nil else { return nil }
        if isPart, case .pieces = value.location { return nil }
        _ = try value.contents(from: 0, count: size > ValueFormatter.readLimit ? 1 : size)
        return nil
      }
      return try value.contents().missing
    } catch {
      return error
    }
  }

  /// `(type) ` before a pointer or reference, except where a string's quotes say what it points to.
  private mutating func writeTypePrefix(of value: Value, _ type: DataType) {
    guard type.kind == .pointer || type.isReference else { return }
    if type.kind == .pointer, value.type.unqualified.kind == .pointer, let target = type.target,
      letter != .raw, target.isPlainCharacter, !isSingleCharacter(target)
    {
      return
    }
    write("(" + types.name(value.type) + ") ")
  }

  /// The type's own, as a C++ program may show what a Rust library made, unless `set language` chose another. What only
  /// Rust has stays Rust's.
  private func language(of type: DataType) -> SourceLanguage {
    type.variantPart != nil ? type.language ?? language : settings.language.source ?? type.language ?? language
  }

  // MARK: Pointers and references

  private mutating func pointer(_ value: Value, _ type: DataType) {
    guard let bits = try? value.integer() else { return }
    let address = VirtualAddress(UInt64(truncatingIfNeeded: bits.bits))
    let target = (type.target ?? .void)
    let number = addressText(address, alwaysNamed: target.stripped.isFunction)
    write(number)
    if !isSingleCharacter(target), let character = CharacterType(target), address.rawValue != 0 {
      if !number.isEmpty { write(" ") }
      write(string(at: address, character))
    }
  }

  /// Rust's `&char` leads to one character and no string.
  private func isSingleCharacter(_ target: DataType) -> Bool {
    let target = target.stripped
    return target.kind == .base(.utf) && language(of: target) == .rust
  }

  /// `0x… <symbol+offset>`, as far as the settings want it.
  func addressText(_ address: VirtualAddress, alwaysNamed: Bool = false) -> String {
    let number = settings.printAddress ? address.description : ""
    guard alwaysNamed || settings.printSymbol, let name = symbolText(address) else { return number }
    return number.isEmpty ? name : number + " " + name
  }

  private func symbolText(_ address: VirtualAddress) -> String? {
    guard let (symbol, offset) = source.symbol(at: address) else { return nil }
    return offset == 0 ? "<\(symbol.name)>" : "<\(symbol.name)+\(offset)>"
  }

  /// The string at an address; what can be read of it, then the error.
  func string(at address: VirtualAddress, _ character: CharacterType) -> String {
    let limit = min(elementLimit, 1 << 16)
    let found = source.memory.text(address, width: character.width, limit: limit)
    let literal = TextLiteral(type: character, limit: .max, repeats: repeatLimit)
    guard let failure = found.failure else { return literal.string(found.bytes[...], isCut: !found.isTerminated) }
    let error = Unavailability.memory(failure).placeholder
    return found.bytes.isEmpty ? error : literal.string(found.bytes[...]) + error
  }

  private mutating func reference(_ value: Value, depth: Int, isMember: Bool) {
    if case .implicitPointer = value.location {
      let place = (try? value.withoutReference())?.address
      write(place.map { "@" + $0.description } ?? Unavailability.syntheticPointer.placeholder)
    } else if settings.printAddress {
      guard let address = try? value.pointed() else { return }
      write("@" + address.description)
    }
    // Members say where they lead, and no more: the object may be anything.
    guard !isMember else { return }
    if settings.printAddress { write(": ") }
    do throws(Unavailability) {
      render(try value.withoutReference().loaded(limit: ValueFormatter.readLimit), depth: depth)
    } catch {
      write(error.placeholder)
    }
  }

  private mutating func function(_ value: Value, _ type: DataType) {
    guard let address = value.address else { return write("<function>") }
    // Of an address one wants to know the function, of other formats the byte that stands there, as in gdb.
    if letter == .address { return write(addressText(address)) }
    if !isNatural { return write(formattedText(value.viewed(as: .unsignedByte), .unsignedByte)) }
    write("{" + types.name(type) + "} " + addressText(address, alwaysNamed: true))
  }

  private mutating func memberPointer(_ value: Value, _ type: DataType, isTopLevel: Bool) {
    guard let bits = try? value.integer(), let owner = type.containing?.stripped else { return }
    guard type.target?.stripped.isFunction == true else {
      let offset = UInt64(truncatingIfNeeded: bits.bits)
      if offset == .max { return write("NULL") }
      guard let (found, name) = owner.dataMember(at: offset) else { return write(String(Int64(bitPattern: offset))) }
      return write("&" + (found.name ?? "") + "::" + name)
    }
    // Itanium C++ ABI §2.3: the function's address, or 1 plus its offset in the table; then the adjustment of `this`.
    let function = UInt64(truncatingIfNeeded: bits.bits)
    let adjustment = Int64(truncatingIfNeeded: bits.bits >> 64)
    if function == 0 { return write("NULL") }
    if function & 1 == 1 {
      let index = (function - 1) / 8
      let method = owner.virtualMethod(index, adjustment: adjustment).map { methodName($0.method, of: $0.owner) }
      write("&virtual " + (method ?? "table offset \(index)"))
    } else {
      write("(" + types.name(type) + ") " + addressText(VirtualAddress(function), alwaysNamed: true))
    }
    if adjustment != 0 { write(", this adjustment \(adjustment)") }
  }

  /// A method as its symbol names it, with its parameters.
  private func methodName(_ method: DataType.Method, of owner: DataType) -> String {
    let name = (owner.name.map { $0 + "::" } ?? "") + method.name
    guard let linkage = method.linkageName, let scope = source as? any EvaluationScope,
      let address = scope.function(linkageName: linkage, type: method.type)?.address,
      let (symbol, distance) = source.symbol(at: address), distance == 0, symbol.name.hasPrefix(name)
    else {
      let parameters = method.parameters.map(types.name).joined(separator: ", ")
      return "\(name)(\(parameters))" + (method.isConstant ? " const" : "")
    }
    return symbol.name
  }
}
