import DebugInfo
import MachineModel

/// Members, elements, addresses, sizes, conversions and assignments.
extension ExpressionEvaluator {
  // MARK: Parts

  /// `.` and `->` are one, as in gdb: what is a pointer is followed.
  func member(_ name: String, of value: Value, isArrow: Bool) throws(ExpressionError) -> Value {
    let object = try object(value, isArrow: isArrow)
    if isRust, let found = try rustField(name, of: object) { return found }
    if isSwift, let found = try swiftMember(name, of: object) { return found }
    guard object.type.stripped.isAggregate else {
      throw ExpressionError(
        "Attempt to extract a component of a value that is not a structure\(isArrow ? " pointer" : "").")
    }
    if let found = object.member(named: name) { return found }
    if scope.seesWholeObjects, let found = object.wholeObject()?.member(named: name) { return found }
    if let method = methods(named: name, of: object).first, let function = try? code(of: method, isQualified: true) {
      return function
    }
    let kinds = scope.language == .cpp ? "member or method" : "member"
    throw ExpressionError("There is no \(kinds) named \(name).")
  }

  /// What has the members that `.` or `->` behind a value leads to.
  func object(_ value: Value, isArrow: Bool) throws(ExpressionError) -> Value {
    var object = try plain(value)
    if isArrow { object = try followed(object) }
    if object.type.stripped.kind == .pointer { object = try plain(object.dereferenced()) }
    if isArrow, object.type.stripped.kind == .pointer { object = try object.dereferenced() }
    return object
  }

  /// `object.*pointer`.
  func member(of object: Value, at pointer: Value) throws(ExpressionError) -> Value {
    let type = pointer.type.stripped
    guard type.kind == .memberPointer, let target = type.target, !target.stripped.isFunction else {
      throw ExpressionError("Only a pointer to a data member can be applied to an object.")
    }
    let owner = try owner(of: type, in: object)
    return owner.part(of: target, offset: UInt64(truncatingIfNeeded: try integer(pointer).bits))
  }

  /// The part of an object that a pointer to a member is about: itself, or a base class.
  func owner(of pointer: DataType, in object: Value) throws(ExpressionError) -> Value {
    guard let containing = pointer.containing else { return object }
    if let base = object.base(containing) { return base }
    guard containing.stripped.name == object.type.stripped.name else {
      let printer = TypePrinter(language: scope.language)
      throw ExpressionError(
        "The pointer is to a member of \(printer.name(containing)), which is no base of \(printer.name(object.type)).")
    }
    return object
  }

