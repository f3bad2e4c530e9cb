import DebugInfo
import MachineModel

/// What Fortran's expressions mean, where they mean something else than C's: `a(1, 2)`, `a(:, 2)`, `text(2:3)`, and calls.
extension ExpressionEvaluator {
  var isFortran: Bool { scope.language == .fortran }

  /// nil for those that are C's too.
  func fortranLiteral(_ expression: Expression) -> Value? {
    switch expression {
    case .integer(let number, let suffix, _) where !suffix.isEmpty:
      let bits = IntegerBits(bits: UInt128(number), width: 64, isSigned: false)
      return FortranType.type("integer", size: UInt64(suffix)).map { Value(type: $0, integer: bits, source: scope) }
    case .floating(let number, let suffix):
      let type = suffix.isEmpty ? nil : FortranType.type("real", size: UInt64(suffix))
      return Value(type: type ?? FortranType.real, floating: number, source: scope)
    case .string(let bytes, _):
      return Value(type: FortranType.text(UInt64(bytes.count)), bytes: bytes, source: scope)
    default: return nil
    }
  }

  /// What `callee(operands)` is where it is no call of a function of the program.
  func fortranReference(_ callee: Expression, _ operands: [Expression]) throws(ExpressionError) -> Value? {
    if case .name(let name, nil) = callee, scope.variable(named: name) == nil,
      scope.global(named: name, inFile: nil) == nil
    {
      // C's library has an `abs` of its own.
      let isOwn = scope.functions(named: name, inFile: nil).contains { $0.type.language == .fortran }
      return isOwn ? nil : try intrinsic(name, operands)
    }
    if case .dollar(let name) = callee, Self.internalFunctions[name] != nil { return nil }
    var array = try plain(value(of: callee))
    if array.type.stripped.kind == .pointer, array.type.stripped.target?.stripped.isArray == true {
      array = try array.dereferenced()
    }
    let type = array.type.stripped
    if type.isFunction || type.kind == .pointer { return nil }
    guard type.isArray else { throw ExpressionError("Cannot perform substring on this type") }
    if type.layout.isString { return try substring(array, operands) }
    return try section(of: array, operands)
  }

  // MARK: Elements and sections

  /// Which indexes of a dimension are meant.
  private struct Selection {
    let first: Int64
    let count: UInt64
    let stride: Int64
    /// Of a single index, whose dimension is gone.
    let isSingle: Bool
  }

  private func section(of array: Value, _ operands: [Expression]) throws(ExpressionError) -> Value {
    if let absence = array.type.stripped.layout.absence {
      throw ExpressionError(absence == .notAllocated ? "Array is not allocated." : "Array is not associated.")
    }
    let dimensions = array.type.stripped.fortranDimensions
    guard operands.count == dimensions.count, let element = dimensions.last?.target else {
      throw ExpressionError("Wrong number of subscripts")
    }
    var offset: Int64 = 0
    var type = element
    // The first index runs fastest: it is that of the innermost type.
    for (operand, dimension) in zip(operands, dimensions.reversed()) {
      let selected = try selection(operand, dimension)
      let apart = dimension.layout.stride ?? Int64(clamping: dimension.target?.size ?? 1)
      offset = offset &+ (selected.first &- dimension.layout.lowerBound) &* apart
      guard !selected.isSingle else { continue }
      type = .fortranArray(of: type, count: selected.count, stride: apart &* selected.stride)
    }
    return array.part(of: type, offset: UInt64(bitPattern: offset))
  }

  private func selection(_ operand: Expression, _ dimension: DataType) throws(ExpressionError) -> Selection {
    let lower = dimension.layout.lowerBound
    let upper = dimension.arrayCount.map { lower &+ Int64(clamping: $0) &- 1 }
    guard case .range(let from, let to, let step, _) = operand else {
      let index = try index(operand)
      guard index >= lower, index <= upper ?? .max else { throw ExpressionError("no such vector element") }
      return Selection(first: index, count: 1, stride: 1, isSingle: true)
    }
    let stride = try step.map(index) ?? 1
    guard stride != 0 else { throw ExpressionError("stride must not be 0") }
    let first = try from.map(index) ?? (stride > 0 ? lower : upper)
    let last = try to.map(index) ?? (stride > 0 ? upper : lower)
    guard let first, let last else { throw ExpressionError("The array's upper bound is not known.") }
    let (distance, isTooFar) = last.subtractingReportingOverflow(first)
    guard !isTooFar, distance == 0 || (distance > 0) == (stride > 0) else {
      throw ExpressionError("incorrect stride and boundary combination")
    }
    let count = distance.magnitude / stride.magnitude + 1
    let reached = first &+ Int64(clamping: count - 1) &* stride
    guard min(first, reached) >= lower, max(first, reached) <= upper ?? .max else {
      throw ExpressionError("array subscript out of bounds")
    }
    return Selection(first: first, count: count, stride: stride, isSingle: false)
  }

  private func index(_ operand: Expression) throws(ExpressionError) -> Int64 {
    Int64(clamping: try integer(plain(value(of: operand))).signed)
  }

