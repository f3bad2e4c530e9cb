import CDw
import MachineModel

/// Evaluates DWARF expressions and location descriptions (DWARF 5 §2.5, §2.6), the GNU operations included.
///
/// Bounded: an expression that loops, nests or grows past any sensible size fails.
struct DwarfExpressionEvaluator {
  private static let maximumSteps = 10_000
  private static let maximumDepth = 1_000
  private static let maximumNesting = 16
  private static let maximumSize = 1 << 20

  private let context: any ExpressionContext
  private var stack: [StackValue]
  private var steps = 0
  /// The simple location found so far, where it is not the memory that the top of the stack points to.
  private var location: Location?
  private var pieces: [LocationPiece] = []

  private init(_ context: any ExpressionContext, initial: [UInt64]) {
    self.context = context
    stack = initial.map(StackValue.init)
  }

  /// Where the expression says that something is. An empty one says: nowhere.
  static func locate(_ expression: [UInt8], initial: [UInt64] = [], in context: any ExpressionContext) -> Location {
    guard !expression.isEmpty else { return .optimizedOut }
    var evaluator = DwarfExpressionEvaluator(context, initial: initial)
    do throws(ExpressionFailure) {
      try evaluator.run(expression, nesting: 0)
      return try evaluator.result()
    } catch { return error.location }
  }

  /// The number that the expression leaves on top of the stack (or in the register that it names).
  static func value(of expression: [UInt8], initial: [UInt64] = [], in context: any ExpressionContext)
    throws(ExpressionFailure) -> StackValue
  {
    var evaluator = DwarfExpressionEvaluator(context, initial: initial)
    try evaluator.run(expression, nesting: 0)
    switch evaluator.location {
    case .register(let number)?: return StackValue(try context.register(number))
    case .optimizedOut?: throw .optimizedOut
    default: return try evaluator.top()
    }
  }

  // MARK: The machine

  private mutating func run(_ expression: [UInt8], nesting: Int) throws(ExpressionFailure) {
    guard nesting < Self.maximumNesting else { throw .unavailable("a DWARF expression calls itself too deeply") }
    guard expression.count <= Self.maximumSize else { throw .unavailable("a DWARF expression is too long") }
    var position = 0
    while position < expression.count {
      steps += 1
      guard steps <= Self.maximumSteps else { throw .unavailable("a DWARF expression does not end") }
      guard stack.count <= Self.maximumDepth else { throw .unavailable("a DWARF expression overflows its stack") }
      let operation = try ExpressionOperation(expression, at: &position, offsetSize: context.offsetSize)
      switch operation.code {
      case DW_OP_skip: try jump(operation.first, from: &position, in: expression)
      case DW_OP_bra:
        if try pop().bits != 0 { try jump(operation.first, from: &position, in: expression) }
      case DW_OP_call2, DW_OP_call4, DW_OP_call_ref:
        let called = try context.expression(ofEntry: operation.first, inSection: operation.code == DW_OP_call_ref)
        try run(called, nesting: nesting + 1)
      default: try perform(operation)
      }
    }
  }

  private func jump(_ distance: UInt64, from position: inout Int, in expression: [UInt8]) throws(ExpressionFailure) {
    let target = Int64(position) &+ Int64(bitPattern: distance)
    // Just past the end is a way to finish (DWARF 5 §2.5.1.5).
    guard target >= 0, target <= Int64(expression.count) else {
      throw .unavailable("a DWARF expression jumps out of itself")
    }
    position = Int(target)
  }

  private mutating func pop() throws(ExpressionFailure) -> StackValue {
    guard let value = stack.popLast() else { throw .unavailable("a DWARF expression lacks an operand") }
    return value
  }

  private func top(_ depth: UInt64 = 0) throws(ExpressionFailure) -> StackValue {
    guard depth < UInt64(stack.count) else { throw .unavailable("a DWARF expression lacks an operand") }
    return stack[stack.count - 1 - Int(depth)]
  }

  private mutating func push(_ value: UInt64) { stack.append(StackValue(value)) }

  private mutating func perform(_ operation: ExpressionOperation) throws(ExpressionFailure) {
    if try pushed(operation) { return }
    if try arranged(operation) { return }
    if try computed(operation) { return }
    if try described(operation) { return }
    throw .unavailable("DWARF operation \(hexadecimal(UInt(operation.code))) is not supported")
  }

  // MARK: Groups of operations; each answers false where the operation is of another group

