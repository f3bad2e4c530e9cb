import DebugInfo
import MachineModel

/// The intrinsic procedures of Fortran that expressions have by themselves: those that gdb has, and conversions.
enum FortranIntrinsic {
  /// Those that ask about a variable, and not for its value.
  static let inquiries: Set = [
    "allocated", "associated", "kind", "lbound", "loc", "rank", "shape", "size", "ubound",
  ]
  /// How many arguments each takes.
  static let counts: [String: ClosedRange<Int>] = [
    "allocated": 1...1, "associated": 1...2, "kind": 1...1, "lbound": 1...2, "loc": 1...1, "rank": 1...1,
    "shape": 1...1, "size": 1...2, "ubound": 1...2, "abs": 1...1, "aimag": 1...1, "ceiling": 1...2, "cmplx": 1...3,
    "floor": 1...2, "int": 1...2, "len": 1...1, "mod": 2...2, "modulo": 2...2, "real": 1...2,
  ]
}

extension ExpressionEvaluator {
  /// nil where there is none of that name.
  func intrinsic(_ name: String, _ operands: [Expression]) throws(ExpressionError) -> Value? {
    guard let counts = FortranIntrinsic.counts[name] else { return nil }
    guard counts.contains(operands.count) else { throw ExpressionError("Wrong number of arguments of \(name).") }
    var values: [Value] = []
    for operand in operands { values.append(try plain(value(of: operand))) }
    if FortranIntrinsic.inquiries.contains(name) || name == "len" { return try inquiry(name, values) }
    return try computation(name, values)
  }

  // MARK: About a variable

  private func inquiry(_ name: String, _ values: [Value]) throws(ExpressionError) -> Value {
    let type = values[0].type.stripped
    switch name {
    case "kind": return fortranInteger(try kind(of: type))
    case "len":
      guard type.layout.isString else { throw ExpressionError("len is of text only.") }
      return fortranInteger(Int64(clamping: type.arrayCount ?? 0))
    case "loc":
      let address = try address(ofPlain: values[0].addressed())
      return Value(type: FortranType.type("integer", size: 8) ?? .long, address: address, source: scope)
    case "allocated", "associated":
      guard type.kind != .pointer else { return truthValue(try isTrue(values[0])) }
      guard type.isArray else {
        throw ExpressionError(
          "\(name.uppercased()) can only be applied to \(name == "allocated" ? "arrays" : "pointers")")
      }
      return truthValue(type.layout.absence == nil)
    case "rank": return fortranInteger(Int64(type.fortranDimensions.count))
    case "size": return try size(of: type, dimension: values.count > 1 ? values[1] : nil)
    default: return try bounds(name, type, dimension: values.count > 1 ? values[1] : nil)
    }
  }

  private func kind(of type: DataType) throws(ExpressionError) -> Int64 {
    let scalar =
      type.layout.isString ? type.target?.stripped ?? type : type.fortranDimensions.last?.target?.stripped ?? type
    guard case .base(let encoding) = scalar.kind, let size = scalar.size else {
      throw ExpressionError("argument to kind must be an intrinsic type")
    }
    return Int64(clamping: encoding == .complexFloat ? size / 2 : size)
  }

  private func size(of type: DataType, dimension: Value?) throws(ExpressionError) -> Value {
    let dimensions = try known(type, for: "SIZE")
    if let dimension {
      return fortranInteger(Int64(clamping: try chosen(dimension, of: dimensions, "size").arrayCount ?? 0))
    }
    let total = dimensions.reduce(UInt64(1)) { $0 &* ($1.arrayCount ?? 0) }
    return fortranInteger(Int64(clamping: total))
  }

  /// `lbound`, `ubound` and `shape`: a number a dimension, or one.
  private func bounds(_ name: String, _ type: DataType, dimension: Value?) throws(ExpressionError) -> Value {
    func bound(_ dimension: DataType) -> Int64 {
      let count = Int64(clamping: dimension.arrayCount ?? 0)
      switch name {
      case "lbound": return dimension.layout.lowerBound
      case "shape": return count
      default: return dimension.layout.lowerBound &+ count &- 1
      }
    }
    let dimensions = try known(type, for: name.uppercased())
    if let dimension { return fortranInteger(bound(try chosen(dimension, of: dimensions, name))) }
    var bytes: [UInt8] = []
    for dimension in dimensions.reversed() {
      let number = Value(type: FortranType.integer, integer: bound(dimension), source: scope)
      bytes += try self.bytes(of: number)
    }
    return Value(
      type: .fortranArray(of: FortranType.integer, count: UInt64(dimensions.count)), bytes: bytes, source: scope)
  }

