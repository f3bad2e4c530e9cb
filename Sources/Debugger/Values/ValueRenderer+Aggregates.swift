import DebugInfo
import MachineModel

/// Structures, unions and arrays.
extension ValueRenderer {
  /// Members that are written of one aggregate; compilers make no more.
  static let memberLimit = 4000

  // MARK: Structures

  /// `{<Base> = {…}, x = 1, {u = 2, f = 3}, static n = 4}`.
  mutating func aggregate(_ value: Value, _ type: DataType, depth: Int, isAnonymous: Bool = false) {
    if type.size == nil { return write(Unavailability.incompleteType.placeholder) }
    let isCut = !isAnonymous && isBeyondDepth(depth)
    let isHiddenUnion = type.kind == .aggregate(.union) && !settings.printUnion && depth > 0
    guard !isCut, !isHiddenUnion else { return write("{...}") }
    write("{")
    var hasBases = false
    for member in type.members where member.isBase {
      guard base(member, of: value, depth: depth) else { continue }
      hasBases = true
    }
    members(of: value, type, depth: depth, hasBases: hasBases)
    write("}")
  }

  /// False where it is a virtual base class that was written already.
  private mutating func base(_ member: DataType.Member, of value: Value, depth: Int) -> Bool {
    let name = types.baseName(member.type.stripped)
    if member.kind == .base(isVirtual: true), !shownVirtualBases.insert(name).inserted { return false }
    newLine(depth + 1)
    write("<\(name)> = ")
    if let part = value.part(member) {
      // The table of an object that is not made yet leads anywhere.
      if member.kind == .base(isVirtual: true), !part.isOptimizedOut, (try? part.contents(from: 0, count: 1)) == nil {
        write("<invalid address>")
      } else if !synthetic(part, depth: depth + 1) {
        aggregate(part, member.type.stripped, depth: depth + 1)
      }
    }
    write(", ")
    return true
  }

  private mutating func members(of value: Value, _ type: DataType, depth: Int, hasBases: Bool) {
    let fields = type.members.filter {
      !$0.isBase && (settings.printStaticMembers || $0.kind != .staticField)
    }
    if fields.isEmpty {
      newLine(depth + 1)
      return write("<No data fields>")
    }
    if hasBases, settings.printPretty {
      newLine(depth + 1)
      write("members of \(types.baseName(type)):")
    }
    var isFirst = true
    for field in fields.prefix(Self.memberLimit) where !isExhausted {
      if !isFirst { write(settings.printPretty ? "," : ", ") }
      isFirst = false
      newLine(depth + 1)
      self.field(field, of: value, depth: depth)
    }
    newLine(depth)
  }

  private mutating func field(_ field: DataType.Member, of value: Value, depth: Int) {
    if field.kind == .staticField { return staticField(field, of: value, depth: depth) }
    if let name = field.name { write(name + " = ") }
    guard let part = value.part(field) else { return write(Unavailability.optimizedOut.placeholder) }
    if field.isAnonymousAggregate, field.type.stripped.size != nil, !part.isOptimizedOut {
      return aggregate(part, field.type.stripped, depth: depth + 1, isAnonymous: true)
    }
    if field.isVirtualTable, let address = try? part.pointed() { return write(addressText(address)) }
    let outer = shownVirtualBases
    shownVirtualBases = []
    render(part, depth: depth + 1, isMember: true)
    shownVirtualBases = outer
  }

  private mutating func staticField(_ field: DataType.Member, of value: Value, depth: Int) {
    write("static \(field.name ?? "") = ")
    guard let part = value.part(field) else { return write(Unavailability.optimizedOut.placeholder) }
    // A static member of the class's own type would otherwise contain itself for ever.
    if part.type.stripped.isAggregate, let address = part.address, !shownStatics.insert(address).inserted {
      return write("<same as static member of an already seen type>")
    }
    render(part.loaded(limit: ValueFormatter.readLimit), depth: depth + 1, isMember: true)
  }

  /// In `set print pretty`, where a member begins.
  mutating func newLine(_ depth: Int) {
    guard settings.printPretty else { return }
    write("\n" + String(repeating: "  ", count: depth))
  }

  // MARK: Arrays

  /// What stands around and between an array's elements.
  struct ArrayStyle {
    let open: String
    let close: String
    /// Between elements that are arrays themselves.
    let rowSeparator: String

    static let c = ArrayStyle(open: "{", close: "}", rowSeparator: ", ")
    static let rust = ArrayStyle(open: "[", close: "]", rowSeparator: ", ")
    static let fortran = ArrayStyle(open: "(", close: ")", rowSeparator: " ")
  }