  /// Literals, registers and addresses: DWARF 5 §2.5.1.1, §2.5.1.2, §2.5.1.7.
  private mutating func pushed(_ operation: ExpressionOperation) throws(ExpressionFailure) -> Bool {
    let code = operation.code
    switch code {
    case DW_OP_lit0...DW_OP_lit31: push(UInt64(code - DW_OP_lit0))
    case DW_OP_const1u, DW_OP_const1s, DW_OP_const2u, DW_OP_const2s, DW_OP_const4u, DW_OP_const4s, DW_OP_const8u,
      DW_OP_const8s, DW_OP_constu, DW_OP_consts:
      push(operation.first)
    case DW_OP_addr: push(try context.relocated(operation.first))
    case DW_OP_addrx, DW_OP_GNU_addr_index:
      push(try context.relocated(try context.indexedAddress(operation.first)))
    case DW_OP_constx, DW_OP_GNU_const_index: push(try context.indexedAddress(operation.first))
    case DW_OP_const_type, DW_OP_GNU_const_type:
      stack.append(try typed(operation.block, as: try context.baseType(operation.first)))
    case DW_OP_fbreg: push(try context.frameBase() &+ operation.first)
    case DW_OP_breg0...DW_OP_breg31: push(try context.register(code - DW_OP_breg0) &+ operation.first)
    case DW_OP_bregx: push(try context.register(try registerNumber(operation.first)) &+ operation.second)
    case DW_OP_regval_type, DW_OP_GNU_regval_type:
      let bytes = try context.registerBytes(try registerNumber(operation.first))
      stack.append(try typed(bytes, as: try context.baseType(operation.second)))
    case DW_OP_call_frame_cfa: push(try context.canonicalFrameAddress())
    case DW_OP_push_object_address: push(try context.objectAddress())
    case DW_OP_entry_value, DW_OP_GNU_entry_value: stack.append(try context.entryValue(operation.block))
    case DW_OP_GNU_parameter_ref: stack.append(try context.parameterValue(operation.first))
    case DW_OP_GNU_variable_value: push(try context.variableValue(operation.first))
    default: return false
    }
    return true
  }

  /// Stack operations and dereferences: DWARF 5 §2.5.1.3.
  private mutating func arranged(_ operation: ExpressionOperation) throws(ExpressionFailure) -> Bool {
    switch operation.code {
    case DW_OP_nop: break
    case DW_OP_dup: stack.append(try top())
    case DW_OP_drop: _ = try pop()
    case DW_OP_over: stack.append(try top(1))
    case DW_OP_pick: stack.append(try top(operation.first))
    case DW_OP_swap:
      let first = try pop()
      let second = try pop()
      stack += [first, second]
    case DW_OP_rot:
      let first = try pop()
      let second = try pop()
      let third = try pop()
      stack += [first, third, second]
    case DW_OP_deref: try dereference(size: 8, type: nil)
    case DW_OP_deref_size: try dereference(size: operation.first, type: nil)
    case DW_OP_deref_type, DW_OP_GNU_deref_type:
      try dereference(size: operation.first, type: try context.baseType(operation.second))
    case DW_OP_xderef, DW_OP_xderef_size, DW_OP_xderef_type:
      let address = try pop()
      // x86-64 has one address space (psABI §3.3).
      guard try pop().bits == 0 else { throw .unavailable("a DWARF expression names another address space") }
      stack.append(address)
      let type = operation.code == DW_OP_xderef_type ? try context.baseType(operation.second) : nil
      try dereference(size: operation.code == DW_OP_xderef ? 8 : operation.first, type: type)
    case DW_OP_form_tls_address, DW_OP_GNU_push_tls_address:
      push(try context.threadLocal(try pop().unsigned))
    default: return false
    }
    return true
  }

  /// Puts what memory holds at the address on top of the stack in its place.
  private mutating func dereference(size: UInt64, type: ExpressionType?) throws(ExpressionFailure) {
    guard (1...(type == nil ? 8 : 16)).contains(size) else {
      throw .unavailable("a DWARF expression reads \(size) bytes at once")
    }
    stack.append(try typed(try context.bytes(at: try pop().unsigned, count: Int(size)), as: type))
  }