  func element(_ base: Value, _ index: Value) throws(ExpressionError) -> Value {
    if isRust, let element = try rustElement(base, index) { return element }
    if isSwift, let element = try swiftElement(base, index) { return element }
    let type = base.type.stripped
    guard type.isArray || type.kind == .pointer else {
      throw ExpressionError(
        "cannot subscript something of type `\(TypePrinter(language: scope.language).name(base.type))'")
    }
    guard index.type.stripped.isNumber || index.type.stripped.isAddress else {
      throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
    let number = Int64(truncatingIfNeeded: try whole(index).signed)
    if type.isArray {
      // Past the end only memory can tell what is there.
      if case .memory = base.location {
      } else if case .array(let count?) = type.kind, UInt64(bitPattern: number) >= count {
        throw ExpressionError("no such vector element")
      }
      if let element = base.element(at: number) { return element }
    }
    let position = Value(type: .long, integer: number, source: scope)
    return try binary(.add, base, position).dereferenced()
  }

  /// `{1, 2, 3}`.
  func array(of elements: [Expression]) throws(ExpressionError) -> Value {
    var bytes: [UInt8] = []
    var element: DataType?
    for expression in elements {
      let value = try plain(value(of: expression))
      if let element, element.size != value.type.size {
        throw ExpressionError("array elements must all be the same size")
      }
      element = element ?? value.type
      bytes += try self.bytes(of: value)
    }
    return Value(type: .array(of: element ?? .int, count: UInt64(elements.count)), bytes: bytes, source: scope)
  }

  /// What is assigned: `{3, 4}` takes the types of the members of what it goes to.
  func source(_ expression: Expression, for type: DataType) throws(ExpressionError) -> Value {
    guard case .list(let elements) = expression, type.stripped.isAggregate, let size = type.size,
      size <= Value.largestRead
    else { return try value(of: expression) }
    let fields = type.stripped.members.filter { $0.kind == .field && $0.bitSize == nil }
    guard elements.count <= fields.count else { throw ExpressionError("Too many initializers") }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    for (element, field) in zip(elements, fields) {
      let part = try self.bytes(of: cast(source(element, for: field.type), to: field.type))
      let start = Int(clamping: field.offset)
      guard start <= bytes.count, part.count <= bytes.count - start else { throw ExpressionError("Invalid cast.") }
      bytes.replaceSubrange(start..<(start + part.count), with: part)
    }
    return Value(type: type, bytes: bytes, source: scope)
  }

  /// The first value and those behind it, as an array.
  func array(from first: Value, count: Value) throws(ExpressionError) -> Value {
    let first = try plain(first)
    guard let address = first.address, first.bitField == nil else {
      throw ExpressionError("Only values in memory can be extended with '@'.")
    }
    let number = try whole(count).signed
    guard number > 0 else { throw ExpressionError("Invalid number \(number) of repetitions.") }
    let count = UInt64(clamping: number)
    return Value(type: .array(of: first.type, count: count), location: .memory(address), source: scope)
  }

  /// A number as an integer; a floating-point one is cut.
  func whole(_ value: Value) throws(ExpressionError) -> IntegerBits {
    if value.type.stripped.isArray {
      return IntegerBits(bits: UInt128(try address(ofPlain: value).rawValue), width: 64, isSigned: false)
    }
    switch try wrap({ () throws(Unavailability) in try value.scalar() }) {
    case .integer(let bits): return bits
    case .floating(let number): return Self.truncated(number)
    }
  }

  private static func truncated(_ number: Float80) -> IntegerBits {
    let isInRange = number.isFinite && abs(number) < 0x1p126
    return IntegerBits(bits: UInt128(bitPattern: isInRange ? Int128(number) : 0), width: 128, isSigned: true)
  }

  // MARK: Addresses and sizes

  func address(of operand: Expression) throws(ExpressionError) -> Value {
    if case .name(let name, nil) = operand {
      if let pointer = memberPointer(name) { return pointer }
      if let pointer = try methodPointer(name) { return pointer }
    }
    if case .subscripted(let base, .range(let lower, let upper, _, let isClosed)) = operand {
      return try slice(base, from: lower, to: upper, isClosed: isClosed).reference(in: scope)
    }
    do throws(ExpressionError) {
      return try placed(operand)
    } catch {
      guard isSideEffectFree, case .name(let name, let file) = operand,
        let pointer = try typedPointer(to: name, inFile: file)
      else { throw error }
      return pointer
    }
  }

  /// Where only the type is wanted, a variable need not be in memory, unless it is a constant.
  private func typedPointer(to name: String, inFile file: String?) throws(ExpressionError) -> Value? {
    guard !scope.isConstant(named: name, inFile: file) else {
      throw ExpressionError("Attempt to take address of register or constant.")
    }
    let local = file == nil ? scope.variable(named: name) : nil
    guard let variable = local ?? scope.global(named: name, inFile: file) else { return nil }
    let type = variable.type.stripped
    let target = type.isReference ? type.target ?? variable.type : variable.type
    return Value(type: .pointer(to: target), address: VirtualAddress(0), source: scope)
  }

  private func placed(_ operand: Expression) throws(ExpressionError) -> Value {
    let value = try place(named: operand)
    if case .name(let name, _) = operand, !value.type.stripped.isReference {
      switch value.location {
      case .register(let number):
        let register = RegisterValue.name(ofDWARFNumber: number) ?? "\(number)"
        throw ExpressionError("Address requested for identifier \"\(name)\" which is in register $\(register)")
      case .optimizedOut, .value: throw ExpressionError("Can't take address of \"\(name)\" which isn't an lvalue.")
      default: break
      }
    }
    switch operand {
    case .string, .list: return try placed(value).addressed()
    default: return try value.addressed()
    }
  }

  /// `&zoo::Members::x`: where in its class a member is.
  private func memberPointer(_ name: String) -> Value? {
    guard scope.variable(named: name) == nil, let (outer, last) = ExpressionParser.split(name),
      let owner = scope.type(named: outer)?.stripped, owner.isAggregate
    else { return nil }
    guard let member = owner.members.first(where: { $0.name == last && $0.kind == .field }) else {
      return methodPointer(last, of: owner)
    }
    let type = DataType(.memberPointer, byteSize: 8, target: member.type, containing: owner)
    return Value(type: type, address: VirtualAddress(member.offset), source: scope)
  }

  /// `&zoo::Dog::bark`: the code, or 1 plus the offset in the table of virtual functions, and nothing to add to `this`
  /// (Itanium C++ ABI §2.3). nil for static methods, and for overloaded ones.
  private func methodPointer(_ name: String, of owner: DataType) -> Value? {
    let object = Value(type: owner, location: .memory(VirtualAddress(0)), source: scope)
    let found = methods(named: name, of: object)
    guard found.count == 1, let candidate = found.first, candidate.owner === owner, !candidate.method.isStatic else {
      return nil
    }
    let method = candidate.method
    let type = DataType(.memberPointer, byteSize: 16, target: method.type, containing: owner)
    let code: UInt64
    if method.isVirtual, let index = method.virtualIndex {
      code = index &* 8 &+ 1
    } else {
      guard let address = try? self.code(of: candidate, isQualified: true).address else { return nil }
      code = address.rawValue
    }
    let bits = IntegerBits(bits: UInt128(code), width: 128, isSigned: false)
    return Value(type: type, bytes: bits.littleEndian, source: scope)
  }

  func size(of operand: Expression) throws(ExpressionError) -> Value {
    let type: DataType
    if case .type(let named) = operand {
      type = named
    } else {
      type = try quiet.value(of: operand).type
      if case .name(let name, _) = operand, type.isUnknownData { throw Self.unknownType(name) }
    }
    let measured = type.stripped.isReference ? type.stripped.target ?? type : type
    guard let size = measured.size else { throw ExpressionError(.incompleteType) }
    let bits = IntegerBits(bits: UInt128(size), width: 64, isSigned: false)
    // gdb's has an `int` for it; a larger one would be cut there.
    return Value(type: size <= Int32.max ? .int : .unsignedLong, integer: bits, source: scope)
  }

  // MARK: Conversions

  func cast(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    let target = type.stripped
    if target.isReference { return try castReference(value, to: type) }
    var value = try plain(value)
    if target.kind == .pointer, case .value = value.location { value = try decayed(value) }
    let source = value.type.stripped
    if target.kind == .void { return void }
    if target.isAggregate {
      if isRust, let tuple = try castTuple(value, to: type) { return tuple }
      if source.isAggregate, let base = value.base(target) { return base }
      guard source.size == target.size, source.isAggregate else { throw ExpressionError("Invalid cast.") }
      return value.viewed(as: type)
    }
    if let complex = try castComplex(value, to: type) { return complex }
    if target.isArray { return try castArray(value, to: type) }
    if source.kind == .unspecified, let address = value.address {
      // A symbol without debug information becomes what it is said to be.
      return Value(type: type, location: .memory(address), source: scope)
    }
    guard source.isNumber || source.isAddress || source.kind == .memberPointer else {
      throw ExpressionError("Invalid cast.")
    }
    if target.isFloating {
      switch try wrap({ () throws(Unavailability) in
        source.isAddress ? .integer(try pointer(value)) : try value.scalar()
      }) {
      case .integer(let bits): return Value(type: type, floating: bits.floating, source: scope)
      case .floating(let number): return Value(type: type, floating: number, source: scope)
      }
    }
    if target.kind == .pointer, source.kind == .pointer { return try castPointer(value, to: type) }
    guard target.isIntegral || target.kind == .pointer || target.kind == .memberPointer else {
      throw ExpressionError("Invalid cast.")
    }
    let bits = source.isAddress ? try wrap { () throws(Unavailability) in try pointer(value) } : try whole(value)
    if target.encoding == .boolean, !target.isEnumeration {
      return Value(type: type, integer: try isTrue(value) ? 1 : 0, source: scope)
    }
    return Value(type: type, integer: bits, source: scope)
  }

  private func pointer(_ value: Value) throws(Unavailability) -> IntegerBits {
    IntegerBits(bits: UInt128(try value.pointed().rawValue), width: 64, isSigned: false)
  }

  /// A string or array into one that is longer, for `text = "abc"`; the rest is zero.
  private func castArray(_ value: Value, to type: DataType) throws(ExpressionError) -> Value {
    if let text = try fittedText(value, to: type) { return text }
    // What is in memory is looked at as an array.
    if !value.type.stripped.isArray, let address = value.address {
      return Value(type: type, location: .memory(address), source: scope)
    }
    guard value.type.stripped.isArray, let wanted = type.size, wanted <= Value.largestRead,
      let size = value.type.size, size <= wanted, value.type.stripped.target?.size == type.stripped.target?.size
    else { throw ExpressionError("Invalid cast.") }
    let padding = [UInt8](repeating: 0, count: Int(wanted - size))
    return Value(type: type, bytes: try bytes(of: value) + padding, source: scope)
  }

  // MARK: Assignment

  /// The place first, then what goes there: as gdb evaluates them.
  func assign(_ target: Expression, _ source: Expression) throws(ExpressionError) -> Value {
    if let name = convenienceName(target) { return try define(name, value(of: source)) }
    let place = try plain(value(of: target))
    return try store(self.source(source, for: place.type), in: place, target)
  }

  /// The name of a convenience variable; nil for any other expression.
  private func convenienceName(_ expression: Expression) -> String? {
    guard case .dollar(let name) = expression, scope.register(named: name) == nil else { return nil }
    return name
  }

  /// A convenience variable is a copy, of which no address is known.
  private func define(_ name: String, _ value: Value) throws(ExpressionError) -> Value {
    guard name.first.map({ !$0.isNumber && $0 != "$" }) ?? false else {
      throw ExpressionError("Left operand of assignment is not a modifiable lvalue.")
    }
    // An array of the program's is known by where it begins.
    // In Fortran, which has values of arrays, it is copied.
    var value = value
    if value.type.stripped.isArray, value.address != nil {
      value = isFortran && !value.type.stripped.layout.isString ? try compacted(value) : try decayed(value)
    }
    let type = value.type.stripped
    let isCopied = !type.isFunction && type.kind != .void && type.kind != .unspecified && !value.isOptimizedOut
    let kept = isCopied ? Value(type: value.type, bytes: try bytes(of: value), source: scope) : value
    if !isSideEffectFree { scope.setConvenienceVariable(name, to: kept) }
    return kept
  }

  /// The convenience variable that an expression names a part of.
  private func convenienceRoot(_ expression: Expression) -> String? {
    switch expression {
    case .dollar: convenienceName(expression)
    case .member(let object, _, isArrow: false): convenienceRoot(object)
    case .subscripted(let base, _): convenienceRoot(base)
    default: nil
    }
  }

  func store(_ value: Value, in place: Value, _ target: Expression) throws(ExpressionError) -> Value {
    if convenienceName(target) != nil, case .dollar(let name) = target { return try define(name, value) }
    if case .value(let whole) = place.location, let name = convenienceRoot(target),
      let variable = scope.convenienceVariable(named: name)
    {
      let bytes = try bytes(of: cast(value, to: place.type))
      let changed = try place.replacing(in: whole, with: bytes)
      if !isSideEffectFree {
        scope.setConvenienceVariable(name, to: Value(type: variable.type, bytes: changed, source: scope))
      }
      return Value(type: place.type, bytes: bytes, source: scope)
    }
    guard place.isAssignable else {
      throw ExpressionError(
        place.isOptimizedOut
          ? Unavailability.optimizedOut.message : "Left operand of assignment is not an lvalue.")
    }
    guard !place.type.stripped.isFunction else { throw ExpressionError("Invalid cast.") }
    if place.type.stripped.isAggregate, let result = try overloaded("=", [place, plain(value)]) { return result }
    let converted = try cast(value, to: place.type)
    guard !isSideEffectFree else { return place }
    let bytes = try bytes(of: converted)
    if let width = place.bitField?.size, width < 128, place.type.stripped.isIntegral {
      // A negative number fits where its sign does.
      let number = try integer(converted).signed
      let range = (Int128(-1) << Int128(width - min(width, 1)))...((Int128(1) << Int128(min(width, 126))) - 1)
      if !range.contains(number) { scope.warn("Value does not fit in \(width) bits.") }
    }
    try place.write(bytes)
    // The source may carry the write out later: what it will read is known already. A bit-field keeps its bits only.
    if let bitField = place.bitField {
      let width = Int(min(bitField.size, 128))
      let isSigned = place.type.stripped.isSigned
      let kept = IntegerBits(littleEndian: bytes, isSigned: isSigned).resized(width: width, isSigned: isSigned)
      return Value(type: place.type, integer: kept, source: place.source)
    }
    return Value(
      type: place.type, location: place.location, offset: place.offset, bitField: nil, source: place.source,
      loadedBytes: ValueBytes(bytes[...]))
  }
}
