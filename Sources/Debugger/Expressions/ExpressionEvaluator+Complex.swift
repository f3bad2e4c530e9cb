import DebugInfo
import MachineModel

/// Complex numbers, of C and Fortran.
extension ExpressionEvaluator {
  /// The value as a floating-point number.
  func floating(_ value: Value) throws(ExpressionError) -> Float80 {
    switch try wrap({ () throws(Unavailability) in try value.scalar() }) {
    case .integer(let bits): bits.floating
    case .floating(let number): number
    }
  }

  /// `(real, imaginary)` of two numbers, in the wider's format, of 8 bytes at least.
  func complex(_ real: Value, _ imaginary: Value) throws(ExpressionError) -> Value {
    let size = [real, imaginary].map { $0.type.stripped.isFloating ? $0.type.size ?? 8 : 8 }.max() ?? 8
    return try complex(floating(real), floating(imaginary), complexType(partSize: max(size, 8)))
  }

  private func complexType(partSize: UInt64) -> DataType {
    if isFortran, let type = FortranType.type("complex", size: partSize) { return type }
    let name = partSize == 4 ? "complex float" : partSize == 8 ? "complex double" : "complex long double"
    return DataType(.base(.complexFloat), name: name, byteSize: partSize * 2)
  }

  func complex(_ real: Float80, _ imaginary: Float80, _ type: DataType) throws(ExpressionError) -> Value {
    let part = partType(of: type)
    let bytes = [real, imaginary].flatMap { number -> [UInt8] in
      guard case .value(let bytes) = Value(type: part, floating: number, source: scope).location else { return [] }
      return bytes
    }
    return Value(type: type, bytes: bytes, source: scope)
  }

  private func partType(of type: DataType) -> DataType {
    let half = (type.size ?? 16) / 2
    if isFortran, let part = FortranType.type("real", size: half) { return part }
    let name = half == 4 ? "float" : half == 8 ? "double" : "long double"
    // Sixteen bytes are one of two formats, which the name tells.
    return DataType(.base(.float), name: type.name?.contains("128") == true ? "_Float128" : name, byteSize: half)
  }

  func complexPart(_ value: Value, isImaginary: Bool) throws(ExpressionError) -> Value {
    let type = value.type.stripped
    guard type.isComplex else { throw ExpressionError("expected a complex number") }
    let bytes = try bytes(of: value)
    let half = bytes.count / 2
    return Value(
      type: partType(of: type), bytes: Array(isImaginary ? bytes.suffix(half) : bytes.prefix(half)), source: scope)
  }

  func complexNumbers(_ value: Value) throws(ExpressionError) -> (real: Float80, imaginary: Float80) {
    guard value.type.stripped.isComplex else { return (try floating(value), 0) }
    return (
      try floating(complexPart(value, isImaginary: false)), try floating(complexPart(value, isImaginary: true))
    )
  }

  /// nil where neither operand is a complex number.
  func complexOperation(
    _ operation: Expression.Binary, _ left: Value, _ right: Value
  ) throws(ExpressionError) -> Value? {
    let types = [left.type.stripped, right.type.stripped]
    guard types.contains(where: \.isComplex), types.allSatisfy({ $0.isComplex || $0.isNumber }) else { return nil }
    let ((a, b), (c, d)) = (try complexNumbers(left), try complexNumbers(right))
    let sizes = types.map { type -> UInt64 in
      type.isComplex ? (type.size ?? 16) / 2 : type.isFloating ? type.size ?? 8 : 0
    }
    let widest = max(sizes[0], sizes[1])
    let type = zip(types, sizes).first { $0.isComplex && $1 == widest }?.0 ?? complexType(partSize: widest)
    switch operation {
    case .add: return try complex(a + c, b + d, type)
    case .subtract: return try complex(a - c, b - d, type)
    case .multiply: return try complex(a * c - b * d, a * d + b * c, type)
    case .divide:
      let length = c * c + d * d
      return try complex((a * c + b * d) / length, (b * c - a * d) / length, type)
    case .equal: return truthValue(a == c && b == d)
    case .notEqual: return truthValue(a != c || b != d)
    default: throw ExpressionError("Argument to arithmetic operation not a number or boolean.")
    }
  }

  /// nil where neither is complex.
  func castComplex(_ value: Value, to type: DataType) throws(ExpressionError) -> Value? {
    let (source, target) = (value.type.stripped, type.stripped)
    guard target.isComplex, source.isComplex || source.isNumber else { return nil }
    let (real, imaginary) = try complexNumbers(value)
    return try complex(real, imaginary, type)
  }
}

extension DataType {
  var isComplex: Bool { kind == .base(.complexFloat) }
}
