import CDw
import MachineModel
import Testing

@testable import DebugInfo

/// A frame made up for expressions: every register holds 0x1000 times its number.
struct FakeContext: ExpressionContext {
  var memory: [UInt64: [UInt8]] = [:]
  /// By offset in the unit.
  var types: [UInt64: ExpressionType] = [:]
  var called: [UInt64: [UInt8]] = [:]
  var lost: Set<Int> = []

  func register(_ number: Int) throws(ExpressionFailure) -> UInt64 {
    if lost.contains(number) { throw .optimizedOut }
    return UInt64(number) * 0x1000
  }
  func bytes(at address: UInt64, count: Int) throws(ExpressionFailure) -> [UInt8] {
    guard let bytes = memory[address], bytes.count >= count else { throw .unavailable("unmapped") }
    return Array(bytes.prefix(count))
  }
  func frameBase() throws(ExpressionFailure) -> UInt64 { 0x7000 }
  func canonicalFrameAddress() throws(ExpressionFailure) -> UInt64 { 0x8000 }
  func objectAddress() throws(ExpressionFailure) -> UInt64 { 0x9000 }
  func threadLocal(_ offset: UInt64) throws(ExpressionFailure) -> UInt64 { 0xa000 &+ offset }
  func relocated(_ address: UInt64) throws(ExpressionFailure) -> UInt64 { address &+ 0x10_0000 }
  func indexedAddress(_ index: UInt64) throws(ExpressionFailure) -> UInt64 { 0x20 &* index }
  func baseType(_ offset: UInt64) throws(ExpressionFailure) -> ExpressionType? {
    guard offset != 0 else { return nil }
    guard let type = types[offset] else { throw .unavailable("no type") }
    return type
  }
  func expression(ofEntry offset: UInt64, inSection: Bool) throws(ExpressionFailure) -> [UInt8] { called[offset] ?? [] }
  func entry(inSection offset: UInt64) throws(ExpressionFailure) -> EntryID {
    EntryID(image: 1, file: 0, offset: offset)
  }
  func entryValue(_ expression: [UInt8]) throws(ExpressionFailure) -> StackValue { StackValue(0xe000 as UInt64) }
}

/// An expression's bytes from operations and operands.
private func bytes(_ parts: [Int]) -> [UInt8] { parts.map { UInt8(truncatingIfNeeded: $0) } }
private func literal(_ value: Int64) -> [UInt8] { [UInt8(DW_OP_consts)] + signedLEB(value) }

struct ExpressionTests {
  private static let numbers: [Int64] = [0, 1, -1, 2, 7, -8, 63, 64, 1 << 40, .max, .min]

  private func number(_ expression: [UInt8], in context: FakeContext = FakeContext()) throws -> UInt64 {
    try DwarfExpressionEvaluator.value(of: expression, in: context).unsigned
  }