  /// Arithmetic, relations and conversions: DWARF 5 §2.5.1.4 to §2.5.1.6.
  private mutating func computed(_ operation: ExpressionOperation) throws(ExpressionFailure) -> Bool {
    if let binary = Self.binary(operation.code) {
      let right = try pop()
      stack.append(try pop().applying(binary, right))
      return true
    }
    if let relation = Self.relation(operation.code) {
      let right = try pop()
      stack.append(try pop().compared(relation, right))
      return true
    }
    switch operation.code {
    case DW_OP_abs: stack.append(try pop().magnitude)
    case DW_OP_neg: stack.append(try pop().negated)
    case DW_OP_not: stack.append(try pop().complemented())
    case DW_OP_plus_uconst:
      let value = try pop()
      stack.append(try value.applying(.plus, StackValue(operation.first).converted(to: value.type)))
    case DW_OP_convert, DW_OP_GNU_convert:
      stack.append(try pop().converted(to: try context.baseType(operation.first)))
    case DW_OP_reinterpret, DW_OP_GNU_reinterpret:
      let value = try pop()
      let type = try context.baseType(operation.first)
      guard value.size == type?.size ?? 8 else {
        throw .unavailable("a DWARF expression reinterprets a value in another size")
      }
      stack.append(StackValue(bits: value.bits, type: type))
    default: return false
    }
    return true
  }

  private static func binary(_ code: Int) -> StackValue.Operation? {
    switch code {
    case DW_OP_and: .and
    case DW_OP_or: .or
    case DW_OP_xor: .xor
    case DW_OP_plus: .plus
    case DW_OP_minus: .minus
    case DW_OP_mul: .multiply
    case DW_OP_div: .divide
    case DW_OP_mod: .modulo
    case DW_OP_shl: .shiftLeft
    case DW_OP_shr: .shiftRight
    case DW_OP_shra: .arithmeticRight
    default: nil
    }
  }

  private static func relation(_ code: Int) -> StackValue.Relation? {
    switch code {
    case DW_OP_eq: .equal
    case DW_OP_ne: .notEqual
    case DW_OP_lt: .less
    case DW_OP_le: .lessOrEqual
    case DW_OP_gt: .greater
    case DW_OP_ge: .greaterOrEqual
    default: nil
    }
  }

  /// Location descriptions: DWARF 5 §2.6.1.
  private mutating func described(_ operation: ExpressionOperation) throws(ExpressionFailure) -> Bool {
    let code = operation.code
    switch code {
    case DW_OP_reg0...DW_OP_reg31: location = .register(code - DW_OP_reg0)
    case DW_OP_regx: location = .register(try registerNumber(operation.first))
    case DW_OP_stack_value: location = .value(try pop().bytes)
    case DW_OP_implicit_value: location = .value(operation.block)
    case DW_OP_implicit_pointer, DW_OP_GNU_implicit_pointer:
      location = .implicitPointer(
        try context.entry(inSection: operation.first), offset: Int64(bitPattern: operation.second))
    case DW_OP_GNU_uninit: break
    case DW_OP_piece: try endPiece(bitSize: operation.first.multipliedReportingOverflow(by: 8).partialValue, offset: 0)
    case DW_OP_bit_piece: try endPiece(bitSize: operation.first, offset: operation.second)
    default: return false
    }
    return true
  }

  /// A piece takes the location described since the last one; none means that this part is optimized out.
  private mutating func endPiece(bitSize: UInt64, offset: UInt64) throws(ExpressionFailure) {
    let part: Location
    if let location {
      part = try available(location)
    } else if let address = stack.popLast() {
      part = .memory(VirtualAddress(address.unsigned))
    } else {
      part = .optimizedOut
    }
    pieces.append(LocationPiece(location: part, bitSize: bitSize, bitOffset: offset))
    location = nil
    stack = []
  }

  private func result() throws(ExpressionFailure) -> Location {
    if !pieces.isEmpty {
      return pieces.allSatisfy({ $0.location == .optimizedOut }) ? .optimizedOut : .pieces(pieces)
    }
    if let location { return try available(location) }
    return .memory(VirtualAddress(try top().unsigned))
  }

  /// A general register that was not saved is as good as optimized out.
  private func available(_ location: Location) throws(ExpressionFailure) -> Location {
    guard case .register(let number) = location, number <= 16 else { return location }
    do throws(ExpressionFailure) {
      _ = try context.register(number)
      return location
    } catch { return error.location }
  }

  private func registerNumber(_ operand: UInt64) throws(ExpressionFailure) -> Int {
    guard operand < 256 else { throw .unavailable("register \(operand) does not exist") }
    return Int(operand)
  }

  private func typed(_ bytes: [UInt8], as type: ExpressionType?) throws(ExpressionFailure) -> StackValue {
    let bits = bytes.prefix(16).reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    return StackValue(bits: bits, type: type)
  }
}