  /// `text(2:3)`; a single index is a character, as a number.
  private func substring(_ text: Value, _ operands: [Expression]) throws(ExpressionError) -> Value {
    guard operands.count == 1 else { throw ExpressionError("Wrong number of subscripts") }
    let selected = try selection(operands[0], text.type.stripped)
    guard selected.stride == 1 else { throw ExpressionError("Fortran strides are not supported on strings") }
    let distance = selected.first &- text.type.stripped.layout.lowerBound
    if selected.isSingle, let character = text.element(at: distance) { return character }
    let offset = UInt64(bitPattern: distance)
    return text.part(of: FortranType.text(selected.count), offset: offset)
  }

  /// A copy whose elements lie side by side, for a convenience variable.
  func compacted(_ array: Value) throws(ExpressionError) -> Value {
    let dimensions = array.type.stripped.fortranDimensions
    guard let size = array.type.size, size <= Value.largestRead, let element = dimensions.last?.target else {
      throw ExpressionError("The array is too large to be kept.")
    }
    let type = dimensions.reversed().reduce(element) { .fortranArray(of: $0, count: $1.arrayCount ?? 0) }
    return Value(type: type, bytes: try elementBytes(of: array, dimensions: dimensions.count), source: scope)
  }

  private func elementBytes(of value: Value, dimensions: Int) throws(ExpressionError) -> [UInt8] {
    guard dimensions > 0 else { return try bytes(of: value) }
    var bytes: [UInt8] = []
    for index in 0..<Int64(clamping: value.type.stripped.arrayCount ?? 0) {
      guard let element = value.element(at: index) else { continue }
      bytes += try elementBytes(of: element, dimensions: dimensions - 1)
    }
    return bytes
  }

  // MARK: Operators

  /// The shorter text counts as filled up with blanks (Fortran 2018, 10.1.5.5.1).
  func compareTexts(
    _ operation: Expression.Binary, _ left: Value, _ right: Value
  ) throws(ExpressionError) -> Value? {
    guard operation.isComparison, left.type.stripped.layout.isString, right.type.stripped.layout.isString else {
      return nil
    }
    var texts = [try bytes(of: left), try bytes(of: right)]
    let length = max(texts[0].count, texts[1].count)
    for side in 0...1 { texts[side] = texts[side].padded(to: length) }
    let order = texts[0] == texts[1] ? 0 : texts[0].lexicographicallyPrecedes(texts[1]) ? -1 : 1
    return truthValue(Self.compare(operation, order, 0))
  }

  /// Text is cut or filled up with blanks where it is assigned.
  func fittedText(_ value: Value, to type: DataType) throws(ExpressionError) -> Value? {
    guard type.stripped.layout.isString, value.type.stripped.layout.isString, let size = type.size,
      size <= Value.largestRead
    else { return nil }
    return Value(type: type, bytes: Array(try bytes(of: value).padded(to: Int(size)).prefix(Int(size))), source: scope)
  }

  // MARK: Calls

  /// The arguments as a procedure of Fortran takes them: by their addresses, those of temporaries where they have none
  /// or another type; then the lengths of texts, by value. nil for a function of another language.
  func fortranArguments(_ arguments: [Value], of function: DataType) throws(ExpressionError) -> [FunctionCall.Argument]?
  {
    guard isFortran, function.language == .fortran else { return nil }
    let parameters = function.parameters
    var passed: [FunctionCall.Argument] = []
    var lengths: [FunctionCall.Argument] = []
    for (index, argument) in arguments.enumerated() {
      let type = argument.type.stripped
      guard !parameters.indices.contains(index) || !parameters[index].stripped.hasDescriptor else {
        throw ExpressionError("An argument that takes an array's descriptor can't be passed.")
      }
      guard parameters.indices.contains(index), function.takesReference(at: index) else {
        passed.append(.value(try cast(argument, to: parameters.indices.contains(index) ? parameters[index] : type)))
        continue
      }
      let wanted = parameters[index]
      if type.layout.isString {
        lengths.append(.value(Value(type: .long, integer: Int64(clamping: type.size ?? 0), source: scope)))
      }
      let isExact = wanted.stripped.kind == type.kind && wanted.size == type.size || type.isArray
      if argument.address != nil, isExact {
        passed.append(.value(try argument.addressed()))
      } else {
        passed.append(.copy(type.isArray || type.isAggregate ? argument : try cast(argument, to: wanted)))
      }
    }
    if passed.count + lengths.count == parameters.count { passed += lengths }
    guard passed.count >= parameters.count else { throw ExpressionError("Too few arguments in function call.") }
    return passed
  }
}

extension DataType {
  /// The types of an array's dimensions, the outermost first: that of the last index.
  var fortranDimensions: [DataType] {
    var dimensions: [DataType] = []
    var type: DataType? = self
    while let current = type?.stripped, current.isArray, !current.layout.isString, dimensions.count < 16 {
      dimensions.append(current)
      type = current.target
    }
    return dimensions
  }

  /// A dimension that counts from 1.
  static func fortranArray(of element: DataType, count: UInt64, stride: Int64? = nil) -> DataType {
    var layout = ArrayLayout()
    layout.lowerBound = 1
    layout.stride = stride.flatMap { element.size == UInt64(bitPattern: $0) ? nil : $0 }
    let size = element.size.map { $0.multipliedReportingOverflow(by: count) }
    return DataType(
      .array(count: count), byteSize: size.flatMap { $0.overflow ? nil : $0.partialValue }, language: .fortran,
      target: element, layout: layout)
  }
}

extension [UInt8] {
  fileprivate func padded(to length: Int) -> [UInt8] {
    self + [UInt8](repeating: UInt8(ascii: " "), count: Swift.max(0, length - count))
  }
}