  /// `{1, 2 <repeats 11 times>, 3...}`, or a string. `style`: the language's, where it isn't stated.
  mutating func array(_ value: Value, _ type: DataType, depth: Int, style: ArrayStyle? = nil) {
    switch type.layout.absence {
    case .notAllocated: return write("<not allocated>")
    case .notAssociated: return write("<not associated>")
    case nil: break
    }
    let style = style ?? (language == .rust ? .rust : .c)
    guard let element = type.target, let size = element.size, size > 0, case .array(let count?) = type.kind, count > 0
    else {
      // Of no known length, or none at all: as a pointer to where it begins.
      guard let address = value.address else { return write("{}") }
      return write(addressText(address))
    }
    // Rust's `char` is a number among others.
    if isNatural, let character = CharacterType(element), language != .rust || character.width == 1,
      characters(value, count: count, character)
    {
      return
    }
    if isBeyondDepth(depth) { return write("{...}") }
    let wanted = size.multipliedReportingOverflow(by: UInt64(min(elementLimit, 1 << 20)))
    let value = value.loaded(
      limit: wanted.overflow
        ? Value.largestRead : min(max(wanted.partialValue, ValueFormatter.readLimit), Value.largestRead))
    write(style.open)
    let separator = element.isArray && !element.layout.isString ? style.rowSeparator : ", "
    // What was not read for being too much is cut, so that a repetition's count is never half the truth.
    let isStrided = type.layout.stride != nil
    let shown = isStrided ? count : min(count, value.loadedBytes.map { UInt64($0.count) / size } ?? count)
    var index: UInt64 = 0
    var printed = 0
    while index < shown, printed < elementLimit, !isExhausted {
      if index > 0 { write(settings.printArray ? "," : separator) }
      if settings.printArray { write("\n" + String(repeating: "  ", count: depth + 1)) }
      if settings.printArrayIndexes { write("[\(type.layout.lowerBound &+ Int64(clamping: index))] = ") }
      guard var part = value.element(at: Int64(bitPattern: index)) else { break }
      if isStrided { part = part.loaded() }
      let run = repetitions(of: part, at: index, count: shown, in: value)
      render(part, depth: depth + 1)
      if run > repeatLimit {
        write(" <repeats \(run) times>")
        index += UInt64(run)
        printed += repeatLimit
      } else {
        index += 1
        printed += 1
      }
    }
    if index < count { write("...") }
    if settings.printArray { write("\n" + String(repeating: "  ", count: depth)) }
    write(style.close)
  }

  /// How many elements from `index` on have the same bytes, as far as they are loaded.
  private func repetitions(of first: Value, at index: UInt64, count: UInt64, in value: Value) -> Int {
    let isMissing = first.isMissing
    let bytes = first.loadedBytes
    guard isMissing || bytes.map({ $0.missing == nil }) ?? false else { return 1 }
    var run = 1
    while index + UInt64(run) < count, let next = value.element(at: Int64(bitPattern: index + UInt64(run))) {
      if isMissing {
        guard next.isMissing else { break }
      } else {
        guard let bytes, let others = next.loadedBytes, others.missing == nil, others.bytes.elementsEqual(bytes.bytes)
        else { break }
      }
      run += 1
    }
    return run
  }

  /// Where the first character is that is zero.
  private static func firstZero(in bytes: ArraySlice<UInt8>, width: Int) -> Int? {
    stride(from: 0, to: bytes.count - width + 1, by: max(1, width)).first { start in
      bytes.dropFirst(start).prefix(width).allSatisfy { $0 == 0 }
    }
  }

  /// As a string literal; false where some of it was optimized out, so that each has to speak for itself.
  private mutating func characters(_ value: Value, count: UInt64, _ character: CharacterType) -> Bool {
    let whole = count.multipliedReportingOverflow(by: UInt64(character.width))
    let size = whole.overflow ? ValueFormatter.readLimit : min(whole.partialValue, ValueFormatter.readLimit)
    do throws(Unavailability) {
      let contents = try value.contents(from: 0, count: size)
      if contents.missing != nil { return false }
      var bytes = contents.bytes
      var isCut = whole.overflow || size < whole.partialValue
      if settings.printNullStop, let end = Self.firstZero(in: bytes, width: character.width) {
        bytes = bytes.prefix(end)
        isCut = false
      }
      // The zero that ends a string which fills its array goes without saying.
      if !isCut, bytes.suffix(character.width).allSatisfy({ $0 == 0 }) {
        bytes = bytes.dropLast(character.width)
      }
      let literal = TextLiteral(type: character, limit: elementLimit, repeats: repeatLimit)
      write(literal.string(bytes, isCut: isCut))
    } catch {
      if case .pieces = value.location { return false }
      write(error.placeholder)
    }
    return true
  }
}

extension Value {
  /// True where pieces tell that nothing of it is there.
  fileprivate var isMissing: Bool {
    guard case .pieces = location else { return false }
    return loadedBytes.map { $0.whollyMissing != nil } ?? ((try? contents()) == nil)
  }
}