  private func known(_ type: DataType, for name: String) throws(ExpressionError) -> [DataType] {
    let dimensions = type.fortranDimensions
    guard !dimensions.isEmpty else { throw ExpressionError("\(name) can only be applied to arrays") }
    guard type.layout.absence == nil else {
      throw ExpressionError("\(name) can only be used on allocated/associated arrays")
    }
    return dimensions
  }

  private func chosen(_ dimension: Value, of dimensions: [DataType], _ name: String) throws(ExpressionError) -> DataType
  {
    let number = try integer(dimension).signed
    guard number >= 1, number <= Int128(dimensions.count) else {
      throw ExpressionError("DIM argument to \(name.uppercased()) must be between 1 and \(dimensions.count)")
    }
    return dimensions[dimensions.count - Int(number)]
  }

  // MARK: Of numbers

  private func computation(_ name: String, _ values: [Value]) throws(ExpressionError) -> Value {
    let (first, type) = (values[0], values[0].type.stripped)
    switch name {
    case "cmplx":
      let imaginary = values.count > 1 ? values[1] : fortranInteger(0)
      let kind = values.count > 2 ? try integer(values[2]).signed : 4
      let whole = type.isComplex ? first : try complex(first, imaginary)
      return try cast(whole, to: conversion("complex", kind))
    case "real", "int":
      let fallback: Int128 = type.isComplex && name == "real" ? Int128((type.size ?? 8) / 2) : 4
      let kind = values.count > 1 ? try integer(values[1]).signed : fallback
      let part = type.isComplex ? try complexPart(first, isImaginary: false) : first
      return try cast(part, to: conversion(name == "real" ? "real" : "integer", kind))
    case "aimag": return try complexPart(first, isImaginary: true)
    case "ceiling", "floor":
      let number = try floating(first)
      let kind = values.count > 1 ? try integer(values[1]).signed : 4
      let rounded = Value(
        type: FortranType.real, floating: number.rounded(name == "floor" ? .down : .up), source: scope)
      return try cast(rounded, to: conversion("integer", kind))
    case "abs":
      guard !type.isComplex else {
        let (real, imaginary) = try complexNumbers(first)
        let part = try complexPart(first, isImaginary: false).type
        return Value(type: part, floating: (real * real + imaginary * imaginary).squareRoot(), source: scope)
      }
      return try isTrue(binary(.less, first, fortranInteger(0))) ? unary(.minus, first) : first
    default: return try remainder(first, values[1], hasSignOfDivisor: name == "modulo")
    }
  }

  /// `mod` has the sign of what is divided, `modulo` that of the divisor.
  private func remainder(_ first: Value, _ second: Value, hasSignOfDivisor: Bool) throws(ExpressionError) -> Value {
    if first.type.stripped.isFloating || second.type.stripped.isFloating {
      let (a, b) = (try floating(first), try floating(second))
      let rest = a.truncatingRemainder(dividingBy: b)
      let isTurned = hasSignOfDivisor && rest != 0 && (rest < 0) != (b < 0)
      let type = first.type.stripped.isFloating ? first.type : second.type
      return Value(type: type, floating: isTurned ? rest + b : rest, source: scope)
    }
    let rest = try binary(.remainder, first, second)
    let (sign, divisor) = (try integer(rest).signed, try integer(second).signed)
    return hasSignOfDivisor && sign != 0 && (sign < 0) != (divisor < 0) ? try binary(.add, rest, second) : rest
  }

  private func conversion(_ word: String, _ kind: Int128) throws(ExpressionError) -> DataType {
    guard let type = FortranType.type(word, size: UInt64(clamping: kind)) else {
      throw ExpressionError("unsupported kind \(kind) for type \(word)")
    }
    return type
  }

  private func fortranInteger(_ number: Int64) -> Value {
    let isSmall = Int32(exactly: number) != nil
    return Value(
      type: isSmall ? FortranType.integer : FortranType.type("integer", size: 8) ?? .long, integer: number,
      source: scope)
  }
}