  @Test("Arithmetic on generic values is that of 64-bit words")
  func arithmetic() throws {
    let operations: [(Int, (Int64, Int64) -> Int64?)] = [
      (DW_OP_plus, { $0 &+ $1 }), (DW_OP_minus, { $0 &- $1 }), (DW_OP_mul, { $0 &* $1 }),
      (DW_OP_div, { $1 == 0 ? nil : $0.dividedReportingOverflow(by: $1).partialValue }),
      (DW_OP_mod, { $1 == 0 ? nil : Int64(bitPattern: UInt64(bitPattern: $0) % UInt64(bitPattern: $1)) }),
      (DW_OP_and, { $0 & $1 }), (DW_OP_or, { $0 | $1 }), (DW_OP_xor, { $0 ^ $1 }),
      (DW_OP_shl, { $1 < 0 || $1 > 63 ? 0 : $0 << $1 }),
      (DW_OP_shr, { $1 < 0 || $1 > 63 ? 0 : Int64(bitPattern: UInt64(bitPattern: $0) >> UInt64($1)) }),
      (DW_OP_shra, { $1 < 0 || $1 > 63 ? ($0 < 0 ? -1 : 0) : $0 >> $1 }),
      (DW_OP_eq, { $0 == $1 ? 1 : 0 }), (DW_OP_ne, { $0 != $1 ? 1 : 0 }), (DW_OP_lt, { $0 < $1 ? 1 : 0 }),
      (DW_OP_le, { $0 <= $1 ? 1 : 0 }), (DW_OP_gt, { $0 > $1 ? 1 : 0 }), (DW_OP_ge, { $0 >= $1 ? 1 : 0 }),
    ]
    for (code, expected) in operations {
      for left in Self.numbers {
        for right in Self.numbers {
          let expression = literal(left) + literal(right) + [UInt8(code)]
          let result = try? number(expression)
          #expect(
            result == expected(left, right).map(UInt64.init(bitPattern:)),
            "operation \(code) of \(left) and \(right)")
        }
      }
    }
  }

  static let stackOperations: [(what: String, expression: [Int], result: UInt64)] = [
    ("dup", [DW_OP_lit5, DW_OP_dup, DW_OP_mul], 25),
    ("drop", [DW_OP_lit5, DW_OP_lit6, DW_OP_drop], 5),
    ("over", [DW_OP_lit5, DW_OP_lit6, DW_OP_over], 5),
    ("pick", [DW_OP_lit5, DW_OP_lit6, DW_OP_lit7, DW_OP_pick, 2], 5),
    ("swap", [DW_OP_lit5, DW_OP_lit6, DW_OP_swap, DW_OP_minus], 1),
    ("rot brings the third up", [DW_OP_lit1, DW_OP_lit2, DW_OP_lit3, DW_OP_rot, DW_OP_plus], 3),
    ("rot moves the top to third", [DW_OP_lit1, DW_OP_lit2, DW_OP_lit3, DW_OP_rot, DW_OP_drop, DW_OP_drop], 3),
    ("neg", [DW_OP_lit1, DW_OP_neg], .max),
    ("not", [DW_OP_lit0, DW_OP_not], .max),
    ("abs", [DW_OP_const1s, -5, DW_OP_abs], 5),
    ("plus_uconst", [DW_OP_lit1, DW_OP_plus_uconst, 0x80, 0x01], 129),
    ("const2s is sign-extended", [DW_OP_const2s, 0xfe, 0xff], .max - 1),
    ("const4u is not", [DW_OP_const4u, 0xff, 0xff, 0xff, 0xff], 0xffff_ffff),
    ("breg", [DW_OP_breg3, 0x7f], 0x2fff),
    ("bregx", [DW_OP_bregx, 12, 4], 0xc004),
    ("fbreg", [DW_OP_fbreg, 0x70], 0x7000 - 16),
    ("call_frame_cfa", [DW_OP_call_frame_cfa], 0x8000),
    ("addr is the process's", [DW_OP_addr, 0x34, 0x12, 0, 0, 0, 0, 0, 0], 0x10_1234),
    ("addrx", [DW_OP_addrx, 3], 0x10_0060),
    ("constx stays as it is", [DW_OP_constx, 3], 0x60),
    ("form_tls_address", [DW_OP_lit8, DW_OP_form_tls_address], 0xa008),
    ("GNU_push_tls_address", [DW_OP_lit8, DW_OP_GNU_push_tls_address], 0xa008),
    ("push_object_address", [DW_OP_push_object_address], 0x9000),
    ("deref_size reads no more", [DW_OP_const2u, 0, 0x50, DW_OP_deref_size, 2], 0x0201),
    ("xderef in the one address space", [DW_OP_lit0, DW_OP_const2u, 0, 0x50, DW_OP_xderef], 0x0807_0605_0403_0201),
    ("xderef_size", [DW_OP_lit0, DW_OP_const2u, 0, 0x50, DW_OP_xderef_size, 4], 0x0403_0201),
    ("deref", [DW_OP_const2u, 0, 0x50, DW_OP_deref], 0x0807_0605_0403_0201),
    ("skip", [DW_OP_lit1, DW_OP_skip, 1, 0, DW_OP_lit2], 1),
    ("bra taken", [DW_OP_lit7, DW_OP_lit1, DW_OP_bra, 1, 0, DW_OP_lit2], 7),
    ("bra not taken", [DW_OP_lit7, DW_OP_lit0, DW_OP_bra, 1, 0, DW_OP_lit2], 2),
    ("call4 leaves its values", [DW_OP_call4, 0x44, 0, 0, 0, DW_OP_lit1, DW_OP_plus], 10),
    ("call2 of an entry without location", [DW_OP_lit3, DW_OP_call2, 0x55, 0], 3),
    ("entry_value", [DW_OP_entry_value, 1, DW_OP_reg5], 0xe000),
    ("GNU_entry_value", [DW_OP_GNU_entry_value, 1, DW_OP_reg5], 0xe000),
    ("a register's name stands for its content", [DW_OP_reg6], 0x6000),
    // Backwards by a loop: 5 + 4 + 3 + 2 + 1.
    (
      "a loop",
      [
        DW_OP_lit0, DW_OP_lit5, DW_OP_dup, DW_OP_rot, DW_OP_plus, DW_OP_swap, DW_OP_lit1, DW_OP_minus, DW_OP_dup,
        DW_OP_bra, -10, -1, DW_OP_drop,
      ], 15
    ),
  ]

  @Test("Stack, registers, memory and control", arguments: stackOperations)
  func stack(what: String, expression: [Int], result: UInt64) throws {
    var context = FakeContext()
    context.memory = [0x5000: Array(1...8)]
    context.called = [0x44: [UInt8(DW_OP_lit9)]]
    #expect(try number(bytes(expression), in: context) == result)
  }

  private static let float = ExpressionType(.float, size: 4)!
  private static let typed = FakeContext(
    memory: [0x5000: [0xff, 0xff, 0xff, 0xff]],
    types: [
      1: ExpressionType(.signed, size: 4)!, 2: ExpressionType(.unsigned, size: 4)!, 3: float,
      4: ExpressionType(.float, size: 8)!, 5: ExpressionType(.float, size: 16)!, 6: ExpressionType(.signed, size: 1)!,
    ])

  static let typedOperations: [(what: String, expression: [Int], result: [UInt8])] = [
    (
      "signed division", [DW_OP_const_type, 1, 4, -9, -1, -1, -1, DW_OP_const_type, 1, 4, 2, 0, 0, 0, DW_OP_div],
      [0xfc, 0xff, 0xff, 0xff]
    ),
    (
      "unsigned division", [DW_OP_const_type, 2, 4, -1, -1, -1, -1, DW_OP_const_type, 2, 4, 2, 0, 0, 0, DW_OP_div],
      [0xff, 0xff, 0xff, 0x7f]
    ),
    (
      "wraps at its size", [DW_OP_const_type, 2, 4, -1, -1, -1, -1, DW_OP_const_type, 2, 4, 2, 0, 0, 0, DW_OP_plus],
      [1, 0, 0, 0]
    ),
    ("int to float", [DW_OP_const_type, 1, 4, -2, -1, -1, -1, DW_OP_convert, 3], [0, 0, 0, 0xc0]),
    ("float to double", [DW_OP_const_type, 3, 4, 0, 0, 0x20, 0x40, DW_OP_convert, 4], [0, 0, 0, 0, 0, 0, 4, 0x40]),
    (
      "float to generic", [DW_OP_const_type, 3, 4, 0, 0, 0x20, 0xc0, DW_OP_convert, 0],
      [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    ),
    ("generic to x87 and back", [DW_OP_lit9, DW_OP_convert, 5, DW_OP_convert, 0], [9, 0, 0, 0, 0, 0, 0, 0]),
    ("float product", [DW_OP_const_type, 3, 4, 0, 0, 0x20, 0x40, DW_OP_dup, DW_OP_mul], [0, 0, 0xc8, 0x40]),
    ("reinterpreted bits", [DW_OP_const_type, 3, 4, 1, 2, 3, 4, DW_OP_reinterpret, 1], [1, 2, 3, 4]),
    (
      "deref_type keeps the sign", [DW_OP_const2u, 0, 0x50, DW_OP_deref_type, 4, 1, DW_OP_convert, 0],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    ),
    (
      "deref_type without a sign", [DW_OP_const2u, 0, 0x50, DW_OP_deref_type, 4, 2, DW_OP_convert, 0],
      [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]
    ),
    (
      "xderef_type", [DW_OP_lit0, DW_OP_const2u, 0, 0x50, DW_OP_xderef_type, 4, 1, DW_OP_convert, 0],
      [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]
    ),
    (
      "shr of a signed value brings zeros in", [DW_OP_const_type, 6, 1, -1, DW_OP_lit4, DW_OP_shr], [0x0f]
    ),
    (
      "shra of an unsigned value brings its sign in", [DW_OP_const_type, 2, 4, 0, 0, 0, -128, DW_OP_lit4, DW_OP_shra],
      [0, 0, 0, 0xf8]
    ),
    ("regval_type takes the register's low bytes", [DW_OP_regval_type, 3, 2], [0, 0x30, 0, 0]),
    (
      "comparison gives a generic value",
      [DW_OP_const_type, 6, 1, -1, DW_OP_const_type, 6, 1, 1, DW_OP_lt], [1, 0, 0, 0, 0, 0, 0, 0]
    ),
  ]

  @Test("Typed values", arguments: typedOperations)
  func typed(what: String, expression: [Int], result: [UInt8]) throws {
    #expect(try DwarfExpressionEvaluator.value(of: bytes(expression), in: Self.typed).bytes == result)
  }

  static let locations: [(what: String, expression: [Int], result: Location)] = [
    ("nothing", [], .optimizedOut),
    ("memory", [DW_OP_breg7, 8], .memory(VirtualAddress(0x7008))),
    ("a register", [DW_OP_reg3], .register(3)),
    ("a vector register", [DW_OP_regx, 17], .register(17)),
    ("a register that was not saved", [DW_OP_reg2], .optimizedOut),
    ("what needs one", [DW_OP_breg2, 0, DW_OP_stack_value], .optimizedOut),
    ("a computed value", [DW_OP_lit7, DW_OP_stack_value], .value([7, 0, 0, 0, 0, 0, 0, 0])),
    ("bytes", [DW_OP_implicit_value, 3, 1, 2, 3], .value([1, 2, 3])),
    (
      "a pointer to no memory", [DW_OP_implicit_pointer, 0x10, 0, 0, 0, 0x7c],
      .implicitPointer(EntryID(image: 1, file: 0, offset: 0x10), offset: -4)
    ),
    (
      "pieces", [DW_OP_reg3, DW_OP_piece, 4, DW_OP_piece, 4, DW_OP_breg7, 0, DW_OP_bit_piece, 5, 3],
      .pieces([
        LocationPiece(location: .register(3), bitSize: 32, bitOffset: 0),
        LocationPiece(location: .optimizedOut, bitSize: 32, bitOffset: 0),
        LocationPiece(location: .memory(VirtualAddress(0x7000)), bitSize: 5, bitOffset: 3),
      ])
    ),
    ("pieces of nothing", [DW_OP_piece, 4, DW_OP_piece, 4], .optimizedOut),
    (
      "a value in a piece", [DW_OP_lit1, DW_OP_stack_value, DW_OP_piece, 8],
      .pieces([LocationPiece(location: .value([1, 0, 0, 0, 0, 0, 0, 0]), bitSize: 64, bitOffset: 0)])
    ),
  ]

  @Test("Location descriptions", arguments: locations)
  func location(what: String, expression: [Int], result: Location) {
    var context = FakeContext()
    context.lost = [2]
    #expect(DwarfExpressionEvaluator.locate(bytes(expression), in: context) == result)
  }

  static let damaged: [[Int]] = [
    [DW_OP_plus], [DW_OP_lit1, DW_OP_plus], [DW_OP_dup], [DW_OP_addr, 1, 2], [DW_OP_const4u, 1], [0xff], [0x02],
    [DW_OP_skip, -3, -1], [DW_OP_skip, 100, 0], [DW_OP_skip, 0, 0x80], [DW_OP_pick, 0], [DW_OP_lit1, DW_OP_pick, 9],
    [DW_OP_lit0, DW_OP_dup, DW_OP_div], [DW_OP_lit0, DW_OP_dup, DW_OP_mod], [DW_OP_lit1, DW_OP_xderef],
    [DW_OP_lit1, DW_OP_const2u, 0, 0x50, DW_OP_xderef],
    [DW_OP_implicit_value, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], [DW_OP_constu, 0x80],
    [DW_OP_lit1, DW_OP_skip, -4, -1], [DW_OP_call4, 0x77, 0, 0, 0], [DW_OP_lit1, DW_OP_deref_size, 9],
    [DW_OP_lit1, DW_OP_convert, 9], [DW_OP_regx, 0xff, 0xff, 0xff, 0xff, 0x7f], [DW_OP_lit5, DW_OP_deref],
    [DW_OP_stack_value], [DW_OP_const_type, 3, 4, 0, 0, 0, 0, DW_OP_not], [DW_OP_const_type, 3, 20, 0],
  ]

  @Test("Damaged expressions fail, and end", arguments: damaged)
  func damage(expression: [Int]) {
    var context = Self.typed
    context.called = [0x77: bytes([DW_OP_call4, 0x77, 0, 0, 0])]
    guard case .unavailable = DwarfExpressionEvaluator.locate(bytes(expression), in: context) else {
      Issue.record("it was taken for sound")
      return
    }
  }

  @Test("Expressions made at random have the values that they were made with")
  func model() {
    var context = FakeContext()
    for kind in ExpressionModel.Kind.allCases { context.types[UInt64(kind.offset)] = kind.type }
    var model = ExpressionModel(random: SmallRandom(seed: 42))
    for round in 0..<4_000 {
      let kind = ExpressionModel.Kind.allCases[round % ExpressionModel.Kind.allCases.count]
      let made = model.expression(kind, depth: 1 + round % 6)
      let result = try? DwarfExpressionEvaluator.value(of: made.code, in: context)
      guard result?.bytes == made.bytes else {
        Issue.record("\(kind): \(made.code) is \(made.number), not \(result.map { "\($0.bytes)" } ?? "an error")")
        return
      }
      // Cut off anywhere, it still ends.
      _ = DwarfExpressionEvaluator.locate(Array(made.code.prefix(made.code.count / 2)), in: context)
    }
  }

  @Test("Bytes at random do no harm")
  func noise() {
    var random = SmallRandom(seed: 11)
    for _ in 0..<20_000 {
      let expression = (0...random.next(below: 24)).map { _ in UInt8(random.next(below: 256)) }
      _ = DwarfExpressionEvaluator.locate(expression, initial: [1, .max], in: Self.typed)
    }
  }

  @Test("LEB128 numbers survive a round trip", arguments: numbers)
  func variableLength(value: Int64) {
    var reader = ByteReader(signedLEB(value) + unsignedLEB(UInt64(bitPattern: value)))
    #expect(reader.signedLEB() == value)
    #expect(reader.unsignedLEB() == UInt64(bitPattern: value))
    #expect(reader.isAtEnd)
  }
}
