import DebugInfo

/// An expression as it was written: its tree. Types in it are resolved already.
indirect enum Expression {
  enum Unary: String {
    case minus = "-"
    case plus = "+"
    case complement = "~"
    case not = "!"
  }
  enum Binary: String {
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case add = "+"
    case subtract = "-"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case and = "&"
    case or = "|"
    case exclusiveOr = "^"
    case power = "**"

    var isComparison: Bool {
      switch self {
      case .less, .greater, .lessOrEqual, .greaterOrEqual, .equal, .notEqual: true
      default: false
      }
    }
  }
  enum Step { case increment, decrement }

  case integer(UInt64, suffix: String, isDecimal: Bool)
  case floating(Float80, suffix: String)
  case character(UInt32, prefix: String)
  case string([UInt8], prefix: String)
  case boolean(Bool)
  case nullPointer
  /// A (qualified) name; `file` of `'tour.c'::depth`.
  case name(String, file: String?)
  /// `descend::count`: a variable of a function; both are names.
  case scoped(function: String, name: String)
  /// `f(int, char)`: a function among its overloads.
  case overload(Expression, parameters: [DataType], isVariadic: Bool)
  /// `$`, `$3`, `$$2`, `$rip`, `$count`: the text behind the first `$`.
  case dollar(String)
  /// A type where a value could stand: `whatis struct point`.
  case type(DataType)
  case unary(Unary, Expression)
  case dereference(Expression)
  case address(Expression)
  case sizeOf(Expression)
  case alignOf(DataType)
  /// `{1, 2}`: an array, or what initialises a structure.
  case list([Expression])
  case binary(Binary, Expression, Expression)
  case logicalAnd(Expression, Expression)
  case logicalOr(Expression, Expression)
  case conditional(Expression, Expression, Expression)
  case comma(Expression, Expression)
  case assign(Expression, Expression)
  case modify(Binary, Expression, Expression)
  case step(Step, Expression, isPrefix: Bool)
  case cast(DataType, Expression)
  case dynamicCast(DataType, Expression)
  case reinterpretCast(DataType, Expression)
  /// `{type} address`.
  case typedMemory(DataType, Expression)
  case subscripted(Expression, Expression)
  /// `1..3` of Rust, `1:3:2` of Fortran, which are subscripts, too.
  case range(from: Expression?, to: Expression?, stride: Expression?, isClosed: Bool)
  /// `Point {x: 1, ..rest}`, `Pair(1, 2)`, `Shape::Circle(1.5)` of Rust: a structure, or an enum's variant by its
  /// structure, with values by the names of fields.
  case record(DataType, [(name: String, value: Expression)], rest: Expression?)
  /// `(1, 2.5)` of Rust.
  case tuple([Expression])
  /// `x!` and the `x?` of `x?.y` of Swift.
  case unwrapped(Expression)
  /// `x ?? y` of Swift.
  case coalesced(Expression, Expression)
  /// `(1.0, 2.0)` of Fortran.
  case complex(Expression, Expression)
  case member(Expression, String, isArrow: Bool)
  case memberPointer(Expression, Expression)
  case call(Expression, [Expression])
  /// `first@count`.
  case repeated(Expression, Expression)
}
