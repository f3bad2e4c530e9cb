/// An expression over integers, compiled for one place in the program: what a breakpoint's condition or a log line needs there,
/// so that the tracer thread can answer a hit by itself. A machine with a stack of 64-bit words; pure, and bounded: jumps go
/// forwards only.
package struct SiteProgram: Sendable, Equatable {
  /// How two words compare.
  package enum Comparison: Sendable { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual }

  /// What replaces the two topmost words by one.
  package enum Arithmetic: Sendable, Equatable {
    case add, subtract, multiply, and, or, exclusiveOr
    /// Fail where the divisor is 0.
    case divide(isSigned: Bool)
    case remainder(isSigned: Bool)
    case compare(Comparison, isSigned: Bool)
  }

  package enum Operation: Sendable, Equatable {
    case constant(UInt64)
    case register(GeneralRegister)
    /// Replaces an address by the `size` bytes there (1, 2, 4, 8), extended to a word. Fails where nothing is mapped.
    case load(size: Int, isSigned: Bool)
    /// Keeps the low `bits` (1…64), from bit `shift` on, extended to a word.
    case extract(shift: Int, bits: Int, isSigned: Bool)
    case arithmetic(Arithmetic)
    /// Shifts of a number of `bits` by the topmost word; too far a shift leaves nothing but the sign.
    case shiftLeft(bits: Int)
    case shiftRight(bits: Int, isSigned: Bool)
    case negate, complement
    /// 1 for 0, otherwise 0.
    case not
    /// Takes the topmost word away; goes on `skip` operations later where it is 0 (or is not).
    case skip(Int, ifZero: Bool)
    /// Goes on `skip` operations later.
    case skipAlways(Int)
  }

  /// Words that a program's stack has room for.
  package static let stackSize = 16

  package let operations: [Operation]

  /// nil where the stack would not do.
  package init?(_ operations: [Operation]) {
    guard Self.depth(of: operations).map({ $0 <= Self.stackSize }) ?? false else { return nil }
    self.operations = operations
  }

  /// The most words that are on the stack at once; nil where one would be taken from an empty stack.
  /// Along the straight way: compilers leave the same height behind on both ways of a jump.
  private static func depth(of operations: [Operation]) -> Int? {
    var (height, most) = (0, 0)
    for operation in operations {
      switch operation {
      case .constant, .register: height += 1
      case .arithmetic, .shiftLeft, .shiftRight:
        guard height >= 2 else { return nil }
        height -= 1
      case .skip:
        guard height >= 1 else { return nil }
        height -= 1
      case .load, .extract, .negate, .complement, .not: guard height >= 1 else { return nil }
      // What follows is the other way's: it begins without this way's result.
      case .skipAlways: height -= 1
      }
      most = max(most, height)
    }
    return height == 1 ? most : nil
  }

  /// The word that is left; nil where memory could not be read, or a divisor was 0. Allocates nothing.
  package func evaluate(_ registers: RegisterFile, _ memory: some MemoryReader) -> UInt64? {
    var stack: InlineArray<16, UInt64> = .init(repeating: 0)
    var top = -1
    var next = 0
    while next < operations.count {
      let operation = operations[next]
      next += 1
      switch operation {
      case .constant(let value):
        top += 1
        stack[top] = value
      case .register(let register):
        top += 1
        stack[top] = registers[register]
      case .load(let size, let isSigned):
        var word: UInt64 = 0
        let got = withUnsafeMutableBytes(of: &word) {
          memory.read(VirtualAddress(stack[top]), into: UnsafeMutableRawBufferPointer(rebasing: $0[..<size]))
        }
        guard got == size else { return nil }
        stack[top] = Self.extended(word, bits: size * 8, isSigned: isSigned)
      case .extract(let shift, let bits, let isSigned):
        stack[top] = Self.extended(stack[top] >> UInt64(shift), bits: bits, isSigned: isSigned)
      case .arithmetic(let arithmetic):
        top -= 1
        guard let result = Self.apply(arithmetic, stack[top], stack[top + 1]) else { return nil }
        stack[top] = result
      case .shiftLeft(let bits):
        top -= 1
        let count = Int64(bitPattern: stack[top + 1])
        stack[top] = count < 0 || count >= Int64(bits) ? 0 : stack[top] << UInt64(count)
      case .shiftRight(let bits, let isSigned):
        top -= 1
        stack[top] = Self.shiftedRight(stack[top], by: Int64(bitPattern: stack[top + 1]), bits, isSigned)
      case .negate: stack[top] = 0 &- stack[top]
      case .complement: stack[top] = ~stack[top]
      case .not: stack[top] = stack[top] == 0 ? 1 : 0
      case .skip(let count, let ifZero):
        top -= 1
        if (stack[top + 1] == 0) == ifZero { next += count }
      case .skipAlways(let count): next += count
      }
    }
    return top == 0 ? stack[0] : nil
  }

  private static func extended(_ word: UInt64, bits: Int, isSigned: Bool) -> UInt64 {
    guard bits < 64 else { return word }
    let unused = UInt64(64 - bits)
    let high = word << unused
    return isSigned ? UInt64(bitPattern: Int64(bitPattern: high) >> Int64(unused)) : high >> unused
  }

  private static func shiftedRight(_ word: UInt64, by count: Int64, _ bits: Int, _ isSigned: Bool) -> UInt64 {
    guard count >= 0 else { return 0 }
    if isSigned { return UInt64(bitPattern: Int64(bitPattern: word) >> min(count, 63)) }
    return count >= Int64(bits) ? 0 : word >> UInt64(count)
  }

  private static func apply(_ arithmetic: Arithmetic, _ left: UInt64, _ right: UInt64) -> UInt64? {
    let (first, second) = (Int64(bitPattern: left), Int64(bitPattern: right))
    switch arithmetic {
    case .add: return left &+ right
    case .subtract: return left &- right
    case .multiply: return left &* right
    case .and: return left & right
    case .or: return left | right
    case .exclusiveOr: return left ^ right
    case .divide(let isSigned):
      guard right != 0 else { return nil }
      // The one quotient that does not fit wraps.
      return isSigned ? UInt64(bitPattern: first.dividedReportingOverflow(by: second).partialValue) : left / right
    case .remainder(let isSigned):
      guard right != 0 else { return nil }
      return isSigned
        ? UInt64(bitPattern: first.remainderReportingOverflow(dividingBy: second).partialValue) : left % right
    case .compare(let comparison, let isSigned):
      return (isSigned ? compare(comparison, first, second) : compare(comparison, left, right)) ? 1 : 0
    }
  }

  private static func compare<Number: Comparable>(_ comparison: Comparison, _ left: Number, _ right: Number) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

/// What the tracer thread decides of a hit by itself, in this order.
package struct SitePolicy: Sendable, Equatable {
  /// A hit of another thread is none.
  package var thread: ThreadID?
  /// One where this is 0 is none either. Where it has no value, the hit is reported.
  package var condition: SiteProgram?
  /// So many further hits are counted, and passed over.
  package var ignoreCount: Int
  /// All others are told with what is taken along (`.passed`), and passed over; nil: they are reported. Where something can't be taken,
  /// the hit is reported.
  package var captures: [SiteCapture]?
  /// All others are in calls whose time is measured from here on, and are passed over: the result is the call's canonical frame address,
  /// below which its return address is. Where a call can't be followed to its end, the hit is reported.
  package var timedFrame: SiteProgram?
  package init(
    thread: ThreadID? = nil, condition: SiteProgram? = nil, ignoreCount: Int = 0, captures: [SiteCapture]? = nil,
    timedFrame: SiteProgram? = nil
  ) {
    self.captures = captures
    self.timedFrame = timedFrame
    self.thread = thread
    self.condition = condition
    self.ignoreCount = ignoreCount
  }
}
